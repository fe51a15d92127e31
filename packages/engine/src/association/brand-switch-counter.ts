/** Counts the steps between brands, customer by customer, with the sums that tell how unlike customers are. */
import type { DatedPurchases } from "../history/customer-baskets.ts";
import type { ProductLabels } from "./product-labels.ts";

/** Sums over all customers. Squares and products are of the sums of single customers. */
export interface SwitchCounts {
  readonly size: number;
  /** From x to. */
  readonly steps: Float64Array;
  readonly expected: Float64Array;
  readonly squares: Float64Array;
  /** Of a customer's steps from a to b with all their steps from a. */
  readonly products: Float64Array;
  /** By the brand that is left. */
  readonly leaving: Float64Array;
  readonly leavingSquares: Float64Array;
  readonly total: number;
}

/** What is counted. */
export interface SwitchRules {
  readonly category: number | undefined;
  readonly sameProduct: boolean;
}

/** What a customer bought of a category on one occasion. */
interface Occasion {
  readonly products: readonly number[];
  readonly brands: readonly number[];
}

/** @returns takes baskets customer by customer, oldest first */
export function createSwitchCounter(
  { baskets, basketCustomer }: DatedPurchases,
  { brands, categories }: { readonly brands: ProductLabels; readonly categories: ProductLabels },
  { category, sameProduct }: SwitchRules,
): { add(basket: number): void; finish(): SwitchCounts } {
  const tally = createTally(brands.size);
  const margins = createMargins();
  const latest = new Map<number, Occasion>();
  let customer = -1;

  function step(group: number, before: Occasion, products: readonly number[]): void {
    const after = brandsOf(sameProduct ? products : products.filter((product) => !before.products.includes(product)));
    if (before.brands.length === 0 || after.length === 0) return;
    const weight = 1 / (before.brands.length * after.length);
    for (const from of before.brands) {
      for (const to of after) {
        tally.add(from, to, weight);
        margins.add(group, from, to, weight);
      }
    }
  }
  const brandsOf = (products: readonly number[]): number[] => [
    ...new Set(products.map((product) => brands.labelOf[product]).filter((brand) => brand >= 0)),
  ];
  return {
    add(basket) {
      if (basketCustomer[basket] !== customer) {
        tally.closeCustomer();
        latest.clear();
        customer = basketCustomer[basket];
      }
      const bought = new Map<number, number[]>();
      for (let i = baskets.offsets[basket]; i < baskets.offsets[basket + 1]; i++) {
        const product = baskets.indices[i];
        const group = categories.labelOf[product];
        if (group < 0 || brands.labelOf[product] < 0 || (category !== undefined && group !== category)) continue;
        const products = bought.get(group);
        if (products) products.push(product);
        else bought.set(group, [product]);
      }
      for (const [group, products] of bought) {
        const before = latest.get(group);
        if (before) step(group, before, products);
        latest.set(group, { products, brands: brandsOf(products) });
      }
    },
    finish() {
      tally.closeCustomer();
      return {
        ...tally.sums,
        expected: margins.expected(brands.size),
        total: tally.sums.leaving.reduce((a, b) => a + b, 0),
      };
    },
  };
}

function createTally(size: number) {
  const [steps, squares, products] = Array.from({ length: 3 }, () => new Float64Array(size * size));
  const leaving = new Float64Array(size);
  const leavingSquares = new Float64Array(size);
  /** The steps of the customer at hand, by place in the matrix, and by the brand that is left. */
  const own = new Map<number, number>();
  const ownLeaving = new Map<number, number>();
  return {
    sums: { size, steps, squares, products, leaving, leavingSquares },
    add(from: number, to: number, weight: number): void {
      own.set(from * size + to, (own.get(from * size + to) ?? 0) + weight);
      ownLeaving.set(from, (ownLeaving.get(from) ?? 0) + weight);
    },
    closeCustomer(): void {
      for (const [at, weight] of own) {
        steps[at] += weight;
        squares[at] += weight * weight;
        products[at] += weight * (ownLeaving.get(Math.floor(at / size)) ?? 0);
      }
      for (const [from, weight] of ownLeaving) {
        leaving[from] += weight;
        leavingSquares[from] += weight * weight;
      }
      own.clear();
      ownLeaving.clear();
    },
  };
}

/** How often each brand is left and arrived at within each category: all that chance knows. */
function createMargins() {
  const groups = new Map<number, { left: Map<number, number>; reached: Map<number, number>; total: number }>();
  const raise = (sums: Map<number, number>, brand: number, weight: number) =>
    sums.set(brand, (sums.get(brand) ?? 0) + weight);
  return {
    add(group: number, from: number, to: number, weight: number): void {
      const margins = groups.get(group) ?? { left: new Map(), reached: new Map(), total: 0 };
      groups.set(group, margins);
      raise(margins.left, from, weight);
      raise(margins.reached, to, weight);
      margins.total += weight;
    },
    expected(size: number): Float64Array {
      const expected = new Float64Array(size * size);
      for (const { left, reached, total } of groups.values()) {
        for (const [from, out] of left)
          for (const [to, into] of reached) expected[from * size + to] += (out * into) / total;
      }
      return expected;
    },
  };
}

/** Which products are complements of which: the graph that bundles are cliques of. */
import { type Minor, requireMinor } from "../catalogue/money.ts";
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import { requireCount } from "./check-bundle.ts";
import type { OrderCounts } from "./joint-orders.ts";

/** A product that could be in a bundle. */
export interface CandidateProduct {
  readonly productId: string;
  readonly price: Minor;
  readonly cost: Minor;
  /** Orders that hold it. */
  readonly orders: number;
  /** Units on hand; not tracked when left out. */
  readonly stock?: number;
}

/** Two products that are bought together, or instead of one another. */
export interface CandidatePair {
  readonly a: string;
  readonly b: string;
  /** Orders that hold both. */
  readonly orders: number;
  /** How much more often than chance would have it; a lower bound is best. */
  readonly lift: number;
  /** Substitutes never stand in one bundle. A complement when left out. */
  readonly relation?: "complement" | "substitute";
}

/** Three products in the same orders. */
export interface CandidateTriple {
  readonly products: readonly [string, string, string];
  readonly orders: number;
}

/** What bundles are made of. */
export interface BundleEvidence {
  /** All orders that were counted. */
  readonly orders: number;
  readonly products: readonly CandidateProduct[];
  readonly pairs: readonly CandidatePair[];
  readonly triples?: readonly CandidateTriple[];
}

/** The complements among the products that can be sold, by index. */
export interface ComplementGraph {
  readonly products: readonly CandidateProduct[];
  /** Neighbours above the product, ascending. */
  readonly above: readonly (readonly number[])[];
  /** 1 where the pair was not counted. */
  liftOf(a: number, b: number): number;
  readonly counts: OrderCounts;
}

/** Which products and pairs count. */
export interface ComplementGraphOptions {
  /** Units on hand that every product must have. */
  readonly minimumStock?: number;
  /** Lift that every pair must exceed. */
  readonly minimumLift?: number;
  /** Complements of a product that are looked at, strongest first. */
  readonly neighbours?: number;
}

/**
 * @throws InvalidInput as `proposeBundles`
 * @example
 * const { above } = complementGraph({ orders: 20_000, products, pairs }, {});
 */
export function complementGraph(
  { orders, products, pairs, triples = [] }: BundleEvidence,
  { minimumStock = 1, minimumLift = 1, neighbours = 20 }: ComplementGraphOptions,
): ComplementGraph {
  requireCount(orders, 1, "orders");
  requireNumber("minimumStock", minimumStock, 0);
  requireNumber("minimumLift", minimumLift, 0);
  requireInteger("neighbours", neighbours, 1);
  const indexOf = indexProducts(products, orders);
  const known = (id: string, path: string): number => {
    const index = indexOf.get(id);
    if (index === undefined) throw new InvalidInput(path, id, "the id of one of the products");
    return index;
  };
  const key = (a: number, b: number): number => Math.min(a, b) * products.length + Math.max(a, b);
  const jointOf = new Map<number, number>();
  const lift = new Map<number, number>();
  const sellable = products.map(({ stock = Infinity }) => stock >= minimumStock);
  const complements = products.map((): number[] => []);
  for (const [index, pair] of pairs.entries()) {
    const path = `pairs[${index}]`;
    const a = known(pair.a, `${path}.a`);
    const b = known(pair.b, `${path}.b`);
    if (a === b) throw new InvalidInput(`${path}.b`, pair.b, "another product than the first");
    requireCount(pair.orders, 0, `${path}.orders`);
    const most = Math.min(products[a].orders, products[b].orders);
    if (pair.orders > most)
      throw new InvalidInput(`${path}.orders`, pair.orders, `at most the orders of either product (${most})`);
    jointOf.set(key(a, b), pair.orders);
    lift.set(key(a, b), pair.lift);
    const isEdge = pair.relation !== "substitute" && pair.lift > minimumLift && pair.orders > 0;
    if (!isEdge || !sellable[a] || !sellable[b]) continue;
    complements[a].push(b);
    complements[b].push(a);
  }
  const strongest = complements.map(
    (own, a) =>
      new Set(
        own.sort((x, y) => (lift.get(key(a, y)) ?? 0) - (lift.get(key(a, x)) ?? 0) || x - y).slice(0, neighbours),
      ),
  );
  // An edge stays when either end counts it among its strongest.
  const above = complements.map((own, a) =>
    own.filter((b) => b > a && (strongest[a].has(b) || strongest[b].has(a))).sort((x, y) => x - y),
  );
  const ofTriple = new Map(
    triples.map((triple, index) => {
      const members = triple.products
        .map((id, place) => known(id, `triples[${index}].products[${place}]`))
        .sort((a, b) => a - b);
      requireCount(triple.orders, 0, `triples[${index}].orders`);
      return [members.join(), triple.orders];
    }),
  );
  const counts: OrderCounts = {
    orders,
    ofProduct: (product) => products[product].orders,
    ofPair: (a, b) => jointOf.get(key(a, b)) ?? 0,
    ofTriple: (...members) => ofTriple.get(members.join()),
  };
  return { products, above, liftOf: (a, b) => lift.get(key(a, b)) ?? 1, counts };
}

function indexProducts(products: readonly CandidateProduct[], orders: number): Map<string, number> {
  const indexOf = new Map<string, number>();
  for (const [index, product] of products.entries()) {
    const path = `products[${index}]`;
    if (indexOf.has(product.productId))
      throw new InvalidInput(`${path}.productId`, product.productId, "an id that no other one has");
    requireMinor(product.price, `${path}.price`);
    requireMinor(product.cost, `${path}.cost`);
    requireCount(product.orders, 0, `${path}.orders`);
    if (product.orders > orders)
      throw new InvalidInput(`${path}.orders`, product.orders, `at most all orders (${orders})`);
    indexOf.set(product.productId, index);
  }
  return indexOf;
}

/**
 * Completeness: what is missing for the cart to work. Declared needs say what must be there; mined ones what buyers turn
 * out to need. Companions of one product that are of one category are alternatives of one another: one of them is enough.
 */
import { requireInteger, requireNumber } from "../errors.ts";
import type { CartContents, KnownLine } from "./cart-lines.ts";
import { answersNeed, checkNeeds, fits, type DeclaredNeed } from "./declared-needs.ts";
import type { MinedNeed } from "./mine-needs.ts";
import { showableIn, type Shop } from "./shop.ts";
import { shownProduct, type ShownProduct } from "./shown-product.ts";

/** What is known of needs. */
export interface CompletenessOptions {
  readonly declared?: readonly DeclaredNeed[];
  readonly mined?: readonly MinedNeed[];
  /** Catalogue indices of what the customer has already: it answers needs as the cart does, but for units that are used up. */
  readonly owned?: ReadonlySet<number>;
  /** Mined needs below it, at the lower end of their interval, are not mentioned. */
  readonly minimumConfidence?: number;
  /** Alternatives named for each missing part. */
  readonly alternatives?: number;
}

/** Something that is missing. */
export interface MissingPart {
  /** Place of the line that needs it. */
  readonly line: number;
  readonly productId: string;
  readonly source: "declared" | "mined";
  /** Of the declared need. */
  readonly needId?: string;
  /** Units that are missing. */
  readonly quantity: number;
  /** How sure it is that it is needed: 1 where the merchant says so, else the lower end of the mined confidence. */
  readonly confidence: number;
  /** Best first. Empty where the shop has nothing in stock that answers a declared need. */
  readonly alternatives: readonly ShownProduct[];
  /** For the shopper. */
  readonly reason: string;
  /** For the merchant, of a mined need: figures of the best alternative. Private. */
  readonly evidence?: MinedNeed;
}

/** Whether a cart works as it is. */
export interface Completeness {
  /** No declared need is open. Mined ones are advice. */
  readonly isComplete: boolean;
  /** Declared needs first, then the surest. */
  readonly missing: readonly MissingPart[];
}

/**
 * O(products) for each line that a declared need is of.
 * @throws InvalidInput when a declared need is malformed; InvalidOption on settings out of range
 * @example
 * const cart = readCart([{ productId: "torch", quantity: 1 }], catalogue, market);
 * const need = { id: "cells", of: { productIds: ["torch"] }, needs: { category: ["Batteries"] }, perUnit: 2 };
 * completenessOf(cart, { catalogue, market }, { declared: [need] }).missing[0]?.quantity; // 2
 */
export function completenessOf(
  cart: CartContents,
  shop: Shop,
  { declared = [], mined = [], owned = new Set(), minimumConfidence = 0, alternatives = 3 }: CompletenessOptions,
): Completeness {
  requireNumber("minimumConfidence", minimumConfidence, 0, 1);
  requireInteger("alternatives", alternatives, 1);
  checkNeeds(declared, shop.catalogue, "declared");
  const sure = declared.flatMap((need) => missingOf(need, cart, owned, shop, alternatives));
  const { products } = shop.catalogue;
  // What the merchant has declared is settled above.
  const isDeclared = (product: number, companion: number): boolean =>
    declared.some((need) => {
      return fits(need.of, products[product]) && answersNeed(need, products[product], products[companion]);
    });
  const likely = minedParts(cart, mined, { owned, minimumConfidence, alternatives, isDeclared }, shop);
  return {
    isComplete: sure.length === 0,
    missing: [...sure, ...likely.toSorted((a, b) => b.confidence - a.confidence || a.line - b.line)],
  };
}

/** A need by the unit uses units up; one of anything else serves all lines. */
function missingOf(
  need: DeclaredNeed,
  { lines }: CartContents,
  owned: ReadonlySet<number>,
  shop: Shop,
  alternatives: number,
): MissingPart[] {
  const { catalogue } = shop;
  const unitsLeft = new Map<number, number>();
  for (const { product, line } of lines) unitsLeft.set(product, (unitsLeft.get(product) ?? 0) + line.quantity);
  const isShown = showableIn(shop);
  return lines.flatMap((known): MissingPart[] => {
    const product = catalogue.products[known.product];
    if (!fits(need.of, product)) return [];
    const answers = (other: number): boolean => answersNeed(need, product, catalogue.products[other]);
    const wanted = need.perUnit === undefined ? 1 : need.perUnit * known.line.quantity;
    const quantity = wanted - take(unitsLeft, answers, wanted, need.perUnit !== undefined);
    if (quantity <= 0 || (need.perUnit === undefined && [...owned].some(answers))) return [];
    const found = productsWhere(catalogue.products.length, (other) => isShown(other) && answers(other));
    return [
      {
        ...partOf(known, quantity, 1, presented(found, shop, alternatives)),
        source: "declared",
        needId: need.id,
        reason: need.reason ?? `${product.title} needs this to work`,
      },
    ];
  });
}

/** @returns how many of the wanted units the cart holds; they are taken away when they are used up */
function take(
  unitsLeft: Map<number, number>,
  answers: (product: number) => boolean,
  wanted: number,
  isUsedUp: boolean,
): number {
  let taken = 0;
  for (const [product, units] of unitsLeft) {
    if (units === 0 || taken >= wanted || !answers(product)) continue;
    const part = Math.min(units, wanted - taken);
    taken += part;
    if (isUsedUp) unitsLeft.set(product, units - part);
  }
  return taken;
}

interface MinedSettings extends Required<Pick<CompletenessOptions, "owned" | "minimumConfidence" | "alternatives">> {
  readonly isDeclared: (product: number, companion: number) => boolean;
}

function minedParts(
  { lines, products }: CartContents,
  mined: readonly MinedNeed[],
  { owned, minimumConfidence, alternatives, isDeclared }: MinedSettings,
  shop: Shop,
): MissingPart[] {
  const { catalogue } = shop;
  const has = new Set([...products, ...owned]);
  const isShown = showableIn(shop);
  const seen = new Set<number>();
  return lines.flatMap((known) => {
    // A second line of the same product needs nothing of its own.
    if (seen.has(known.product)) return [];
    seen.add(known.product);
    const needs = mined.filter(({ product }) => product === known.product);
    return groupsOf(needs, catalogue.categoryOf).flatMap((group): MissingPart[] => {
      if (group.some(({ companion }) => has.has(companion) || isDeclared(known.product, companion))) return [];
      const open = group
        .filter(({ companion, lower }) => lower >= minimumConfidence && isShown(companion))
        .toSorted((a, b) => b.lower - a.lower || a.companion - b.companion);
      if (open.length === 0) return [];
      const [evidence] = open;
      const found = presented(
        open.map(({ companion }) => companion),
        shop,
        alternatives,
      );
      const how = evidence.lower > 0.5 ? "Most customers" : "Customers often";
      return [
        {
          ...partOf(known, 1, evidence.lower, found),
          source: "mined",
          reason: `${how} get this with ${catalogue.products[known.product].title}`,
          evidence,
        },
      ];
    });
  });
}

/** One after another, so that the search ends with the last one that is shown. */
function* productsWhere(count: number, holds: (product: number) => boolean): Generator<number> {
  for (let product = 0; product < count; product++) if (holds(product)) yield product;
}

/** Companions of one category together; those without one stand alone. */
function groupsOf(needs: readonly MinedNeed[], categoryOf: Int32Array): MinedNeed[][] {
  const groups = new Map<number, MinedNeed[]>();
  for (const need of needs) {
    const category = categoryOf[need.companion];
    const key = category < 0 ? -1 - need.companion : category;
    groups.set(key, [...(groups.get(key) ?? []), need]);
  }
  return [...groups.values()];
}

function partOf(
  { index, line }: KnownLine,
  quantity: number,
  confidence: number,
  alternatives: readonly ShownProduct[],
): Pick<MissingPart, "line" | "productId" | "quantity" | "confidence" | "alternatives"> {
  return { line: index, productId: line.productId, quantity, confidence, alternatives };
}

function presented(found: Iterable<number>, shop: Shop, count: number): ShownProduct[] {
  const alternatives: ShownProduct[] = [];
  for (const index of found) {
    if (alternatives.length === count) break;
    const shown = shownProduct(index, shop);
    if (shown) alternatives.push(shown);
  }
  return alternatives;
}

/**
 * Cross-sell: what goes with the cart as a whole. Each line names its companions; what the lines say of one companion is
 * put together in one of two ways.
 *
 * - "noisy-or": scores are chances that an order with the line's product also holds the companion, and the lines are
 *   causes each of which may bring it about: 1 - (1 - a)(1 - b)... Pearl, "Probabilistic reasoning in intelligent
 *   systems" (1988), section 4.3.
 * - "log-lift": naive Bayes. Each line multiplies the companion's odds by its lift, so logarithms add up. Lines of a cart
 *   are not independent witnesses, hence the sum is divided by the square root of the number of lines. A line that speaks
 *   against the companion (lift below 1) counts as well.
 */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import type { CartContents } from "./cart-lines.ts";
import type { RelatedProduct, RelatedProducts } from "./related.ts";
import { showableIn, type Shop } from "./shop.ts";
import { shownProduct, type ShownProduct } from "./shown-product.ts";

/** How the companions of a cart are chosen. */
export interface CrossSellOptions {
  /** Companions of one product. For "noisy-or" scores are chances in [0, 1]; for "log-lift" each has a lift above zero. */
  readonly companions: RelatedProducts;
  readonly combine?: "noisy-or" | "log-lift";
  /** Below it a companion is not worth showing; the answer may be empty. */
  readonly minimumScore?: number;
  /** Most suggestions of one category; products without one count as one. */
  readonly perCategory?: number;
  /** Catalogue indices never suggested, for example what the customer owns. */
  readonly exclude?: ReadonlySet<number>;
  readonly count?: number;
  /** Companions that are looked at for a product. */
  readonly pool?: number;
}

/** A product that goes with the cart. */
export interface CrossSell extends ShownProduct {
  readonly score: number;
  /** For the shopper. */
  readonly reason: string;
  /** For the merchant: what each product of the cart says, loudest first. */
  readonly evidence: readonly CrossSellEvidence[];
}

/** What one product of the cart says of a companion. Private figures. */
export interface CrossSellEvidence {
  readonly productId: string;
  /** The chance, or the logarithm of the lift. */
  readonly weight: number;
  readonly figures?: Readonly<Record<string, number>>;
}

/** What one product of the cart says of a companion, by index. */
interface Voice {
  readonly product: number;
  readonly weight: number;
  readonly related: RelatedProduct;
}

/**
 * The order of the lines makes no difference. Products of the cart are never suggested.
 * @returns best first
 * @throws InvalidInput when a score or lift is not what the way of combining needs; InvalidOption on settings out of range
 * @example
 * const cart = readCart([{ productId: "printer", quantity: 1 }], catalogue, market);
 * crossSellCart(cart, { catalogue, market }, { companions: relatedBy(model), count: 3 });
 */
export function crossSellCart(
  { products }: CartContents,
  shop: Shop,
  {
    companions,
    combine = "noisy-or",
    minimumScore = 0,
    perCategory = 2,
    exclude,
    count = 4,
    pool = 100,
  }: CrossSellOptions,
): CrossSell[] {
  requireNumber("minimumScore", minimumScore, 0);
  requireInteger("perCategory", perCategory, 1);
  requireInteger("count", count, 0);
  requireInteger("pool", pool, 1);
  const inCart = new Set(products);
  const isShown = showableIn(shop);
  const voices = new Map<number, Voice[]>();
  for (const product of products) {
    for (const related of companions(product, pool)) {
      if (inCart.has(related.product) || exclude?.has(related.product) || !isShown(related.product)) continue;
      const heard = voices.get(related.product) ?? [];
      heard.push({ product, weight: weightOf(related, combine, shop), related });
      voices.set(related.product, heard);
    }
  }
  const scored = Array.from(voices, ([product, heard]) => ({
    product,
    heard: heard.toSorted((a, b) => b.weight - a.weight || a.product - b.product),
    score: combined(heard, combine, products.length),
  }));
  const ranked = scored
    .filter(({ score }) => score > 0 && score >= minimumScore)
    .toSorted((a, b) => b.score - a.score || a.product - b.product);
  return capped(ranked, shop, perCategory)
    .slice(0, count)
    .flatMap(({ product, heard, score }) => present(product, heard, score, shop));
}

function weightOf({ product, score, lift }: RelatedProduct, combine: "noisy-or" | "log-lift", shop: Shop): number {
  const path = `companions of ${shop.catalogue.ids.idOf(product)}`;
  if (combine === "noisy-or") {
    if (score >= 0 && score <= 1) return score;
    throw new InvalidInput(`${path}.score`, score, 'a chance in [0, 1], or combine "log-lift"');
  }
  if (lift !== undefined && lift > 0 && lift < Infinity) return Math.log(lift);
  throw new InvalidInput(`${path}.lift`, lift, 'a number above zero, or combine "noisy-or"');
}

function combined(heard: readonly Voice[], combine: "noisy-or" | "log-lift", products: number): number {
  // Sorted, so that the order of the lines does not change the last digit.
  const weights = heard.map(({ weight }) => weight).toSorted((a, b) => a - b);
  if (combine === "noisy-or") return 1 - weights.reduce((rest, chance) => rest * (1 - chance), 1);
  return weights.reduce((sum, weight) => sum + weight, 0) / Math.sqrt(products);
}

function capped<Candidate extends { readonly product: number }>(
  ranked: readonly Candidate[],
  { catalogue }: Shop,
  perCategory: number,
): Candidate[] {
  const taken = new Map<number, number>();
  return ranked.filter(({ product }) => {
    const category = catalogue.categoryOf[product];
    const already = taken.get(category) ?? 0;
    taken.set(category, already + 1);
    return already < perCategory;
  });
}

function present(product: number, heard: readonly Voice[], score: number, shop: Shop): CrossSell[] {
  const { catalogue } = shop;
  const shown = shownProduct(product, shop);
  const speaking = heard.filter(({ weight }) => weight > 0);
  const names = speaking.slice(0, 2).map(({ product: from }) => catalogue.products[from].title);
  const evidence = heard.map(({ product: from, weight, related: { evidence: figures } }) => ({
    productId: catalogue.ids.idOf(from),
    weight,
    ...(figures && { figures }),
  }));
  return shown ? [{ ...shown, score, reason: `Goes with ${names.join(" and ")}`, evidence }] : [];
}

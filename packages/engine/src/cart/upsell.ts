/**
 * Upsell: for each line of a cart, better products that do the same job and cost somewhat more. A better product is like
 * the one in the cart, is not something people buy along with it, stands in the same category, costs within a price
 * corridor more, earns at least as much and is there in the quantity and the size that the shopper chose.
 */
import { availabilityOf } from "../catalogue/catalogue.ts";
import type { Minor } from "../catalogue/money.ts";
import { InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import { replacementIn, type CartContents, type KnownLine } from "./cart-lines.ts";
import type { RelatedProduct, RelatedProducts } from "./related.ts";
import { marginIn, showableIn, type Shop } from "./shop.ts";
import type { ShownProduct } from "./shown-product.ts";

/** What the merchant lets be offered instead of what is in the cart. */
export interface UpsellOptions {
  /** Products like one: of a content or a session model. */
  readonly similar: RelatedProducts;
  /** How much more often than by chance two products are bought together. Nothing is known when left out. */
  readonly liftOf?: (product: number, other: number) => number | undefined;
  /** At this lift and above, two products go together and neither replaces the other. */
  readonly maximumLift?: number;
  /** How much more it may cost, as a share of the price in the cart. */
  readonly corridor?: { readonly from: number; readonly to: number };
  /** Least a unit must earn beyond the one it replaces, in minor units. */
  readonly minimumMarginGain?: Minor;
  /** Keeps to products whose cost is known. */
  readonly requiresKnownMargin?: boolean;
  readonly sameCategory?: boolean;
  /** What a margin gain of the whole price would add to the score: 0 ranks by likeness alone. */
  readonly marginWeight?: number;
  /** Catalogue indices never offered, for example what the customer owns. */
  readonly exclude?: ReadonlySet<number>;
  /** Suggestions for a line. */
  readonly count?: number;
  /** Similar products that are looked at for a line. */
  readonly pool?: number;
}

/** A better product for a line. */
export interface Upsell {
  /** Place of the line in the cart. */
  readonly line: number;
  readonly productId: string;
  readonly replacement: ShownProduct;
  /** What one unit costs more. */
  readonly priceDifference: Minor;
  readonly score: number;
  /** For the shopper: no figure of the shop's in it. */
  readonly reason: string;
  /** For the merchant. */
  readonly evidence: UpsellEvidence;
}

/** Why a product counts as a better one. Private figures. */
export interface UpsellEvidence {
  readonly similarity: number;
  /** Price difference as a share of the price in the cart. */
  readonly priceRise: number;
  readonly lift?: number;
  /** What a unit earns beyond the one it replaces; absent where a cost is unknown. */
  readonly marginGain?: number;
  readonly figures?: Readonly<Record<string, number>>;
}

/**
 * Products of the cart, variants of the same product and products out of stock are never suggested; a line whose variant
 * is no longer sold gets no suggestion. One product is suggested for one line only, the one where it scores best.
 * @returns best first
 * @throws InvalidOption when the corridor is not a range or another setting is out of range
 * @example
 * const cart = readCart([{ productId: "mug", quantity: 1 }], catalogue, market);
 * const suggestions = upsellCart(cart, { catalogue, market }, { similar: relatedBy(model), corridor: { from: 0.1, to: 0.4 } });
 */
export function upsellCart({ lines, products }: CartContents, shop: Shop, options: UpsellOptions): Upsell[] {
  const settings = settle(options);
  const inCart = new Set(products);
  const isShown = showableIn(shop);
  const allows = (product: number): boolean =>
    !inCart.has(product) && !(settings.exclude?.has(product) ?? false) && isShown(product);
  const question: Question = { shop, settings, marginOf: marginIn(shop) };
  const found = lines.flatMap((line) =>
    settings
      .similar(line.product, settings.pool)
      .filter(({ product }) => allows(product))
      .flatMap((related) => weigh(line, related, question) ?? []),
  );
  return keepBest(found.toSorted(byScore), settings.count);
}

type Settings = Required<Omit<UpsellOptions, "exclude" | "liftOf">> & Pick<UpsellOptions, "exclude" | "liftOf">;

function settle({
  corridor = { from: 0.1, to: 0.4 },
  maximumLift = 1,
  minimumMarginGain = 0,
  requiresKnownMargin = false,
  sameCategory = true,
  marginWeight = 1,
  count = 2,
  pool = 50,
  ...rest
}: UpsellOptions): Settings {
  requireNumber("corridor.from", corridor.from, 0);
  requireNumber("corridor.to", corridor.to, 0);
  if (corridor.from > corridor.to) {
    throw new InvalidOption("corridor.to", corridor.to, `at least corridor.from (${corridor.from})`);
  }
  requireNumber("maximumLift", maximumLift, 0);
  requireNumber("minimumMarginGain", minimumMarginGain, -Number.MAX_VALUE);
  requireNumber("marginWeight", marginWeight, 0);
  requireInteger("count", count, 0);
  requireInteger("pool", pool, 1);
  return {
    corridor,
    maximumLift,
    minimumMarginGain,
    requiresKnownMargin,
    sameCategory,
    marginWeight,
    count,
    pool,
    ...rest,
  };
}

/** What all products are weighed by. */
interface Question {
  readonly shop: Shop;
  readonly settings: Settings;
  readonly marginOf: (product: number, price: Minor) => number;
}

/** @returns undefined when the product is no better one for this line */
function weigh(
  line: KnownLine,
  { product, score: similarity, evidence: figures }: RelatedProduct,
  { shop: { catalogue, market }, settings, marginOf }: Question,
): Upsell | undefined {
  const { corridor, sameCategory, liftOf, maximumLift, minimumMarginGain, requiresKnownMargin, marginWeight } =
    settings;
  if (line.price === undefined || line.price === 0) return undefined;
  if (sameCategory && catalogue.categoryOf[product] !== catalogue.categoryOf[line.product]) return undefined;
  const offer = replacementIn(catalogue.products[product], market, line.line.quantity, line.variant?.options);
  if (!offer) return undefined;
  const priceRise = offer.price / line.price - 1;
  if (offer.price <= line.price || !isWithin(priceRise, corridor)) return undefined;
  const lift = liftOf?.(line.product, product);
  if (lift !== undefined && lift >= maximumLift) return undefined;
  const marginGain = marginOf(product, offer.price) - marginOf(line.product, line.price);
  const isKnown = !Number.isNaN(marginGain);
  if (isKnown ? marginGain < minimumMarginGain : requiresKnownMargin) return undefined;
  return {
    line: line.index,
    productId: line.line.productId,
    replacement: {
      productId: catalogue.ids.idOf(product),
      variantId: offer.variant.id,
      price: offer.price,
      availability: availabilityOf(catalogue.products[product], market),
    },
    priceDifference: offer.price - line.price,
    score: similarity * (1 + (isKnown ? (marginWeight * marginGain) / line.price : 0)),
    reason: `A step up from ${catalogue.products[line.product].title}`,
    evidence: {
      similarity,
      priceRise,
      ...(lift !== undefined && { lift }),
      ...(isKnown && { marginGain }),
      ...(figures && { figures }),
    },
  };
}

/** 12.00 is 20 % more than 10.00, though 12 / 10 - 1 is a hair less than 0.2. */
function isWithin(priceRise: number, { from, to }: Settings["corridor"]): boolean {
  return priceRise >= from - 1e-9 && priceRise <= to + 1e-9;
}

/** At most `count` a line, no product twice. */
function keepBest(ranked: readonly Upsell[], count: number): Upsell[] {
  const taken = new Set<string>();
  const perLine = new Map<number, number>();
  return ranked.filter(({ line, replacement }) => {
    const already = perLine.get(line) ?? 0;
    if (already >= count || taken.has(replacement.productId)) return false;
    taken.add(replacement.productId);
    perLine.set(line, already + 1);
    return true;
  });
}

function byScore(a: Upsell, b: Upsell): number {
  return b.score - a.score || a.line - b.line;
}

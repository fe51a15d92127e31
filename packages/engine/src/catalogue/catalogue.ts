/**
 * The shop's products by index: ids, categories, brands, prices and stock, ready for models and for decisions.
 * Immutable; a change of price or stock makes a new one.
 */
import { InvalidInput } from "../errors.ts";
import { atOnce, type InPieces } from "../matrix/pieces.ts";
import { checkRestrictions } from "./check-restrictions.ts";
import { createIdentifiers, type Identifiers } from "./identifiers.ts";
import { currencyExponent, requireMinor, type Minor } from "./money.ts";
import type { Market, Product, Variant } from "./product.ts";

/** What `createCatalogue` takes. */
export interface CatalogueInput {
  readonly products: readonly Product[];
  /** The home market first. One market in euros and UTC when left out. */
  readonly markets?: readonly Market[];
}

/** How much of a product there is. Public pages see only this, never a number. */
export type Availability = "in-stock" | "low" | "out-of-stock";

/** Products by index, in the order they were given. */
export interface Catalogue {
  readonly markets: readonly Market[];
  readonly products: readonly Product[];
  readonly ids: Identifiers;
  /** Variant ids over the whole shop, siblings side by side. */
  readonly variantIds: Identifiers;
  /** Product index of each variant. */
  readonly productOfVariant: Uint32Array;
  /** Full category paths, joined with " / ". */
  readonly categories: Identifiers;
  /** Category index of each product, -1 where it has none. */
  readonly categoryOf: Int32Array;
  readonly brands: Identifiers;
  /** Brand index of each product, -1 where it has none. */
  readonly brandOf: Int32Array;
}

/** The market of shops that name none. */
export const defaultMarket: Market = { id: "default", country: "DE", currency: "EUR", locale: "en", timeZone: "UTC" };

/** Products that are read between two pauses. */
export const productsAPiece = 256;

/** Stock at or below which a product counts as low. */
const lowStock = 5;

/**
 * Checks products and indexes them.
 * @throws InvalidInput naming the product and field: an empty or repeated id, no variant, a price that is not a whole
 * number of minor units or is below zero, an unknown market, a malformed currency, locale, time zone or restriction
 * @example
 * const catalogue = createCatalogue({
 *   products: [{ id: "mug", title: "Mug", variants: [{ id: "mug-blue", prices: { default: 1250 } }] }],
 * });
 */
export function createCatalogue(input: CatalogueInput): Catalogue {
  return atOnce(createCatalogueInPieces(input));
}

/** The same, pausing on the way. */
export function* createCatalogueInPieces({ products, markets = [defaultMarket] }: CatalogueInput): InPieces<Catalogue> {
  checkMarkets(markets);
  const ids = createIdentifiers();
  const variantIds = createIdentifiers();
  const categories = createIdentifiers();
  const brands = createIdentifiers();
  const productOfVariant: number[] = [];
  const categoryOf = new Int32Array(products.length).fill(-1);
  const brandOf = new Int32Array(products.length).fill(-1);
  const marketIds = new Set(markets.map((market) => market.id));

  for (const [index, product] of products.entries()) {
    if (index % productsAPiece === 0) yield;
    const path = `products[${index}]`;
    addUnique(ids, product.id, `${path}.id`);
    if (product.variants.length === 0) throw new InvalidInput(`${path}.variants`, "[]", "at least one variant");
    for (const [position, variant] of product.variants.entries()) {
      checkVariant(variant, `${path}.variants[${position}]`, marketIds);
      addUnique(variantIds, variant.id, `${path}.variants[${position}].id`);
      productOfVariant.push(index);
    }
    if (product.restrictions) checkRestrictions(product.restrictions, `${path}.restrictions`);
    if (product.category?.length) categoryOf[index] = categories.intern(product.category.join(" / "));
    if (product.brand) brandOf[index] = brands.intern(product.brand);
  }
  return {
    markets,
    products,
    ids,
    variantIds,
    productOfVariant: Uint32Array.from(productOfVariant),
    categories,
    categoryOf,
    brands,
    brandOf,
  };
}

/**
 * @returns the market with this id, the home market when none is asked for
 * @example
 * marketOf(catalogue).currency; // of the home market
 */
export function marketOf(catalogue: Catalogue, id?: string): Market {
  if (id === undefined) return catalogue.markets[0];
  const market = catalogue.markets.find((candidate) => candidate.id === id);
  if (!market) {
    const known = catalogue.markets.map((candidate) => candidate.id).join(", ");
    throw new InvalidInput("market", id, `one of the catalogue's markets (${known})`);
  }
  return market;
}

/**
 * The variant a product is shown with: the cheapest one that is sold in the market and in stock, else the cheapest
 * that is sold there.
 * @returns undefined when the product is not sold in the market
 * @example
 * const offer = offerOf(product, market);
 * if (offer) console.log(formatMoney(offer.price, market.currency, market.locale));
 */
export function offerOf(product: Product, market: Market): { variant: Variant; price: Minor } | undefined {
  let best: { variant: Variant; price: Minor } | undefined;
  for (const variant of product.variants) {
    const price = variant.prices[market.id];
    if (price === undefined) continue;
    const better =
      !best ||
      (isInStock(variant) && !isInStock(best.variant)) ||
      (isInStock(variant) === isInStock(best.variant) && price < best.price);
    if (better) best = { variant, price };
  }
  return best;
}

/**
 * Whether at least one unit can be sold. Stock that is not tracked counts as there.
 * @example
 * const buyable = product.variants.filter(isInStock);
 */
export function isInStock(variant: Variant): boolean {
  return variant.stock === undefined || variant.stock > 0;
}

/**
 * What a shopper may know of a product's stock.
 * @param market counts only the variants that are sold there; all of them when left out
 * @returns `out-of-stock` also where nothing is sold
 * @example
 * availabilityOf(catalogue.products[0], marketOf(catalogue, "uk")); // "low"
 */
export function availabilityOf({ variants }: Product, market?: Market): Availability {
  let units = 0;
  for (const { prices, stock = Infinity } of variants) {
    if (!market || prices[market.id] !== undefined) units += Math.max(0, stock);
  }
  if (units === 0) return "out-of-stock";
  return units <= lowStock ? "low" : "in-stock";
}

function checkMarkets(markets: readonly Market[]): void {
  if (markets.length === 0) throw new InvalidInput("markets", "[]", "at least one market, the home market first");
  const ids = createIdentifiers();
  for (const [index, market] of markets.entries()) {
    addUnique(ids, market.id, `markets[${index}].id`);
    currencyExponent(market.currency, `markets[${index}].currency`);
    checkFormats(market, `markets[${index}]`);
  }
}

/** A locale or time zone that the runtime does not know would fail much later, at the first price or day it shows. */
function checkFormats({ locale, timeZone }: Market, path: string): void {
  try {
    Intl.getCanonicalLocales(locale);
  } catch {
    throw new InvalidInput(`${path}.locale`, locale, 'a BCP 47 tag such as "en-GB"');
  }
  try {
    new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions();
  } catch {
    throw new InvalidInput(`${path}.timeZone`, timeZone, 'an IANA time zone such as "Europe/Berlin"');
  }
}

function checkVariant(variant: Variant, path: string, marketIds: ReadonlySet<string>): void {
  for (const [market, price] of Object.entries(variant.prices)) {
    if (!marketIds.has(market)) throw new InvalidInput(`${path}.prices`, market, "the id of a market of the catalogue");
    requireMinor(price, `${path}.prices.${market}`);
  }
  if (variant.cost !== undefined) requireMinor(variant.cost, `${path}.cost`);
  if (variant.stock !== undefined && !Number.isFinite(variant.stock)) {
    throw new InvalidInput(`${path}.stock`, variant.stock, "a number of units, or absent when it is not tracked");
  }
}

function addUnique(ids: ReturnType<typeof createIdentifiers>, id: string, path: string): void {
  if (!id) throw new InvalidInput(path, id, "a non-empty id");
  if (ids.indexOf(id) !== undefined) throw new InvalidInput(path, id, "an id that no other one has");
  ids.intern(id);
}

/** What each product is offered as in a market, worked out once for a catalogue: decisions ask for it all the time. */
import { availabilityOf, offerOf, type Availability, type Catalogue } from "./catalogue.ts";
import type { Minor } from "./money.ts";
import type { Market, Product, Variant } from "./product.ts";

/** A product as a shopper meets it in one market. */
export interface Offer {
  readonly variant: Variant;
  readonly price: Minor;
  /** Over the variants that are sold in the market. */
  readonly availability: Availability;
}

/** An offer a product, in the order of the catalogue; undefined where it is not sold in the market. */
export type Offers = readonly (Offer | undefined)[];

/** By market id, for as long as the catalogue lives. It never changes, so neither do its offers. */
const known = new WeakMap<Catalogue, Map<string, Offers>>();

/**
 * @example
 * offersIn(catalogue, marketOf(catalogue, "uk"))[0]?.price;
 */
export function offersIn(catalogue: Catalogue, market: Market): Offers {
  const byMarket = known.get(catalogue) ?? new Map<string, Offers>();
  known.set(catalogue, byMarket);
  const offers = byMarket.get(market.id) ?? catalogue.products.map((product) => offerIn(product, market));
  byMarket.set(market.id, offers);
  return offers;
}

function offerIn(product: Product, market: Market): Offer | undefined {
  const offer = offerOf(product, market);
  if (!offer) return undefined;
  const variants = product.variants.filter(({ prices }) => prices[market.id] !== undefined);
  return { ...offer, availability: availabilityOf({ ...product, variants }) };
}

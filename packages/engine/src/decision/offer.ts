/** Step 7, offer: what each pick is shown as. Only what is shown needs it, so it is looked up last. */
import { availabilityOf, offerOf, type Availability, type Catalogue } from "../catalogue/catalogue.ts";
import type { Minor } from "../catalogue/money.ts";
import type { Market, Variant } from "../catalogue/product.ts";
import type { Pick } from "./sample.ts";

export interface OfferedPick extends Pick {
  readonly variant: Variant;
  readonly price: Minor;
  readonly availability: Availability;
}

/** @param picks products that are sold in the market, as `constrain` lets through */
export function offerPicks(picks: readonly Pick[], { products }: Catalogue, market: Market): OfferedPick[] {
  return picks.flatMap((pick) => {
    const product = products[pick.product];
    const offer = offerOf(product, market);
    return offer ? [{ ...pick, ...offer, availability: availabilityOf(product, market) }] : [];
  });
}

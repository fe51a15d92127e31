/** Shadow strategies: what another strategy would have shown, decided beside the real one, logged and never shown. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { hashPool, type ReceiptItem, type ShadowReceipt } from "./receipt.ts";
import type { Steps } from "./trace.ts";

/** @returns the shadow's slate and how far the two agree */
export function shadowReceipt(shown: Steps, shadow: Steps, catalogue: Catalogue): ShadowReceipt {
  const slate: ReceiptItem[] = shadow.picks.map(({ product, variant, propensity }) => ({
    productId: catalogue.ids.idOf(product),
    variantId: variant.id,
    propensity,
  }));
  const own = new Set(shown.picks.map(({ product }) => product));
  const shared = shadow.picks.filter(({ product }) => own.has(product)).length;
  return {
    strategy: { id: shadow.strategy.id, version: shadow.strategy.version },
    poolHash: hashPool(shadow.scored),
    slate,
    overlap: {
      shared,
      either: own.size + slate.length - shared,
      samePlace: shadow.picks.filter(({ product }, place) => shown.picks[place]?.product === product).length,
    },
  };
}

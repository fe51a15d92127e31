/** A decision as shoppers see it, and below it, when switched on, as its merchant does. */
import type { Recommendation, RecommendationItem } from "@basketlift/engine/decision";
import { RecommendationRow } from "@basketlift/widgets";
import type { JSX } from "preact";
import { addressOfProduct } from "../route.ts";
import { productOf } from "../shop.ts";
import { useStorefront } from "../storefront.ts";
import { MerchantView } from "./merchant-view.tsx";

export interface DecidedRowProps {
  readonly recommendation: Recommendation;
  readonly heading: string;
  readonly headingLevel?: 2 | 3;
}

export function DecidedRow({ recommendation, heading, headingLevel = 2 }: DecidedRowProps): JSX.Element {
  const { shop, cart, isCartOpen, isMerchantView } = useStorefront();

  function addToCart({ productId, variantId }: RecommendationItem): void {
    const product = productOf(shop, productId);
    if (!product) throw new Error(`${productId} has left the shop.`);
    cart.add(product, variantId);
  }

  return (
    <section class="row" aria-label={heading}>
      <RecommendationRow
        recommendation={recommendation}
        locale={shop.locale}
        headingLevel={headingLevel}
        labels={{ heading }}
        pictureOf={({ productId }) => productOf(shop, productId)?.image}
        linkOf={({ productId }) => addressOfProduct(productId)}
        onSelect={() => (isCartOpen.value = false)}
        onAddToCart={addToCart}
      />
      {isMerchantView.value && <MerchantView recommendation={recommendation} heading={heading} />}
    </section>
  );
}

/** A product in the browser's grid. */
import { availabilityOf, formatMoney, type Product } from "@basketlift/engine/catalogue";
import { ProductPicture } from "@basketlift/widgets";
import type { JSX } from "preact";
import { addressOfProduct } from "../route.ts";
import { shownOffer } from "../shop.ts";
import { useStorefront } from "../storefront.ts";
import { availabilityInWords } from "./availability.ts";

export function ProductTile({ product }: { readonly product: Product }): JSX.Element {
  const { shop } = useStorefront();
  const offer = shownOffer(shop, product);
  const availability = availabilityOf(product);
  return (
    <a class="tile" href={addressOfProduct(product.id)}>
      <ProductPicture title={product.title} src={product.image} />
      <span class="tile__title">{product.title}</span>
      <span class="tile__offer">
        {offer && formatMoney(offer.price, shop.market.currency, shop.locale)}
        {availability !== "in-stock" && <span class="tile__availability"> {availabilityInWords[availability]}</span>}
      </span>
    </a>
  );
}

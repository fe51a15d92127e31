/** A product, what goes well with it, and what is like it. */
import { availabilityOf, formatMoney, isInStock, type Product, type Variant } from "@basketlift/engine/catalogue";
import { ProductPicture } from "@basketlift/widgets";
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { variantName } from "../cart.ts";
import { ancestry } from "../product-search.ts";
import { addressOf } from "../route.ts";
import { productOf, shownOffer, type Shop } from "../shop.ts";
import { useStorefront } from "../storefront.ts";
import { availabilityInWords } from "./availability.ts";
import { DecidedRow } from "./decided-row.tsx";
import { useDecision } from "./use-decision.ts";

export function ProductPage({ productId }: { readonly productId: string }): JSX.Element {
  const { shop } = useStorefront();
  const product = productOf(shop, productId);
  if (!product) return <NotFound />;
  return (
    <>
      <Breadcrumbs product={product} />
      <article class="product">
        <div class="product__picture">
          <ProductPicture title={product.title} src={product.image} alt={product.title} loading="eager" />
        </div>
        <ProductDetails product={product} />
      </article>
      <Companions product={product} />
    </>
  );
}

function NotFound(): JSX.Element {
  return (
    <div class="notice">
      <h1 tabIndex={-1}>This product is not here</h1>
      <p>It may have left the shop.</p>
      <p>
        <a href="#/">See all products</a>
      </p>
    </div>
  );
}

function Breadcrumbs({ product: { category = [] } }: { readonly product: Product }): JSX.Element {
  return (
    <nav class="breadcrumbs" aria-label="Breadcrumbs">
      <ol>
        <li>
          <a href="#/">All products</a>
        </li>
        {ancestry(category).map(({ path, name }) => (
          <li key={path}>
            <a href={addressOf({ page: "browse", category: path, search: "" })}>{name}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function ProductDetails({ product }: { readonly product: Product }): JSX.Element {
  const { shop, cart, isCartOpen } = useStorefront();
  const [variant, setVariant] = useState(() => shownOffer(shop, product)?.variant);
  const price = variant?.prices[shop.market.id];
  const availability = availabilityOf(variant ? { ...product, variants: [variant] } : product);
  const canBuy = variant !== undefined && price !== undefined && isInStock(variant);

  function add(): void {
    if (!canBuy) return;
    cart.add(product, variant.id);
    isCartOpen.value = true;
  }

  return (
    <div class="product__details">
      {product.brand && <p class="product__brand">{product.brand}</p>}
      <h1 tabIndex={-1}>{product.title}</h1>
      <p class="product__offer">
        {price !== undefined && (
          <span class="product__price">{formatMoney(price, shop.market.currency, shop.locale)}</span>
        )}
        <span class={`product__availability product__availability--${availability}`}>
          {price === undefined ? "Not sold here" : availabilityInWords[availability]}
        </span>
      </p>
      <VariantChoice product={product} shop={shop} chosen={variant} onChoose={setVariant} />
      <button type="button" class="button product__add" aria-disabled={!canBuy} onClick={add}>
        {canBuy ? "Add to cart" : "Not available"}
      </button>
      {product.description && <p class="product__description">{product.description}</p>}
      <Attributes product={product} />
    </div>
  );
}

interface VariantChoiceProps {
  readonly product: Product;
  readonly shop: Shop;
  readonly chosen: Variant | undefined;
  readonly onChoose: (variant: Variant) => void;
}

function VariantChoice({ product, shop, chosen, onChoose }: VariantChoiceProps): JSX.Element | null {
  const sold = product.variants.filter(({ prices }) => prices[shop.market.id] !== undefined);
  if (sold.length < 2) return null;
  const names = new Set(sold.flatMap(({ options = {} }) => Object.keys(options)));
  return (
    <fieldset class="variants">
      <legend>{[...names].join(", ") || "Choice"}</legend>
      {sold.map((variant) => (
        <label key={variant.id} class="variants__choice">
          <input
            type="radio"
            name="variant"
            checked={variant.id === chosen?.id}
            disabled={!isInStock(variant)}
            onChange={() => onChoose(variant)}
          />
          <span>{variantName(variant)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Attributes({ product: { attributes = {} } }: { readonly product: Product }): JSX.Element | null {
  const entries = Object.entries(attributes);
  if (entries.length === 0) return null;
  return (
    <dl class="attributes">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === "string" ? value : value.join(", ")}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Both rows are decided when the page opens, from the visit and the cart as they are then. No product stands in both. */
function Companions({ product: { id } }: { readonly product: Product }): JSX.Element {
  const { cart, visit } = useStorefront();
  const [then] = useState(() => ({
    session: visit.viewed.peek().filter((viewed) => viewed !== id),
    cart: cart.entries.peek().map(({ product, quantity }) => ({ productId: product.id, quantity })),
  }));
  const companions = useDecision({ placement: "pdp", productId: id, limit: 8, ...then });
  const exclude = companions.recommendedProducts;
  const similar = useDecision({ placement: "pdp", strategy: "similar", productId: id, limit: 8, exclude, ...then });
  useEffect(() => visit.view(id), [id]);
  return (
    <>
      <DecidedRow recommendation={companions} heading="Goes well with" />
      <DecidedRow recommendation={similar} heading="Similar" />
    </>
  );
}

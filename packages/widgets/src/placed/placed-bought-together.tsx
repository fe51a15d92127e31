/** A bundle in its place: the page's product and up to three companions, asked for, drawn, and reported on. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { BoughtTogether } from "../bought-together.tsx";
import { buyable, type BundleProduct } from "../bundle-choice.ts";
import type { AnsweredItem, PublicProduct } from "../client/answer.ts";
import { isShown } from "../shown.ts";
import { useImpressions } from "./impressions.ts";
import { usePlacement, usePlaceState, type PlacedLook, type PlacedProps } from "./place.ts";

export interface PlacedBoughtTogetherProps extends PlacedProps, PlacedLook {
  readonly productId: string;
  /** Variant of the product that the page shows. */
  readonly variantId?: string | undefined;
  /** Companions at most. */
  readonly limit?: number | undefined;
  readonly placement?: string | undefined;
  readonly strategy?: string | undefined;
}

/** Answers with evidence, or not at all: what only fills a place is no reason to buy together. */
const evidenceOnly = "frequently-bought-together";

export function PlacedBoughtTogether(props: PlacedBoughtTogetherProps): JSX.Element | null {
  const { storefront, place, productId, variantId, limit = 3, placement = "pdp", strategy = evidenceOnly } = props;
  const { heading, labels, linkOf, headingLevel = 2, theme = "page" } = props;
  const answer = usePlacement(props, { placement, productId, limit, strategy });
  const product = useProduct(props);
  const shown = useMemo(() => {
    if (!answer || !isShown(answer) || !product) return undefined;
    const items = answer.items.filter(({ currency }) => currency === product.currency);
    const bundle = {
      answer: { ...answer, items },
      product: asBundleProduct(product),
      companions: items.map((item) => companion(item, linkOf)),
    };
    return buyable([bundle.product]).length > 0 && buyable(bundle.companions).length > 0 ? bundle : undefined;
  }, [answer, product, linkOf]);
  const known = answer === null || product === null ? null : answer && product;
  usePlaceState(place, known, shown);
  useImpressions({ storefront, place, placement }, shown?.answer);
  if (!shown || !product) return null;
  const variants = shown.answer.items.map((item): [string, string] => [item.productId, item.variantId]);
  return (
    <BoughtTogether
      key={shown.answer.id}
      product={shown.product}
      companions={shown.companions}
      currency={product.currency}
      locale={storefront.locale}
      headingLevel={headingLevel}
      theme={theme}
      labels={{ ...labels, ...(heading !== undefined && { bundleHeading: heading }) }}
      shownVariants={new Map(variantId === undefined ? variants : [...variants, [productId, variantId]])}
      onSelect={({ productId: selected }) => {
        const item = shown.answer.items.find((item) => item.productId === selected);
        if (item) void storefront.report("click", shown.answer, item, placement);
      }}
      onAddToCart={(lines) => storefront.addToCart(lines, place, { recommendation: shown.answer, placement })}
    />
  );
}

/** @returns undefined while it is fetched; `null` when it is not to be had */
function useProduct({
  storefront,
  productId,
}: Pick<PlacedBoughtTogetherProps, "storefront" | "productId">): PublicProduct | null | undefined {
  const [product, setProduct] = useState<PublicProduct | null>();
  useEffect(() => {
    let isWanted = true;
    setProduct(undefined);
    void storefront.product(productId).then((found) => isWanted && setProduct(found ?? null));
    return () => void (isWanted = false);
  }, [storefront, productId]);
  return product;
}

function asBundleProduct({ id, title, url, image, variants }: PublicProduct): BundleProduct {
  return { productId: id, title, url, image, variants };
}

function companion(
  { productId, title, url, image, reason, variants }: AnsweredItem,
  linkOf: PlacedLook["linkOf"],
): BundleProduct {
  return { productId, title, url: url ?? linkOf?.(productId), image, reason, variants };
}

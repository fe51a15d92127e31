/** A row of recommendations in its place: asked for, drawn, and reported on. */
import type { JSX } from "preact";
import type { PlacementRequest } from "../client/page.ts";
import { RecommendationRow } from "../recommendation-row.tsx";
import { isShown } from "../shown.ts";
import { useImpressions } from "./impressions.ts";
import { usePlacement, usePlaceState, type PlacedLook, type PlacedProps } from "./place.ts";

export type PlacedRecommendationsProps = PlacedProps & PlacementRequest & PlacedLook;

export function PlacedRecommendations(props: PlacedRecommendationsProps): JSX.Element | null {
  const { storefront, place, placement, heading, labels, linkOf, headingLevel = 2, theme = "page" } = props;
  const answer = usePlacement(props, props);
  const shown = answer && isShown(answer) ? answer : undefined;
  usePlaceState(place, answer, shown);
  useImpressions(props, shown);
  if (!shown) return null;
  return (
    <RecommendationRow
      recommendation={shown}
      headingLevel={headingLevel}
      theme={theme}
      labels={{ ...labels, ...(heading !== undefined && { heading }) }}
      {...(storefront.locale !== undefined && { locale: storefront.locale })}
      pictureOf={({ image }) => image}
      linkOf={({ url, productId }) => url ?? linkOf?.(productId)}
      onSelect={(item) => void storefront.report("click", shown, item, placement)}
      onAddToCart={({ productId, variantId }) =>
        storefront.addToCart([{ productId, variantId, quantity: 1 }], place, { recommendation: shown, placement })
      }
    />
  );
}

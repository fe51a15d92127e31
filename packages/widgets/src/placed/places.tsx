/** Placed widgets with their own place around them, for pages that are written in Preact. */
import type { ComponentType, JSX } from "preact";
import { useState } from "preact/hooks";
import { Boundary } from "./boundary.tsx";
import type { PlacedProps } from "./place.ts";
import { PlacedBoughtTogether, type PlacedBoughtTogetherProps } from "./placed-bought-together.tsx";
import { PlacedRecommendations, type PlacedRecommendationsProps } from "./placed-recommendations.tsx";

export type RecommendationsPlaceProps = Omit<PlacedRecommendationsProps, "place">;
export type BoughtTogetherPlaceProps = Omit<PlacedBoughtTogetherProps, "place">;

/**
 * A row of recommendations.
 * @example
 * <RecommendationsPlace storefront={storefront} placement="pdp" productId="mug" heading="Goes well with" />
 */
export function RecommendationsPlace(props: RecommendationsPlaceProps): JSX.Element {
  return <Around kind="row" widget={PlacedRecommendations} props={props} />;
}

/**
 * A product and what is often bought with it.
 * @example
 * <BoughtTogetherPlace storefront={storefront} productId="mug" />
 */
export function BoughtTogetherPlace(props: BoughtTogetherPlaceProps): JSX.Element {
  return <Around kind="bundle" widget={PlacedBoughtTogether} props={props} />;
}

interface AroundProps<Props extends object> {
  readonly kind: "row" | "bundle";
  readonly widget: ComponentType<Props & Pick<PlacedProps, "place">>;
  readonly props: Props;
}

function Around<Props extends object>({ kind, widget: Widget, props }: AroundProps<Props>): JSX.Element {
  const [place, setPlace] = useState<HTMLDivElement | null>(null);
  return (
    <div ref={setPlace} class="basketlift-place" data-kind={kind}>
      {place && (
        <Boundary place={place}>
          <Widget {...props} place={place} />
        </Boundary>
      )}
    </div>
  );
}

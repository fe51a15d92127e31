/**
 * A widget's place in a page: it has its size before anything is in it, asks when the shopper comes near, and gives up
 * its size only where nobody sees that.
 */
import { useLayoutEffect, useState } from "preact/hooks";
import type { AnsweredRecommendation } from "../client/answer.ts";
import { inspect } from "../client/inspector.ts";
import type { PlacementRequest } from "../client/page.ts";
import type { Storefront } from "../client/storefront.ts";
import { watchGone, watchNear } from "../client/viewability.ts";
import type { Labels } from "../labels.ts";

/** What every placed widget needs. */
export interface PlacedProps {
  readonly storefront: Storefront;
  /** The element around the widget, which keeps the space: class `basketlift-place`. */
  readonly place: HTMLElement;
}

/** How a placed widget looks and speaks. */
export interface PlacedLook {
  readonly heading?: string | undefined;
  readonly labels?: Partial<Labels> | undefined;
  /** Address of a product's page, where the catalogue knows none. */
  readonly linkOf?: ((productId: string) => string | undefined) | undefined;
  readonly headingLevel?: 2 | 3 | 4;
  readonly theme?: "page" | "light" | "dark";
}

/**
 * Asks for a recommendation once `place` comes near the viewport.
 * @returns undefined while there is no answer; `null` when there is nothing to show
 */
export function usePlacement(
  { storefront, place }: PlacedProps,
  { placement, productId, limit, strategy }: PlacementRequest,
): AnsweredRecommendation | null | undefined {
  const [answer, setAnswer] = useState<AnsweredRecommendation | null>();
  // At once, not after the next frame: the page's one question must not leave without this place.
  useLayoutEffect(() => {
    setAnswer(undefined);
    const request = { placement, productId, limit, strategy };
    const asked = storefront.place(request, place, (given) => setAnswer(given ?? null));
    const stopWatching = watchNear(place, asked.near);
    return () => {
      stopWatching();
      asked.leave();
    };
  }, [storefront, place, placement, productId, limit, strategy]);
  return answer;
}

/**
 * Tells the style sheet whether the place is waited for, shown or empty. An empty one goes once it is out of view.
 * @param answer undefined while it is waited for
 * @param shown what of it is drawn, if anything
 */
export function usePlaceState(place: HTMLElement, answer: unknown, shown: unknown): void {
  const waitedFor = answer === undefined ? "waiting" : "empty";
  const state = shown === undefined ? waitedFor : "shown";
  useLayoutEffect(() => {
    place.dataset["state"] = state;
    if (state !== "empty") return undefined;
    inspect({ what: "nothing-shown", message: "A place has nothing to show.", data: place });
    return watchGone(place, () => (place.dataset["state"] = "gone"));
  }, [place, state]);
}

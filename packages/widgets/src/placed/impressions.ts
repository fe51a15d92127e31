/** Reports what was really seen of a recommendation. */
import { useEffect, useRef } from "preact/hooks";
import type { AnsweredRecommendation } from "../client/answer.ts";
import { watchSeen } from "../client/viewability.ts";
import type { PlacedProps } from "./place.ts";

/** Each product of a decision is reported once, also when a re-rank moves it. Its element carries `data-product-id`. */
export function useImpressions(
  { storefront, place, placement }: PlacedProps & { readonly placement: string },
  shown: AnsweredRecommendation | undefined,
): void {
  const reported = useRef(new Set<string>());
  useEffect(() => {
    if (!shown) return undefined;
    return watchSeen(place.querySelectorAll("[data-product-id]"), (card) => {
      const item = shown.items.find(({ productId }) => card.getAttribute("data-product-id") === productId);
      const name = item && `${shown.reranked?.parentId ?? shown.id}/${item.productId}`;
      if (!name || reported.current.has(name)) return;
      reported.current.add(name);
      void storefront.report("impression", shown, item, placement);
    });
  }, [storefront, place, placement, shown]);
}

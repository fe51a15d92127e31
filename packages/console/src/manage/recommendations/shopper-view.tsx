/** A recommendation as the shopper would see it, drawn by the storefront's own widget. */
import type { Recommendation } from "@basketlift/engine/decision";
import { RecommendationRow } from "@basketlift/widgets";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useConsole } from "../../console.ts";
import { Card } from "../../parts/card.tsx";
import { StatusTag } from "./decision-log.tsx";

export interface ShopperViewProps {
  readonly recommendation: Recommendation;
  readonly title?: string;
}

export function ShopperView({ recommendation, title = "What the shopper sees" }: ShopperViewProps): JSX.Element {
  const { titles } = useConsole();
  const { items, status, reasoning } = recommendation;
  useEffect(() => {
    for (const { productId, title } of items) titles.learn(productId, title);
  }, [items]);
  return (
    <Card title={title} controls={<StatusTag status={status} />}>
      {items.length === 0 ? (
        <p class="quiet">Nothing: {reasoning.charAt(0).toLowerCase() + reasoning.slice(1)}</p>
      ) : (
        <RecommendationRow recommendation={recommendation} headingLevel={3} />
      )}
    </Card>
  );
}

/** What happens in a page, in the words of `POST /events`. It links things; it is never a source of revenue. */
import type { AnsweredItem, AnsweredRecommendation, Reranked } from "./answer.ts";

export interface StorefrontEvent {
  /** Made here; the same event sent twice counts once. */
  readonly id: string;
  readonly kind: "impression" | "click" | "view" | "add-to-cart" | "remove-from-cart" | "checkout" | "search";
  /** RFC 3339. */
  readonly occurredAt: string;
  readonly visitorId?: string;
  readonly sessionId?: string;
  readonly productId?: string;
  readonly decisionId?: string;
  /** Made on the device by re-ranking `decisionId`, which is the one the server knows. */
  readonly childDecision?: ChildDecision;
  readonly position?: number;
  readonly placement?: string;
}

/** What the shopper saw in place of the decision that the server made: the same products in another order. */
export interface ChildDecision extends Omit<Reranked, "parentId"> {
  readonly id: string;
  /** As they were shown, best first. */
  readonly products: readonly string[];
}

/** What whoever saw it knows of an event; the rest is filled in. */
export type Happening = Omit<StorefrontEvent, "id" | "occurredAt" | "visitorId" | "sessionId">;

/** What became of one recommended product. A re-ranked one is told of under the decision that the server logged. */
export function itemHappening(
  kind: Happening["kind"],
  recommendation: AnsweredRecommendation,
  { productId, position }: Pick<AnsweredItem, "productId" | "position">,
  placement: string,
): Happening {
  return { kind, productId, position, placement, ...decisionOf(recommendation) };
}

function decisionOf({
  receipt: { decisionId },
  reranked,
  items,
}: AnsweredRecommendation): Pick<Happening, "decisionId" | "childDecision"> {
  if (!reranked) return { decisionId };
  const { parentId, ...ground } = reranked;
  const products = items.map(({ productId }) => productId);
  return { decisionId: parentId, childDecision: { id: decisionId, ...ground, products } };
}

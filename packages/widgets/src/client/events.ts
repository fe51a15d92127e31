/** What happens in a page, in the words of `POST /events`. It links things; it is never a source of revenue. */
import type { AnsweredItem, AnsweredRecommendation } from "./answer.ts";

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
  readonly childDecisionId?: string;
  readonly position?: number;
  readonly placement?: string;
}

/** What whoever saw it knows of an event; the rest is filled in. */
export type Happening = Omit<StorefrontEvent, "id" | "occurredAt" | "visitorId" | "sessionId">;

/** What became of one recommended product. A re-ranked one is told of under the decision that the server logged. */
export function itemHappening(
  kind: Happening["kind"],
  { receipt: { decisionId }, parentDecisionId }: AnsweredRecommendation,
  { productId, position }: Pick<AnsweredItem, "productId" | "position">,
  placement: string,
): Happening {
  const decision = parentDecisionId ? { decisionId: parentDecisionId, childDecisionId: decisionId } : { decisionId };
  return { kind, productId, position, placement, ...decision };
}

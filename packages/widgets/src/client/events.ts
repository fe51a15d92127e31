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
  /** The decision that a device re-ranked into `decisionId`. */
  readonly parentDecisionId?: string;
  readonly position?: number;
  readonly placement?: string;
}

/** What whoever saw it knows of an event; the rest is filled in. */
export type Happening = Omit<StorefrontEvent, "id" | "occurredAt" | "visitorId" | "sessionId">;

/** What became of one recommended product. */
export function itemHappening(
  kind: Happening["kind"],
  { receipt, parentDecisionId }: AnsweredRecommendation,
  { productId, position }: Pick<AnsweredItem, "productId" | "position">,
  placement: string,
): Happening {
  const { decisionId } = receipt;
  return { kind, productId, position, placement, decisionId, ...(parentDecisionId && { parentDecisionId }) };
}

/**
 * Child decisions: what a device made of a decision of the server by re-ranking it. A page may claim what it likes, so a
 * child is taken only where it can be checked: its parent was decided here, it shows products of the parent and no
 * others, and its id follows from what it says it stands on.
 */
import { childDecisionId } from "@basketlift/engine/snapshot";
import type { z } from "zod";
import type { toldChildDecision } from "../contract/data.ts";
import type { EventRefusal } from "./event-refusal.ts";
import type { ChildDecisionRow } from "./event-row.ts";

/** As a page tells of it. */
export type ToldChildDecision = z.output<typeof toldChildDecision>;

/** What of an event must agree with the child it names. */
export interface ChildEvent {
  readonly decisionId?: string | undefined;
  readonly childDecision: ToldChildDecision;
  readonly productId?: string | undefined;
  readonly position?: number | undefined;
}

/**
 * @param parentSlate product ids that the parent decided on, best first; undefined where no decision has its id
 * @returns why the child cannot be what it claims to be; undefined where it can
 */
export function faultOfChild(
  { decisionId, childDecision, productId, position }: ChildEvent,
  parentSlate: readonly string[] | undefined,
): EventRefusal | undefined {
  const { id, snapshotVersion, session, products } = childDecision;
  if (decisionId === undefined || parentSlate === undefined) {
    return { code: "unknown-parent", detail: `"${id}" re-ranks "${decisionId}", which nobody decided here.` };
  }
  const decided = new Set(parentSlate);
  const foreign = products.find((product) => !decided.has(product));
  if (foreign !== undefined) return forged(`its parent did not decide on product "${foreign}"`);
  const shown = new Set(products);
  if (shown.size < products.length) return forged("it shows a product twice");
  const slate = parentSlate.filter((product) => shown.has(product));
  if (childDecisionId({ parentId: decisionId, snapshotVersion, session, slate }) !== id) {
    return forged("its id does not follow from what it stands on");
  }
  if (productId !== undefined && !shown.has(productId)) return forged(`it does not show product "${productId}"`);
  if (productId !== undefined && position !== undefined && products[position] !== productId) {
    return forged(`it does not show product "${productId}" at position ${position}`);
  }
  return undefined;
}

function forged(why: string): EventRefusal {
  return { code: "forged-child", detail: `/childDecision: ${why}.` };
}

/** The row of the log. */
export function childDecisionRow(parentId: string, seenAt: Date, told: ToldChildDecision): ChildDecisionRow {
  return { ...told, parentId, seenAt };
}

/** Why an event cannot be taken. */

export type EventRefusalCode =
  | "invalid-event"
  | "missing-id"
  | "unknown-kind"
  | "purchase-not-accepted"
  | "missing-product"
  | "missing-decision"
  | "unknown-parent"
  | "forged-child"
  | "too-old"
  | "unknown-product";

export interface EventRefusal {
  readonly code: EventRefusalCode;
  readonly detail: string;
}

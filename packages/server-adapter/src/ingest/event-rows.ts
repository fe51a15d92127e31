/** Reads storefront events one by one: each is a row of the log, or is refused with the reason it deserves. */
import { isDeclaredBot, parseTime } from "@basketlift/engine/history";
import type { z } from "zod";
import { storefrontEvent, type consentInput } from "../contract/data.ts";
import { childDecisionRow, faultOfChild } from "./child-decisions.ts";
import type { EventFlaw } from "./event-flaws.ts";
import type { EventRefusal } from "./event-refusal.ts";
import type { EventRow } from "./event-row.ts";
import { faultsInWords, isStorable, pointersOf } from "./input.ts";

export type StorefrontEvent = z.output<typeof storefrontEvent>;
export type Consent = z.output<typeof consentInput>;

/** When and from where a batch came. */
export interface Reception {
  /** Milliseconds since 1970, UTC. */
  readonly receivedAt: number;
  readonly consent: Consent;
  readonly userAgent: string | undefined;
}

/** What the database knows of the ids in a batch. */
export interface KnownIds {
  readonly products: ReadonlySet<string>;
  /** Decisions by id; a child decision by its own id, too. */
  readonly decisions: ReadonlyMap<string, KnownDecision>;
}

/** A decision of the log. */
export interface KnownDecision {
  /** Null where it was made for nobody in particular. */
  readonly visitorId: string | null;
  /** Of a child decision, the one that it re-ranked. */
  readonly parentId: string | null;
  /** Product ids, best first; empty where no event of the batch asks for them. */
  readonly slate: readonly string[];
}

/** Beyond the longest row of recommendations. */
const lastPosition = 1_000;
/** Events that are older have been counted and paid for in figures that were already reported. */
const oldest = 7 * 86_400_000;

const needsProduct = new Set<StorefrontEvent["kind"]>(["click", "view", "add-to-cart", "remove-from-cart"]);

/** @returns the event, or why it cannot be taken, before anything is looked up */
export function readEvent(input: unknown, receivedAt: number): StorefrontEvent | EventRefusal {
  const parsed = storefrontEvent.safeParse(input);
  if (!parsed.success) return refusalOf(input, parsed.error);
  const event = parsed.data;
  if (!isStorable(event)) {
    return { code: "invalid-event", detail: "An id or the placement holds characters that cannot be stored." };
  }
  if ((event.position ?? 0) > lastPosition) {
    return { code: "invalid-event", detail: `/position: no row of recommendations has ${lastPosition} places.` };
  }
  if (needsProduct.has(event.kind) && event.productId === undefined) {
    return { code: "missing-product", detail: `An event of kind "${event.kind}" needs a productId.` };
  }
  if (event.kind === "impression" && event.decisionId === undefined) {
    return { code: "missing-decision", detail: 'An event of kind "impression" needs the decisionId of what was seen.' };
  }
  if (event.childDecision !== undefined && event.decisionId === undefined) {
    return { code: "missing-decision", detail: "A childDecision needs the decisionId of the decision it re-ranked." };
  }
  if (parseTime(event.occurredAt) < receivedAt - oldest) {
    return { code: "too-old", detail: `It happened at ${event.occurredAt}; events are taken for 7 days.` };
  }
  return event;
}

/**
 * @returns the row of the log. Without consent to measurement it says what happened, not to whom: no visitor, session or
 * user agent, and no decision that was made for a visitor.
 */
export function eventRow(event: StorefrontEvent, reception: Reception, known: KnownIds): EventRow | EventRefusal {
  const { id, kind, productId, position, placement } = event;
  if (productId !== undefined && !known.products.has(productId)) {
    return { code: "unknown-product", detail: `There is no product "${productId}"; send the catalogue first.` };
  }
  const { childDecision } = event;
  const slate = event.decisionId === undefined ? undefined : known.decisions.get(event.decisionId)?.slate;
  const fault = childDecision && faultOfChild({ ...event, childDecision }, slate);
  if (fault) return fault;
  const { receivedAt, consent, userAgent } = reception;
  const isKnownVisitor = consent.measurement;
  const occurredAt = new Date(Math.min(parseTime(event.occurredAt), receivedAt));
  const flaw = flawOf(event, reception, known);
  return {
    id,
    kind,
    occurredAt,
    receivedAt: new Date(receivedAt),
    visitorId: isKnownVisitor ? event.visitorId : undefined,
    sessionId: isKnownVisitor ? event.sessionId : undefined,
    productId,
    ...linksOf(event, reception, known, { occurredAt, flaw }),
    position,
    placement,
    consentMeasurement: consent.measurement,
    consentPersonalisation: consent.personalisation,
    userAgent: isKnownVisitor ? userAgent?.slice(0, 500) : undefined,
    flaw,
  };
}

/**
 * The decision that an event belongs to: always the server's own one, so that what came through a child of it counts
 * once, and beside it the child. A child holds what a shopper looked at: it is kept with their consent only, and not on
 * the word of an event that is not trusted.
 */
function linksOf(
  { decisionId, childDecision }: StorefrontEvent,
  { consent }: Reception,
  { decisions }: KnownIds,
  { occurredAt, flaw }: { readonly occurredAt: Date; readonly flaw: EventFlaw | undefined },
): Pick<EventRow, "decisionId" | "childDecisionId" | "childDecision"> {
  if (decisionId === undefined) return {};
  const decision = decisions.get(decisionId);
  const isTraceable = (decision?.visitorId ?? null) !== null;
  if (!consent.measurement && isTraceable) return {};
  const parentId = decision?.parentId ?? decisionId;
  const childDecisionId = childDecision?.id ?? (parentId === decisionId ? undefined : decisionId);
  const isTrusted = flaw === undefined || flaw === "clock-ahead";
  if (!childDecision || !isTrusted || !consent.measurement || !consent.personalisation) {
    return { decisionId: parentId, childDecisionId };
  }
  return {
    decisionId: parentId,
    childDecisionId,
    childDecision: childDecisionRow(parentId, occurredAt, childDecision),
  };
}

/** The gravest flaw. */
function flawOf(
  { decisionId, visitorId, occurredAt }: StorefrontEvent,
  { receivedAt, userAgent }: Reception,
  { decisions }: KnownIds,
): EventFlaw | undefined {
  if (userAgent !== undefined && isDeclaredBot(userAgent)) return "bot";
  if (decisionId !== undefined) {
    const decision = decisions.get(decisionId);
    if (decision === undefined) return "unknown-decision";
    const { visitorId: madeFor } = decision;
    if (madeFor !== null && visitorId !== undefined && madeFor !== visitorId) return "foreign-decision";
  }
  return parseTime(occurredAt) > receivedAt ? "clock-ahead" : undefined;
}

function refusalOf(input: unknown, error: z.ZodError): EventRefusal {
  const kind = fieldOf(input, "kind");
  if (kind === "purchase" || kind === "order") {
    return {
      code: "purchase-not-accepted",
      detail: "Pages cannot report purchases. Send orders from the shop's server to POST /orders with a secret key.",
    };
  }
  if (fieldOf(input, "id") === undefined) {
    return { code: "missing-id", detail: "Every event needs an id of its own, so that it counts once." };
  }
  const faults = pointersOf(error);
  if (typeof kind === "string" && faults.some(({ pointer }) => pointer === "/kind")) {
    const known = storefrontEvent.shape.kind.options.join(", ");
    return { code: "unknown-kind", detail: `There is no kind "${kind.slice(0, 50)}"; kinds are ${known}.` };
  }
  return { code: "invalid-event", detail: faultsInWords(faults) };
}

function fieldOf(input: unknown, name: string): unknown {
  return typeof input === "object" && input !== null ? Object.getOwnPropertyDescriptor(input, name)?.value : undefined;
}

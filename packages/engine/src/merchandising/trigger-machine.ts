/** Behavioural triggers as a pure machine: a state and what happened give the next state and what fires. */
import type { Firings, Trigger, TriggerCause, TriggerEvent, TriggerState } from "./trigger.ts";

/** The next state, and the ids of the triggers that fire, in their order. */
export interface TriggerStep {
  readonly state: TriggerState;
  readonly fired: readonly string[];
}

/**
 * @param at now, in milliseconds since 1970, UTC
 * @returns the state in which nothing has happened yet and a page is in view
 * @example
 * const { fired } = stepTriggers(triggers, createTriggerState(at), { type: "tick", at: at + 20_000 });
 */
export function createTriggerState(at: number): TriggerState {
  return { at, isShown: true, dwell: 0, idle: 0, firings: {} };
}

const neverFired: Firings = { thisVisit: 0, inAll: 0, onThisPage: false };

/**
 * @param triggers checked by `assertTriggers`
 * @param event one that is earlier than the state counts as of the state's time: clocks may be set back
 * @example
 * const { state, fired } = stepTriggers(triggers, createTriggerState(at), { type: "scroll", at, share: 0.6 });
 */
export function stepTriggers(triggers: readonly Trigger[], before: TriggerState, event: TriggerEvent): TriggerStep {
  const state = follow(before, event);
  const fired: [string, Firings][] = [];
  for (const trigger of triggers) {
    const past = Object.hasOwn(state.firings, trigger.id) ? state.firings[trigger.id] : neverFired;
    if (!isCause(trigger.cause, state, event) || !mayFire(trigger, past, state.at)) continue;
    const { thisVisit, inAll } = past;
    fired.push([trigger.id, { thisVisit: thisVisit + 1, inAll: inAll + 1, onThisPage: true, lastAt: state.at }]);
  }
  const firings = Object.fromEntries([...Object.entries(state.firings), ...fired]);
  return { state: fired.length === 0 ? state : { ...state, firings }, fired: fired.map(([id]) => id) };
}

/** The state after an event, before anything fires. */
function follow(before: TriggerState, event: TriggerEvent): TriggerState {
  const at = Math.max(before.at, event.at);
  const passed = before.isShown ? at - before.at : 0;
  const later: TriggerState = { ...before, at, dwell: before.dwell + passed, idle: before.idle + passed };
  switch (event.type) {
    case "visit":
      return { ...later, ...freshPage, firings: mapFirings(before, { thisVisit: 0, onThisPage: false }) };
    case "page":
      return { ...later, ...freshPage, firings: mapFirings(before, { onThisPage: false }) };
    case "hidden":
      return { ...later, isShown: false };
    case "shown":
      return { ...later, isShown: true, idle: 0 };
    case "scroll":
    case "activity":
    case "add-to-cart":
      return { ...later, idle: 0 };
    case "exit-intent":
    case "tick":
      return later;
  }
}

const freshPage = { isShown: true, dwell: 0, idle: 0 } as const;

function mapFirings({ firings }: TriggerState, change: Partial<Firings>): TriggerState["firings"] {
  return Object.fromEntries(Object.entries(firings).map(([id, past]) => [id, { ...past, ...change }]));
}

function isCause(cause: TriggerCause, { dwell, idle }: TriggerState, event: TriggerEvent): boolean {
  switch (cause.type) {
    case "dwell":
      return dwell >= cause.seconds * 1000;
    case "idle":
      return idle >= cause.seconds * 1000;
    case "scroll":
      return event.type === "scroll" && event.share >= cause.share;
    case "visit":
      return event.type === "visit" && event.number === cause.number;
    case "exit-intent":
      return event.type === "exit-intent";
    case "add-to-cart":
      return event.type === "add-to-cart" && (cause.products?.includes(event.product) ?? true);
  }
}

function mayFire(
  { cause, cap: { perVisit = 1, inAll = Infinity, pauseSeconds = 0 } = {} }: Trigger,
  past: Firings,
  at: number,
): boolean {
  if (past.onThisPage && cause.type !== "add-to-cart") return false;
  const isRested = past.lastAt === undefined || at - past.lastAt >= pauseSeconds * 1000;
  return past.thisVisit < perVisit && past.inAll < inAll && isRested;
}

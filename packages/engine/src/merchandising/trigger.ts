/** What a visitor does that may call for a recommendation, and how often it may. Plain JSON. */

/**
 * What a trigger waits for.
 * - `dwell`: so long on a page, while it is in view.
 * - `scroll`: down to this share of the page.
 * - `exit-intent`: on the way out.
 * - `visit`: on the n-th visit.
 * - `add-to-cart`: a product was added; any, when none are named.
 * - `idle`: nothing done for so long, while the page is in view.
 */
export type TriggerCause =
  | { readonly type: "dwell"; readonly seconds: number }
  | { readonly type: "scroll"; readonly share: number }
  | { readonly type: "exit-intent" }
  | { readonly type: "visit"; readonly number: number }
  | { readonly type: "add-to-cart"; readonly products?: readonly string[] }
  | { readonly type: "idle"; readonly seconds: number };

/** How often a trigger may fire. Once a page in any case, `add-to-cart` aside. */
export interface FrequencyCap {
  /** In one visit. Default 1. */
  readonly perVisit?: number;
  /** In all, over the visits that the state lives through. */
  readonly inAll?: number;
  /** Least time between two firings. */
  readonly pauseSeconds?: number;
}

/** When to show something because of what the visitor does. */
export interface Trigger {
  readonly id: string;
  readonly cause: TriggerCause;
  readonly cap?: FrequencyCap;
}

/** What happened, and when: milliseconds since 1970, UTC. `tick` is the passing of time; send one every second or so. */
export type TriggerEvent =
  | { readonly type: "visit"; readonly at: number; readonly number: number }
  | { readonly type: "page"; readonly at: number }
  | { readonly type: "scroll"; readonly at: number; readonly share: number }
  | { readonly type: "activity"; readonly at: number }
  | { readonly type: "exit-intent"; readonly at: number }
  | { readonly type: "add-to-cart"; readonly at: number; readonly product: string }
  | { readonly type: "hidden"; readonly at: number }
  | { readonly type: "shown"; readonly at: number }
  | { readonly type: "tick"; readonly at: number };

/** How often a trigger has fired. */
export interface Firings {
  readonly thisVisit: number;
  readonly inAll: number;
  readonly onThisPage: boolean;
  readonly lastAt?: number;
}

/** All that is remembered. Plain JSON, so that it can outlive the page. */
export interface TriggerState {
  /** When the state was last brought up to date. */
  readonly at: number;
  readonly isShown: boolean;
  /** Milliseconds that the page has been in view. */
  readonly dwell: number;
  /** Milliseconds in view since the visitor last did something. */
  readonly idle: number;
  /** By trigger id. */
  readonly firings: Readonly<Record<string, Firings>>;
}

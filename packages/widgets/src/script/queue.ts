/**
 * `window.basketlift`: how a page speaks to the script tag, before it is there and after. Calls that were pushed early
 * wait; settings may be put beside them.
 * @example
 * window.basketlift ??= [];
 * basketlift.consent = { measurement: true, personalisation: true };
 * basketlift.cart = { add: (lines) => fetch("/cart/lines", { method: "POST", body: JSON.stringify(lines) }) };
 * basketlift.push((storefront) => storefront.view("mug"));
 */
import type { CartAdapter } from "../client/cart.ts";
import type { Consent } from "../client/consent.ts";
import type { Storefront } from "../client/storefront.ts";
import type { Labels } from "../labels.ts";

/** Something to do with the storefront, once it is there. */
export type QueuedCall = (storefront: Storefront) => unknown;

export interface BasketliftQueue {
  push(...calls: QueuedCall[]): unknown;
  /** Read once, when the script starts; later changes go through `storefront.setConsent`. */
  consent?: Consent;
  cart?: CartAdapter | undefined;
  labels?: Partial<Labels>;
  /** Set by the first script that starts: a page that holds the script twice has one storefront. */
  isStarted?: boolean;
}

declare global {
  interface Window {
    basketlift?: BasketliftQueue;
  }
}

/** What stands on the script tag: `data-endpoint`, `data-key`, `data-market`, `data-locale`, `data-product-url`. */
export interface ScriptSettings {
  readonly endpoint: string;
  readonly key: string;
  readonly market?: string | undefined;
  readonly locale?: string | undefined;
  /** Address of a product's page with `{id}` in it, for products whose page the catalogue does not know. */
  readonly productUrl?: string | undefined;
  /** Address of the folder that the script came from. */
  readonly folder: string;
}

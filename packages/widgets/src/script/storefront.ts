/** What the loader loads: the client and the elements, for the page that the script tag stands in. */
import type { CartAdapter } from "../client/cart.ts";
import { inspectFailure } from "../client/inspector.ts";
import { createStorefront, type Storefront } from "../client/storefront.ts";
import { defineElements } from "../elements/define-elements.ts";
import type { BasketliftQueue, QueuedCall, ScriptSettings } from "./queue.ts";

/**
 * Opens the storefront, does what the page asked for meanwhile, and brings the elements to life. In this order: what the
 * page says about consent, cart and views belongs into the first request.
 */
export function start({ folder, productUrl, ...address }: ScriptSettings): void {
  const waiting: QueuedCall[] = [];
  const queue: BasketliftQueue = (window.basketlift ??= waiting);
  if (queue.isStarted) return;
  queue.isStarted = true;
  const storefront = createStorefront({
    ...address,
    ...(queue.consent && { consent: queue.consent }),
    cart: queue.cart,
  });
  const call = (queued: QueuedCall): void => void doCall(queued, storefront);
  const pending = Array.isArray(queue) ? queue.splice(0) : [];
  queue.push = (...calls: QueuedCall[]) => calls.forEach(call);
  Object.defineProperty(queue, "cart", {
    get: () => storefront.cart,
    set(cart: CartAdapter | undefined) {
      storefront.cart = cart;
    },
  });
  pending.forEach(call);
  const linkOf = (productId: string) => productUrl?.replace("{id}", encodeURIComponent(productId));
  defineElements({ storefront, linkOf, labels: queue.labels, styleSheet: new URL("storefront.css", folder).href });
}

/** A call that throws hurts no other. */
async function doCall(queued: QueuedCall, storefront: Storefront): Promise<void> {
  try {
    await queued(storefront);
  } catch (error) {
    inspectFailure("A call pushed to basketlift failed.", error);
  }
}

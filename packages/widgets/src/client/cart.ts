/** The shop's own cart, as far as the widgets touch it: they ask, the shop answers. */

/** What goes into the cart. */
export interface CartLine {
  readonly productId: string;
  readonly variantId: string;
  readonly quantity: number;
}

/** Given by the shop as `basketlift.cart` or to `createStorefront`. */
export interface CartAdapter {
  /** All lines in one call. A promise that rejects tells the shopper that it failed. */
  add(lines: readonly CartLine[]): void | Promise<void>;
  /** What is in it now: recommendations then go with it, and leave it out. */
  lines?(): readonly CartLine[];
}

export const addToCartEvent = "basketlift:add-to-cart";

/** Detail of the event that asks a page without an adapter. */
export interface AddToCartDetail {
  readonly lines: readonly CartLine[];
  /** Says that the listener takes care of it; the shopper hears how the promise ends. */
  respondWith(answer: void | Promise<void>): void;
}

declare global {
  interface HTMLElementEventMap {
    [addToCartEvent]: CustomEvent<AddToCartDetail>;
  }
}

/**
 * Asks the adapter, else whoever listens for `basketlift:add-to-cart`.
 * @param from where the event starts; it bubbles, out of shadow roots too
 * @throws what the shop throws, or Error when nobody answers
 */
export async function askForCart(
  adapter: CartAdapter | undefined,
  lines: readonly CartLine[],
  from: EventTarget,
): Promise<void> {
  if (adapter) return adapter.add(lines);
  let answer: { readonly given: void | Promise<void> } | undefined;
  const detail: AddToCartDetail = { lines, respondWith: (given) => (answer = { given }) };
  from.dispatchEvent(new CustomEvent(addToCartEvent, { bubbles: true, composed: true, detail }));
  if (!answer)
    throw new Error(`Nothing in this page adds to the cart: set basketlift.cart or answer ${addToCartEvent}.`);
  await answer.given;
}

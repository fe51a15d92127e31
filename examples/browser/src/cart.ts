/** The cart of this visit. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { Market, Minor, Product, Variant } from "@basketlift/engine/catalogue";

export interface CartEntry {
  readonly product: Product;
  readonly variant: Variant;
  /** Of one unit. */
  readonly price: Minor;
  readonly quantity: number;
}

export interface Cart {
  readonly entries: ReadonlySignal<readonly CartEntry[]>;
  /** Units in all. */
  readonly units: ReadonlySignal<number>;
  readonly subtotal: ReadonlySignal<Minor>;
  /** @throws Error when the product has no such variant, or the shop does not sell it here */
  add(product: Product, variantId: string): void;
  /** Zero takes the entry out. */
  setQuantity(variantId: string, quantity: number): void;
}

export function createCart(market: Market): Cart {
  const entries = signal<readonly CartEntry[]>([]);
  const sum = (amount: (entry: CartEntry) => number) => () =>
    entries.value.reduce((total, entry) => total + amount(entry), 0);

  function setQuantity(variantId: string, quantity: number): void {
    entries.value = entries.value
      .map((entry) => (entry.variant.id === variantId ? { ...entry, quantity } : entry))
      .filter((entry) => entry.quantity > 0);
  }

  return {
    entries,
    units: computed(sum(({ quantity }) => quantity)),
    subtotal: computed(sum(({ price, quantity }) => price * quantity)),
    setQuantity,
    add(product, variantId) {
      const present = entries.value.find(({ variant }) => variant.id === variantId);
      if (present) return setQuantity(variantId, present.quantity + 1);
      const variant = product.variants.find(({ id }) => id === variantId);
      const price = variant?.prices[market.id];
      if (!variant || price === undefined) throw new Error(`${product.title} is not sold here as ${variantId}.`);
      entries.value = [...entries.value, { product, variant, price, quantity: 1 }];
    },
  };
}

/** What sets a variant apart from its siblings, in words. */
export function variantName({ id, options = {} }: Variant): string {
  return Object.values(options).join(", ") || id;
}

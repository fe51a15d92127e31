/** What every part of the page stands on: the open shop, the cart, the visit, and what is switched on. */
import { signal, type Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { createCart, type Cart } from "./cart.ts";
import type { Shop } from "./shop.ts";
import { createVisit, type Visit } from "./visit.ts";

export interface Storefront {
  readonly shop: Shop;
  readonly cart: Cart;
  readonly visit: Visit;
  readonly isCartOpen: Signal<boolean>;
  /** Whether rows show the figures behind them. */
  readonly isMerchantView: Signal<boolean>;
}

export function createStorefront(shop: Shop): Storefront {
  return {
    shop,
    cart: createCart(shop.market),
    visit: createVisit(),
    isCartOpen: signal(false),
    isMerchantView: signal(false),
  };
}

export const StorefrontContext = createContext<Storefront | undefined>(undefined);

/** The storefront of the page around a component. */
export function useStorefront(): Storefront {
  const storefront = useContext(StorefrontContext);
  if (!storefront) throw new Error("This component stands inside a StorefrontContext.");
  return storefront;
}

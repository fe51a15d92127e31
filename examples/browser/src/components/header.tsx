/** The shop's name, the switch to the merchant's view, and the cart. */
import type { JSX } from "preact";
import { useStorefront } from "../storefront.ts";

export function Header(): JSX.Element {
  const { shop, cart, isCartOpen, isMerchantView } = useStorefront();
  const units = cart.units.value;
  return (
    <header class="header">
      <a class="header__name" href="#/">
        {shop.name}
      </a>
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={isMerchantView.value}
        onClick={() => (isMerchantView.value = !isMerchantView.value)}
      >
        <span class="switch__track" aria-hidden="true" />
        Merchant’s view
      </button>
      <button
        type="button"
        class="header__cart"
        aria-haspopup="dialog"
        aria-label={units === 1 ? "Cart, 1 item" : `Cart, ${units} items`}
        onClick={() => (isCartOpen.value = true)}
      >
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
          <path
            d="M5 9h14l-1.4 10.5H6.4zM8.5 9a3.5 3.5 0 0 1 7 0"
            fill="none"
            stroke="currentColor"
            stroke-width="1.6"
            stroke-linejoin="round"
          />
        </svg>
        <span class="header__units" data-empty={units === 0} aria-hidden="true">
          {units}
        </span>
      </button>
    </header>
  );
}

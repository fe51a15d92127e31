/** The cart: a dialog at the side with its entries and what goes with all of them. */
import { formatMoney } from "@basketlift/engine/catalogue";
import { ProductPicture } from "@basketlift/widgets";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { variantName, type CartEntry } from "../cart.ts";
import { addressOfProduct } from "../route.ts";
import { useStorefront } from "../storefront.ts";
import { DecidedRow } from "./decided-row.tsx";
import { useDecision } from "./use-decision.ts";

export function CartPanel(): JSX.Element {
  const { shop, cart, isCartOpen } = useStorefront();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const isOpen = isCartOpen.value;
  useLayoutEffect(() => {
    if (!isOpen) return dialog.current?.close();
    dialog.current?.showModal();
    heading.current?.focus();
  }, [isOpen]);
  const close = (): void => void (isCartOpen.value = false);
  const entries = cart.entries.value;

  function setQuantity({ variant }: CartEntry, quantity: number): void {
    cart.setQuantity(variant.id, quantity);
    // Its buttons are gone with the entry; the keyboard goes on from the top of the cart.
    if (quantity === 0) heading.current?.focus();
  }

  return (
    <dialog
      ref={dialog}
      class="cart"
      aria-labelledby="cart-heading"
      onClose={close}
      onClick={({ target, currentTarget }) => target === currentTarget && close()}
    >
      <div class="cart__inside">
        <div class="cart__head">
          <h2 id="cart-heading" ref={heading} tabIndex={-1}>
            Your cart
          </h2>
          <button type="button" class="cart__close" aria-label="Close cart" onClick={close}>
            <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
              <path d="M6 6l12 12M18 6L6 18" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" />
            </svg>
          </button>
        </div>
        {entries.length === 0 ? (
          <p class="cart__empty">There is nothing in it yet.</p>
        ) : (
          <ul class="cart__entries">
            {entries.map((entry) => (
              <CartLine key={entry.variant.id} entry={entry} onQuantity={(quantity) => setQuantity(entry, quantity)} />
            ))}
          </ul>
        )}
        {isOpen && entries.length > 0 && <CartRow entries={entries} />}
      </div>
      {entries.length > 0 && (
        <p class="cart__subtotal">
          <span>Subtotal</span>
          <strong>{formatMoney(cart.subtotal.value, shop.market.currency, shop.locale)}</strong>
        </p>
      )}
    </dialog>
  );
}

function CartRow({ entries }: { readonly entries: readonly CartEntry[] }): JSX.Element {
  const { visit } = useStorefront();
  const cart = entries.map(({ product, variant, quantity }) => ({
    productId: product.id,
    variantId: variant.id,
    quantity,
  }));
  const recommendation = useDecision({ placement: "cart", limit: 8, cart, session: visit.viewed.value });
  return <DecidedRow recommendation={recommendation} heading="Goes with your cart" headingLevel={3} />;
}

interface CartLineProps {
  readonly entry: CartEntry;
  readonly onQuantity: (quantity: number) => void;
}

function CartLine({ entry: { product, variant, price, quantity }, onQuantity }: CartLineProps): JSX.Element {
  const { shop, isCartOpen } = useStorefront();
  const { title } = product;
  return (
    <li class="line">
      <ProductPicture title={title} src={product.image} />
      <div class="line__about">
        <a href={addressOfProduct(product.id)} onClick={() => (isCartOpen.value = false)}>
          {title}
        </a>
        {variant.options && <span class="line__variant">{variantName(variant)}</span>}
        <div class="line__quantity" role="group" aria-label={`Quantity of ${title}`}>
          <button type="button" aria-label={`One less of ${title}`} onClick={() => onQuantity(quantity - 1)}>
            −
          </button>
          <span aria-live="polite">{quantity}</span>
          <button type="button" aria-label={`One more of ${title}`} onClick={() => onQuantity(quantity + 1)}>
            +
          </button>
        </div>
      </div>
      <div class="line__end">
        <span>{formatMoney(price * quantity, shop.market.currency, shop.locale)}</span>
        <button type="button" class="line__remove" aria-label={`Remove ${title}`} onClick={() => onQuantity(0)}>
          Remove
        </button>
      </div>
    </li>
  );
}

/** Cart, checkout and thank-you. */
import { html } from "hono/html";
import { totalOf, type CartEntry } from "../cart.ts";
import type { ShopOrder } from "../orders.ts";
import type { Markup, Page, Shop } from "./layout.ts";
import { picture } from "./parts.ts";

export function cartPage(shop: Shop, cart: readonly CartEntry[]): Page {
  return {
    title: `Cart - ${shop.name}`,
    sheet: "buy",
    main: html`<h1>Your cart</h1>
      ${
        cart.length === 0
          ? html`<p class="empty">There is nothing in it yet. <a href="/">Look around</a>.</p>`
          : html`<div class="cart">
              <ul class="cart__lines" role="list">
                ${cart.map((entry) => cartLine(shop, entry))}
              </ul>
              <div class="cart__sum">
                <p>Total <strong>${shop.money(totalOf(cart))}</strong></p>
                <a class="button" href="/checkout">Check out</a>
              </div>
            </div>`
      }
      <section class="row">
        <basketlift-recommendations
          placement="cart"
          limit="8"
          heading="Goes well with your cart"
        ></basketlift-recommendations>
      </section>`,
  };
}

function cartLine(shop: Shop, { product, variant, quantity }: CartEntry): Markup {
  const change = (to: number, sign: string, words: string) =>
    html`<button name="quantity" value="${to}" aria-label="${words} ${product.title}">${sign}</button>`;
  return html`<li class="line">
    ${picture(product)}
    <div class="line__about">
      <a href="/products/${product.id}">${product.title}</a>
      ${variant.name === "" ? "" : html`<span class="line__variant">${variant.name}</span>`}
      <form class="line__quantity" method="post" action="/cart/quantity">
        <input type="hidden" name="variantId" value="${variant.id}" />
        ${change(quantity - 1, "−", "One less of")} <span>${quantity}</span> ${change(quantity + 1, "+", "One more of")}
      </form>
    </div>
    <span class="line__price">${shop.money(variant.price * quantity)}</span>
  </li>`;
}

/** What was wrong with the form, and what was written in it. */
export interface CheckoutForm {
  readonly name: string;
  readonly email: string;
  readonly problem?: string;
}

/** @param orderId made before the form is sent, so that sending it twice orders once */
export function checkoutPage(shop: Shop, cart: readonly CartEntry[], orderId: string, form: CheckoutForm): Page {
  return {
    title: `Checkout - ${shop.name}`,
    sheet: "buy",
    main: html`<h1>Check out</h1>
      <div class="checkout">
        <form class="checkout__form" method="post" action="/checkout" data-checkout>
          ${form.problem === undefined ? "" : html`<p class="problem" role="alert">${form.problem}</p>`}
          <input type="hidden" name="orderId" value="${orderId}" />
          <input type="hidden" name="visitorId" data-visitor-id />
          <input type="hidden" name="sessionId" data-session-id />
          <label>Name <input name="name" autocomplete="name" required maxlength="100" value="${form.name}" /></label>
          <label>
            E-mail
            <input type="email" name="email" autocomplete="email" required maxlength="200" value="${form.email}" />
          </label>
          <p class="quiet">This is a demonstration: nothing is charged, and no e-mail is sent.</p>
          <button class="button">Buy now</button>
        </form>
        <section class="summary" aria-labelledby="summary">
          <h2 id="summary">Your order</h2>
          ${orderLines(shop, cart)}
          <p class="summary__total">Total <strong>${shop.money(totalOf(cart))}</strong></p>
        </section>
      </div>`,
  };
}

export function thankYouPage(shop: Shop, order: ShopOrder): Page {
  return {
    title: `Thank you - ${shop.name}`,
    sheet: "buy",
    main: html`<h1>Thank you</h1>
      <p>Your order <strong>${order.id}</strong> is on its way, in spirit.</p>
      <section class="summary summary--wide" aria-label="Your order">
        ${orderLines(shop, order.entries)}
        <p class="summary__total">Total <strong>${shop.money(order.total)}</strong></p>
      </section>
      <p><a class="button button--quiet" href="/">Go on looking</a></p>
      <section class="row">
        <basketlift-recommendations
          placement="post-purchase"
          limit="8"
          heading="For next time"
        ></basketlift-recommendations>
      </section>`,
  };
}

function orderLines(shop: Shop, entries: readonly CartEntry[]): Markup {
  return html`<ul class="summary__lines" role="list">
    ${entries.map(
      ({ product, variant, quantity }) =>
        html`<li>
          <span>${quantity} × ${product.title}${variant.name === "" ? "" : `, ${variant.name}`}</span>
          <span>${shop.money(variant.price * quantity)}</span>
        </li>`,
    )}
  </ul>`;
}

export function messagePage(shop: Shop, title: string, words: string): Page {
  return {
    title: `${title} - ${shop.name}`,
    main: html`<div class="notice">
      <h1>${title}</h1>
      <p>${words}</p>
      <p><a class="button button--quiet" href="/">Back to the shop</a></p>
    </div>`,
  };
}

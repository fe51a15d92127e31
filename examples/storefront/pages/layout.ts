/** What stands around every page: head with the two lines that bring Basketlift in, header, footer, and the consent banner. */
import type { Context } from "hono";
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import { cartFacts, unitsOf, type CartEntry } from "../cart.ts";
import type { ShopCategory } from "../catalogue.ts";

export type Markup = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The visitor's answer to the banner; undefined until they gave one. */
export type ConsentAnswer = "accepted" | "declined" | undefined;

/** What all pages know. */
export interface Shop {
  readonly name: string;
  /** BCP 47. */
  readonly locale: string;
  readonly departments: readonly ShopCategory[];
  readonly basketlift: {
    /** Folder of `loader.js` and `storefront.css`. */
    readonly scripts: string;
    /** Base address of the API, as the browser reaches it. */
    readonly endpoint: string;
    readonly publishableKey: string;
  };
  /** @param minor units of the shop's currency */
  money(minor: number): string;
}

export interface Visit {
  readonly cart: readonly CartEntry[];
  readonly consent: ConsentAnswer;
  /** Address of this page, to come back to. */
  readonly address: string;
}

export interface Page {
  readonly title: string;
  readonly main: Markup;
  /** Name of the style sheet that only pages like this one need. */
  readonly sheet?: string;
  /** The product that the page is about. */
  readonly productId?: string;
}

/** Answers with a page in its layout. */
export type Show = (context: Context, page: Page, status?: 200 | 400 | 404) => Response | Promise<Response>;

/** Of every page; the first is the palette, which the widgets wear too. */
const sharedSheets = ["base", "layout", "parts"];

export function layout(shop: Shop, visit: Visit, { title, main, sheet, productId }: Page): Markup {
  const { scripts, endpoint, publishableKey } = shop.basketlift;
  return html`<!doctype html>
    <html lang="${shop.locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#f7f4ee" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#141210" media="(prefers-color-scheme: dark)" />
        <title>${title}</title>
        <link rel="icon" href="/shop/icon.svg" />
        ${[...sharedSheets, ...(sheet ? [sheet] : [])].map(
          (name) => html`<link rel="stylesheet" href="/shop/${name}.css" />`,
        )}
        <link rel="stylesheet" href="${scripts}/storefront.css" />
        ${pageFacts(visit, productId)}
        <script defer src="/shop/shop.js"></script>
        <script
          defer
          src="${scripts}/loader.js"
          data-endpoint="${endpoint}"
          data-key="${publishableKey}"
          data-locale="${shop.locale}"
          data-product-url="/products/{id}"
        ></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        ${header(shop, visit)}
        <main id="main" tabindex="-1">${main}</main>
        ${footer(shop)} ${visit.consent === undefined ? consentBanner(visit) : ""}
      </body>
    </html>`;
}

/** For the page's script: what it cannot know by itself. */
function pageFacts({ cart, consent }: Visit, productId: string | undefined): Markup {
  const facts = {
    consent: { measurement: consent === "accepted", personalisation: consent === "accepted" },
    cart: cartFacts(cart).lines,
    productId,
  };
  const json = JSON.stringify(facts).replaceAll("<", String.raw`\u003c`);
  return html`<script type="application/json" id="page-facts">
    ${raw(json)}
  </script>`;
}

function header({ name, departments }: Shop, { cart }: Visit): Markup {
  const units = unitsOf(cart);
  return html`<header class="header">
    <a class="header__name" href="/">${name}</a>
    <nav class="header__nav" aria-label="Departments">
      <ul>
        ${departments.map((category) => html`<li><a href="/category/${category.slug}">${category.name}</a></li>`)}
      </ul>
    </nav>
    <a class="header__cart" href="/cart" data-cart-link aria-label="${cartLabel(units)}">
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <path
          d="M5 9h14l-1.4 10.5H6.4zM8.5 9a3.5 3.5 0 0 1 7 0"
          fill="none"
          stroke="currentColor"
          stroke-width="1.6"
          stroke-linejoin="round"
        />
      </svg>
      <span class="header__units" data-cart-units ${units === 0 ? "hidden" : ""}>${units}</span>
    </a>
  </header>`;
}

function cartLabel(units: number): string {
  return units === 1 ? "Cart, 1 item" : `Cart, ${units} items`;
}

function footer({ name }: Shop): Markup {
  return html`<footer class="footer">
    <p>${name} is a demonstration: nothing is charged and nothing is sent.</p>
    <form method="post" action="/consent">
      <input type="hidden" name="back" value="/" />
      <button class="footer__link" name="answer" value="ask">Privacy choices</button>
    </form>
  </footer>`;
}

/** Both answers weigh the same, browsing goes on behind it, and it works without JavaScript. */
function consentBanner({ address }: Visit): Markup {
  return html`<section class="consent" aria-label="Privacy">
    <form method="post" action="/consent">
      <input type="hidden" name="back" value="${address}" />
      <p>
        May we remember what you look at, on this device, to show you fitting products, and count anonymously what our
        suggestions are good for? The shop works the same either way.
      </p>
      <p class="consent__answers">
        <button class="button button--quiet" name="answer" value="declined">Decline</button>
        <button class="button button--quiet" name="answer" value="accepted">Accept</button>
      </p>
    </form>
  </section>`;
}

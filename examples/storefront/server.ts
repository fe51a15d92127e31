/**
 * A small shop with a server of its own, as a shop developer would write it. Its pages show Basketlift's elements; its
 * server sends each order to Basketlift with the secret key. Everything but the elements works without JavaScript.
 */
import { formatMoney, type Market, type Product } from "@basketlift/engine/catalogue";
import { Hono, type Context } from "hono";
import { cartRoutes, checkoutRoutes } from "./buying.ts";
import { readCart } from "./cart.ts";
import { createShopCatalogue } from "./catalogue.ts";
import { consentOf, consentRoutes } from "./consent.ts";
import { createOrderSender } from "./orders.ts";
import { categoryPage, homePage } from "./pages/browse.ts";
import { messagePage } from "./pages/buy.ts";
import { layout, type Shop, type Show, type Visit } from "./pages/layout.ts";
import { productPage } from "./pages/product.ts";
import { staticFiles } from "./static-files.ts";

export interface StorefrontAppOptions {
  readonly api: {
    /** Base address of the API for this server, for example `https://basketlift.example/api/upsell-cross-sell`. */
    readonly baseUrl: string;
    /** The same for browsers, where it differs: a path when pages and API share an origin. */
    readonly publicUrl?: string;
    readonly publishableKey: string;
    readonly secretKey: string;
    /** For calls that need no network. */
    readonly fetch?: typeof fetch;
  };
  readonly products: readonly Product[];
  /** The shop sells in the first. */
  readonly markets: readonly Market[];
  readonly shopName?: string;
  /** Where browsers find `loader.js` and `storefront.css`; a path is served from the built package by this server. */
  readonly scripts?: string;
  /** Hears of orders that the API refused. */
  readonly onRefused?: (id: string, why: string) => void;
}

/**
 * @example
 * const api = { baseUrl: "http://127.0.0.1:8787/api/upsell-cross-sell", publishableKey, secretKey };
 * const shop = createStorefrontApp({ ...createDemoCatalogue(), api });
 * serve({ fetch: shop.fetch, port: 3000 });
 */
export function createStorefrontApp({
  api,
  products,
  markets,
  shopName = "Hearth & Table",
  scripts = "/basketlift",
  onRefused = () => {},
}: StorefrontAppOptions): Hono {
  const app = new Hono();
  const catalogue = createShopCatalogue(products, markets);
  const { currency, locale } = catalogue.market;
  const endpoint = api.publicUrl ?? api.baseUrl;
  const shop: Shop = {
    name: shopName,
    locale,
    departments: catalogue.departments,
    basketlift: { scripts, endpoint, publishableKey: api.publishableKey },
    money: (minor) => formatMoney(minor, currency, locale),
  };

  const show: Show = (context, page, status = 200) => {
    const { pathname, search } = new URL(context.req.url);
    const cart = readCart(context, catalogue);
    const visit: Visit = { cart, consent: consentOf(context), address: pathname + search };
    return context.html(layout(shop, visit, page), status, htmlHeaders(endpoint, scripts));
  };
  const missing = (context: Context): Response | Promise<Response> =>
    show(context, messagePage(shop, "This is not here", "It may have left the shop."), 404);

  app.get("/", (context) => show(context, homePage(shop, catalogue)));
  app.get("/category/:slug{.+}", (context) => {
    const category = catalogue.category(context.req.param("slug"));
    const page = Number(context.req.query("page") ?? 1);
    if (!category || !Number.isInteger(page) || page < 1) return missing(context);
    return show(context, categoryPage(shop, catalogue, category, page));
  });
  app.get("/products/:id", (context) => {
    const product = catalogue.product(context.req.param("id"));
    return product ? show(context, productPage(shop, product)) : missing(context);
  });

  const sender = createOrderSender({ ...api, onRefused });
  app.route("/", cartRoutes({ shop, catalogue, sender, show }));
  app.route("/", checkoutRoutes({ shop, catalogue, sender, show }));
  app.route("/", consentRoutes());
  app.route("/", staticFiles(scripts));
  app.notFound(missing);
  return app;
}

/** Scripts and styles come from here and from Basketlift; nothing stands inline. */
function htmlHeaders(endpoint: string, scripts: string): Record<string, string> {
  const from = (address: string): string => ["'self'", URL.parse(address)?.origin ?? ""].join(" ").trim();
  const policy = [
    "default-src 'self'",
    "img-src 'self' data: https:",
    `connect-src ${from(endpoint)}`,
    `script-src ${from(scripts)}`,
    `style-src ${from(scripts)}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ];
  return {
    "content-security-policy": policy.join("; "),
    "cache-control": "private, no-cache",
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
  };
}

/** Cart and checkout: what is added, what is bought, and the order that the shop's server tells Basketlift of. */
import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { cartFacts, readCart, withMore, withQuantity, writeCart } from "./cart.ts";
import type { ShopCatalogue } from "./catalogue.ts";
import { readForm } from "./form.ts";
import { createOrder, type OrderSender, type ShopOrder } from "./orders.ts";
import { cartPage, checkoutPage, thankYouPage, type CheckoutForm } from "./pages/buy.ts";
import type { Shop, Show } from "./pages/layout.ts";

export interface BuyingOptions {
  readonly shop: Shop;
  readonly catalogue: ShopCatalogue;
  readonly sender: OrderSender;
  readonly show: Show;
}

/** Of the last orders, for their thank-you pages. */
const mostOrders = 1_000;

export function cartRoutes({ shop, catalogue, show }: BuyingOptions): Hono {
  const app = new Hono();
  app.get("/cart", (context) => show(context, cartPage(shop, readCart(context, catalogue))));
  app.post("/cart", async (context) => {
    const field = await readForm(context);
    const found = catalogue.variant(field("variantId"));
    if (!found?.variant.isInStock) return context.notFound();
    writeCart(context, withMore(readCart(context, catalogue), { ...found, quantity: 1 }));
    return context.redirect("/cart", 303);
  });
  app.post("/cart/quantity", async (context) => {
    const field = await readForm(context);
    const units = Number(field("quantity"));
    if (Number.isInteger(units)) {
      writeCart(context, withQuantity(readCart(context, catalogue), field("variantId"), units));
    }
    return context.redirect("/cart", 303);
  });
  /** What pages know of the cart. */
  app.get("/cart/lines", (context) => context.json(cartFacts(readCart(context, catalogue))));
  /** All lines or none: what `basketlift.cart.add` calls. */
  app.post("/cart/lines", async (context) => {
    let cart = readCart(context, catalogue);
    for (const { variantId, quantity } of readLines(await context.req.json().catch(() => undefined))) {
      const found = catalogue.variant(variantId);
      if (!found?.variant.isInStock) return context.json({ problem: `${variantId} cannot be bought.` }, 409);
      cart = withMore(cart, { ...found, quantity });
    }
    writeCart(context, cart);
    return context.json(cartFacts(cart));
  });
  return app;
}

export function checkoutRoutes({ shop, catalogue, sender, show }: BuyingOptions): Hono {
  const app = new Hono();
  const orders = new Map<string, ShopOrder>();

  app.get("/checkout", (context) => {
    const cart = readCart(context, catalogue);
    if (cart.length === 0) return context.redirect("/cart", 303);
    return show(context, checkoutPage(shop, cart, newOrderId(), { name: "", email: "" }));
  });

  app.post("/checkout", async (context) => {
    const field = await readForm(context);
    const id = orderId(field("orderId"));
    const cart = readCart(context, catalogue);
    // A form that is sent twice orders once.
    if (orders.has(id)) return context.redirect(`/thank-you/${id}`, 303);
    if (cart.length === 0) return context.redirect("/cart", 303);
    const form: CheckoutForm = { name: field("name"), email: field("email") };
    if (form.name === "" || !/^\S+@\S+$/.test(form.email)) {
      const problem = "Please give a name and an e-mail address.";
      return show(context, checkoutPage(shop, cart, id, { ...form, problem }), 400);
    }
    const order = createOrder({
      id,
      placedAt: new Date().toISOString(),
      email: form.email,
      entries: cart,
      currency: catalogue.market.currency,
      visitorId: clientId(field("visitorId")),
      sessionId: clientId(field("sessionId")),
    });
    orders.set(id, order);
    for (const old of [...orders.keys()].slice(0, -mostOrders)) orders.delete(old);
    await sender.send(order);
    writeCart(context, []);
    return context.redirect(`/thank-you/${id}`, 303);
  });

  app.get("/thank-you/:id", (context) => {
    const order = orders.get(context.req.param("id"));
    return order ? show(context, thankYouPage(shop, order)) : context.notFound();
  });
  return app;
}

const newOrderId = (): string => `web-${randomUUID()}`;

/** The id that the form was given, unless somebody made another one up. */
function orderId(text: string): string {
  return /^web-[0-9a-f-]{36}$/.test(text) ? text : newOrderId();
}

/** Ids come from a page: what is no id is left out. */
function clientId(text: string): string | undefined {
  return /^[\w-]{8,100}$/.test(text) ? text : undefined;
}

interface RequestedLine {
  readonly variantId: string;
  readonly quantity: number;
}

const mostLines = 20;

function readLines(body: unknown): readonly RequestedLine[] {
  if (typeof body !== "object" || body === null || !("lines" in body) || !Array.isArray(body.lines)) return [];
  const lines: readonly unknown[] = body.lines;
  return lines.slice(0, mostLines).map((line) => {
    const { variantId, quantity }: { variantId?: unknown; quantity?: unknown } =
      typeof line === "object" && line !== null ? line : {};
    const units = Number(quantity);
    return {
      variantId: typeof variantId === "string" ? variantId : "",
      quantity: Number.isInteger(units) && units > 0 ? units : 1,
    };
  });
}

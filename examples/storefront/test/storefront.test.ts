/** The demo shop as a browser without JavaScript has it, and what its server tells Basketlift. */
import type { Market, Product } from "@basketlift/engine/catalogue";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createStorefrontApp } from "../server.ts";

const markets: readonly Market[] = [
  { id: "eu", country: "IE", currency: "EUR", locale: "en-IE", timeZone: "Europe/Dublin" },
];
const products: readonly Product[] = [
  {
    id: "mug",
    title: "Mug <b>& saucer</b>",
    category: ["Tea & Coffee", "Mugs"],
    variants: [
      { id: "mug-blue", options: { colour: "blue" }, prices: { eu: 1595 }, stock: 3 },
      { id: "mug-red", options: { colour: "red" }, prices: { eu: 1595 }, stock: 0 },
    ],
  },
  {
    id: "pot",
    title: "Teapot",
    category: ["Tea & Coffee", "Teapots"],
    variants: [{ id: "pot-1", prices: { eu: 3395 } }],
  },
  { id: "hidden", title: "Secret", active: false, variants: [{ id: "hidden-1", prices: { eu: 100 }, cost: 41 }] },
];

interface SentOrders {
  readonly authorization: string | null;
  readonly orders: readonly Record<string, unknown>[];
}

/** A shop, a browser with cookies, and what reached Basketlift. */
function openShop({ respond = () => Response.json({ results: [] }) } = {}) {
  const sent: SentOrders[] = [];
  const app = createStorefrontApp({
    products,
    markets,
    api: {
      baseUrl: "https://basketlift.example/api/upsell-cross-sell",
      publishableKey: "pk_public",
      secretKey: "sk_secret",
      async fetch(input, init) {
        const request = new Request(input, init);
        const { orders } = await request.json();
        sent.push({ authorization: request.headers.get("authorization"), orders });
        return respond();
      },
    },
  });
  const cookies = new Map<string, string>();

  async function go(path: string, form?: Readonly<Record<string, string>>, json?: unknown): Promise<Response> {
    const cookie = Array.from(cookies, ([name, value]) => `${name}=${value}`).join("; ");
    const response = await app.request(path, {
      headers: { cookie, ...(json !== undefined && { "content-type": "application/json" }) },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
      ...(json !== undefined && { method: "POST", body: JSON.stringify(json) }),
    });
    for (const header of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      cookies.set(name, value);
    }
    return response;
  }
  const read = async (path: string): Promise<string> => (await go(path)).text();
  return { go, read, sent };
}

const buyer = { name: "Ada", email: " Ada@Example.org " };
const orderIdIn = (html: string): string => /name="orderId"\s+value="([^"]+)"/.exec(html)?.[1] ?? "";

afterEach(() => vi.useRealTimers());

describe("browsing", () => {
  it("works from the home page through a category to a product, with its elements in place", async () => {
    const { read } = openShop();
    expect(await read("/")).toContain('href="/category/tea-coffee"');
    expect(await read("/category/tea-coffee/mugs")).toContain('href="/products/mug"');
    const product = await read("/products/mug");
    expect(product).toContain('<basketlift-bought-together product-id="mug"');
    expect(product).toContain("€15.95");
  });

  it("writes titles as text, never as markup", async () => {
    const product = await openShop().read("/products/mug");
    expect(product).toContain("Mug &lt;b&gt;&amp; saucer&lt;/b&gt;");
    expect(product).not.toContain("<b>&");
  });

  it("tells browsers the publishable key, and no page the secret one", async () => {
    const { read, go } = openShop();
    await go("/cart", { variantId: "mug-blue" });
    const pages = await Promise.all(["/", "/products/mug", "/cart", "/checkout"].map(read));
    for (const page of pages) {
      expect(page).toContain('data-key="pk_public"');
      expect(page).not.toContain("sk_secret");
    }
  });

  it.each([
    "/nowhere",
    "/products/hidden",
    "/products/none",
    "/category/none",
    "/category/tea-coffee?page=x",
    "/thank-you/x",
  ])("says that %s is not here", async (path) => {
    const response = await openShop().go(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("This is not here");
  });

  it("allows no script but its own and Basketlift's", async () => {
    const { headers } = await openShop().go("/");
    const policy = headers.get("content-security-policy");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self' https://basketlift.example;");
  });
});

describe("the cart", () => {
  it("takes, counts and gives back, without JavaScript", async () => {
    const { go, read } = openShop();
    await go("/cart", { variantId: "mug-blue" });
    await go("/cart", { variantId: "mug-blue" });
    await go("/cart", { variantId: "pot-1" });
    expect(await read("/cart")).toContain("€65.85");
    expect(await read("/")).toContain("Cart, 3 items");
    await go("/cart/quantity", { variantId: "mug-blue", quantity: "0" });
    const cart = await read("/cart");
    expect(cart).toContain("€33.95");
    expect(cart).not.toContain("saucer");
  });

  it("takes all lines of a widget in one call, or none", async () => {
    const { go, read } = openShop();
    const blue = { productId: "mug", variantId: "mug-blue", quantity: 1 };
    const pot = { productId: "pot", variantId: "pot-1", quantity: 2 };
    expect(await (await go("/cart/lines", undefined, { lines: [blue, pot] })).json()).toEqual({
      lines: [blue, pot],
      units: 3,
    });
    const red = { productId: "mug", variantId: "mug-red", quantity: 1 };
    const refused = await go("/cart/lines", undefined, { lines: [pot, red] });
    expect(refused.status).toBe(409);
    expect(await read("/")).toContain("Cart, 3 items");
    expect(await (await go("/cart/lines")).json()).toEqual({ lines: [blue, pot], units: 3 });
  });

  it.each(["mug-red", "hidden-1", "ghost"])("does not take %s", async (variantId) => {
    expect((await openShop().go("/cart", { variantId })).status).toBe(404);
  });
});

describe("buying", () => {
  it("sends the order from the server, with the secret key, the shop's prices and the visit's ids", async () => {
    const { go, read, sent } = openShop();
    await go("/cart", { variantId: "mug-blue" });
    await go("/cart", { variantId: "mug-blue" });
    const orderId = orderIdIn(await read("/checkout"));
    const ids = { visitorId: "visitor-12345678", sessionId: "session-12345678" };
    const answer = await go("/checkout", { ...buyer, orderId, ...ids });
    expect(answer.headers.get("location")).toBe(`/thank-you/${orderId}`);
    expect(sent).toMatchObject([
      {
        authorization: "Bearer sk_secret",
        orders: [
          {
            id: orderId,
            currency: "EUR",
            ...ids,
            lines: [{ productId: "mug", variantId: "mug-blue", quantity: 2, unitPrice: 1595 }],
          },
        ],
      },
    ]);
    expect(JSON.stringify(sent)).not.toMatch(/ada/i);
    expect(await read(`/thank-you/${orderId}`)).toContain("€31.90");
    expect(await read("/cart")).toContain("There is nothing in it yet");
  });

  it("orders once, however often the form is sent", async () => {
    const { go, read, sent } = openShop();
    await go("/cart", { variantId: "pot-1" });
    const orderId = orderIdIn(await read("/checkout"));
    await go("/checkout", { ...buyer, orderId });
    await go("/cart", { variantId: "pot-1" });
    const again = await go("/checkout", { ...buyer, orderId });
    expect(again.headers.get("location")).toBe(`/thank-you/${orderId}`);
    expect(sent).toHaveLength(1);
  });

  it("leaves ids out that a visitor without consent does not have", async () => {
    const { go, sent } = openShop();
    await go("/cart", { variantId: "pot-1" });
    await go("/checkout", { ...buyer, visitorId: "", sessionId: "<script>" });
    expect(sent[0].orders[0]).not.toHaveProperty("visitorId");
    expect(sent[0].orders[0]).not.toHaveProperty("sessionId");
  });

  it("sells also while Basketlift is away, and tells it later", async () => {
    vi.useFakeTimers();
    let isAway = true;
    const { go, sent } = openShop({ respond: () => (isAway ? new Response("", { status: 503 }) : Response.json({})) });
    await go("/cart", { variantId: "pot-1" });
    expect((await go("/checkout", buyer)).status).toBe(303);
    isAway = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(2);
    expect(sent[1].orders).toEqual(sent[0].orders);
  });

  it("asks again for what is missing, and keeps what was written", async () => {
    const { go } = openShop();
    await go("/cart", { variantId: "pot-1" });
    const response = await go("/checkout", { name: "Ada", email: "nowhere" });
    expect(response.status).toBe(400);
    const html = await response.text();
    expect(html).toContain('role="alert"');
    expect(html).toContain('value="Ada"');
  });
});

describe("consent", () => {
  it("is asked for once, and nothing is presumed", async () => {
    const { go, read } = openShop();
    const first = await read("/");
    expect(first).toContain('aria-label="Privacy"');
    expect(first).toContain('"consent":{"measurement":false,"personalisation":false}');
    await go("/consent", { answer: "accepted", back: "/products/mug" });
    const later = await read("/");
    expect(later).not.toContain('aria-label="Privacy"');
    expect(later).toContain('"consent":{"measurement":true,"personalisation":true}');
  });

  it("can be declined, and asked for again", async () => {
    const { go, read } = openShop();
    await go("/consent", { answer: "declined", back: "/" });
    expect(await read("/")).toContain('"consent":{"measurement":false,"personalisation":false}');
    await go("/consent", { answer: "ask", back: "/" });
    expect(await read("/")).toContain('aria-label="Privacy"');
  });

  it.each(["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example"])(
    "leads back into the shop, never to %s",
    async (back) => {
      const response = await openShop().go("/consent", { answer: "accepted", back });
      expect(response.headers.get("location")).toBe("/");
    },
  );
});

/** What shoppers' devices do to a shop: networks that come and go, browsers that keep nothing, policies, keyboards, zoom. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { BrowserContext, Page } from "playwright";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { lookThrough } from "../../../scripts/layout-shift.mjs";
import { openShop, type EnterOptions, type OpenShop } from "./open-shop.ts";

let shop: OpenShop;
const contexts: BrowserContext[] = [];
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop?.close());
beforeEach(() => {
  shop.api.answer = "recommendations";
  shop.api.pages.length = 0;
  shop.api.events.clear();
});
afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())));

/** Milliseconds that a busy machine may take. */
const patient = { timeout: 20_000 };

const teapot = "/products/round-stoneware-teapot";

async function enter(options: EnterOptions = {}): Promise<Page> {
  const { context, page } = await shop.enter(options);
  contexts.push(context);
  // A machine that is busy with other tests answers later than a shop: the page waits for it.
  await context.addInitScript(() => {
    const patience = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (milliseconds) => patience(5 * milliseconds);
  });
  return page;
}

const bundleOf = (page: Page) => page.getByRole("group", { name: "Often bought together" });

async function lookAt(page: Page, address = teapot): Promise<void> {
  await page.goto(shop.url + address);
  await bundleOf(page).waitFor();
}

/** @param call on the storefront, as the page's own script would write it */
const say = (page: Page, call: string) => page.evaluate(`void window.basketlift.push((it) => it.${call})`);

const told = (kind: string) => [...shop.api.events.values()].filter((event) => event["kind"] === kind);

describe("a network", () => {
  it("that goes and comes back loses no event and delivers each once, from two tabs as well", async () => {
    const first = await enter();
    const second = await first.context().newPage();
    await lookAt(first);
    await lookAt(second, "/products/house-espresso-beans");
    await expect.poll(() => told("view").length, patient).toBe(2);
    await first.context().setOffline(true);
    for (const page of [first, second]) {
      await say(page, 'track("search")');
      await say(page, 'view("everyday-stoneware-mug")');
    }
    await first.waitForTimeout(1_200);
    expect(told("search")).toEqual([]);
    await first.context().setOffline(false);
    await expect.poll(() => told("search").length, patient).toBe(2);
    await expect.poll(() => told("view").length, patient).toBe(4);
    await first.reload();
    await bundleOf(first).waitFor();
    await expect.poll(() => told("view").length, patient).toBe(5);
    expect(told("search")).toHaveLength(2);
  });

  it("as slow as 3G shows the shop at once, and answers one click with one product", async () => {
    const page = await enter();
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Network.enable");
    await lookAt(page);
    await cdp.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 400,
      downloadThroughput: 50_000,
      uploadThroughput: 50_000,
    });
    const row = page.getByRole("group", { name: "Similar products" });
    await row.scrollIntoViewIfNeeded();
    const add = row.getByRole("button", { name: /add .*to cart/i }).first();
    const asked: string[] = [];
    page.on("request", (request) => void (request.method() === "POST" && asked.push(request.url())));
    await add.dblclick();
    await row.getByRole("status").filter({ hasText: "in your cart" }).waitFor();
    await page.getByRole("link", { name: "Cart, 1 item" }).waitFor();
    expect(asked.filter((url) => url.endsWith("/cart/lines"))).toHaveLength(1);
  });
});

describe("a browser", () => {
  it("that refuses IndexedDB sees recommendations all the same, and is told of without an id that would not last", async () => {
    const page = await enter();
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("The user denied permission to access the database.", "SecurityError");
      };
    });
    await lookAt(page);
    await expect.poll(() => told("view").length, patient).toBe(1);
    expect(told("view")[0]).toMatchObject({ sessionId: expect.any(String) });
    expect(told("view")[0]).not.toHaveProperty("visitorId");
  });

  it("whose owner declined sees the shop with recommendations, and keeps nothing", async () => {
    const page = await enter({ consent: "declined" });
    await lookAt(page);
    expect(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).toEqual([]);
    expect(shop.api.events.size).toBe(0);
  });

  it("that goes back finds the page as it was, with the cart as it is", async () => {
    const page = await enter();
    await lookAt(page);
    // Browsers do not keep pages that are left in the middle of a request or of a database's transaction.
    await expect.poll(() => told("view").length, patient).toBe(1);
    await page.waitForLoadState("networkidle");
    await page.evaluate(() => addEventListener("pageshow", ({ persisted }) => (document.title = `kept ${persisted}`)));
    await page.getByRole("link", { name: "Cart, 0 items" }).click();
    await page.getByRole("heading", { name: "Your cart" }).waitFor();
    await page.waitForLoadState("networkidle");
    await page.request.post(`${shop.url}/cart`, { form: { variantId: shop.api.products[0].variants[0].id } });
    const questions = shop.api.pages.length;
    await page.goBack({ waitUntil: "commit" });
    await expect.poll(() => page.title(), patient).toBe("kept true");
    await page.getByRole("link", { name: "Cart, 1 item" }).waitFor();
    await bundleOf(page)
      .getByRole("button", { name: /^Add all/ })
      .click();
    await bundleOf(page).getByRole("status").filter({ hasText: "in your cart" }).waitFor();
    expect(shop.api.pages.length).toBe(questions);
    await expect.poll(() => told("add-to-cart").length, patient).toBeGreaterThan(1);
  });
});

describe("a page", () => {
  it("that shows another product without a load shows what goes with that one", async () => {
    const page = await enter();
    await lookAt(page);
    await page.evaluate(() => {
      document.querySelector("basketlift-bought-together")?.removeAttribute("variant-id");
      for (const element of document.querySelectorAll("[product-id]")) {
        element.setAttribute("product-id", "everyday-stoneware-mug");
      }
    });
    await say(page, 'view("everyday-stoneware-mug")');
    await bundleOf(page).getByText("Often bought together with Everyday Stoneware Mug").first().waitFor();
    expect(await bundleOf(page).getByText("Often bought together with Round Stoneware Teapot").count()).toBe(0);
    const last = shop.api.pages.at(-1);
    expect(last).toMatchObject({ productId: "everyday-stoneware-mug" });
  });

  it("that holds the script twice works once", async () => {
    const page = await enter();
    await page.route(`**${teapot}`, async (route) => {
      const response = await route.fetch();
      const html = await response.text();
      const loader = /<script\s+defer\s+src="\/basketlift\/loader\.js"[^>]*><\/script>/.exec(html)?.[0] ?? "";
      expect(loader).not.toBe("");
      await route.fulfill({ response, body: html.replace(loader, loader + loader) });
    });
    await lookAt(page);
    await page.getByRole("group", { name: "Similar products" }).scrollIntoViewIfNeeded();
    expect(await page.locator("basketlift-bought-together[hidden], basketlift-recommendations[hidden]").count()).toBe(
      0,
    );
    await expect.poll(() => told("view").length, patient).toBe(1);
  });

  it("obeys the shop's own policy without a complaint", async () => {
    const page = await enter();
    const complaints: string[] = [];
    page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
    await lookAt(page);
    await page.getByRole("group", { name: "Similar products" }).getByRole("button").first().waitFor();
    expect(complaints).toEqual([]);
  });

  it("whose policy forbids the script stays whole, and sells", async () => {
    const page = await enter();
    await page.route(`**${teapot}`, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers(), "content-security-policy": `script-src ${shop.url}/shop/` };
      await route.fulfill({ response, headers });
    });
    await page.goto(shop.url + teapot);
    await page.getByRole("button", { name: "Add to cart" }).click();
    await page.getByText("It is in your cart.").waitFor();
    expect(await page.locator("basketlift-bought-together > *").count()).toBe(0);
  });
});

describe("a shopper", () => {
  it("with a keyboard alone chooses, adds, and is told", async () => {
    const page = await enter();
    await lookAt(page);
    const boxes = bundleOf(page).getByRole("checkbox");
    await boxes.nth(1).focus();
    await page.keyboard.press("Space");
    expect(await boxes.nth(1).isChecked()).toBe(false);
    const add = bundleOf(page).getByRole("button", { name: /to cart$/ });
    for (let steps = 0; steps < 20 && !(await add.evaluate((button) => button.matches(":focus"))); steps++) {
      await page.keyboard.press("Tab");
    }
    expect(await add.evaluate((button) => getComputedStyle(button).outlineStyle)).toBe("solid");
    await page.keyboard.press("Enter");
    await bundleOf(page).getByRole("status").filter({ hasText: "in your cart" }).waitFor();
  });

  it("at 200 % zoom of a small screen scrolls in one direction only", async () => {
    const page = await enter({ viewport: { width: 320, height: 450 }, deviceScaleFactor: 2 });
    for (const address of ["/", "/category/tea-coffee", teapot, "/cart"]) {
      await page.goto(shop.url + address);
      await lookThrough(page);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect({ address, beyond }).toEqual({ address, beyond: 0 });
    }
  });

  it("who wants less motion gets none", async () => {
    const page = await enter({ reducedMotion: "reduce" });
    await lookAt(page);
    const list = page.getByRole("group", { name: "Similar products" }).getByRole("list");
    expect(await list.evaluate((element) => getComputedStyle(element).scrollBehavior)).toBe("auto");
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  });

  it.each(["light", "dark"] as const)(
    "with a screen reader or weak eyes is served on every page: %s",
    async (colorScheme) => {
      const page = await enter({ colorScheme, viewport: { width: 390, height: 900 } });
      const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
      for (const address of ["/", "/category/tea-coffee", teapot, "/cart"]) {
        await page.goto(shop.url + address);
        await page.locator("basketlift-recommendations").first().scrollIntoViewIfNeeded();
        await page.locator(".basketlift-place[data-state=shown]").first().waitFor();
        await page.evaluate(`${axe};0`);
        const found = await page.evaluate(
          'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join()))',
        );
        expect({ address, found }).toEqual({ address, found: [] });
      }
    },
  );
});

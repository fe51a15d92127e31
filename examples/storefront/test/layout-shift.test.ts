/** Nothing on a page ever moves: cumulative layout shift as Chromium counts it, whatever becomes of the recommendations. */
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countLayoutShifts, layoutShift, lookThrough } from "../../../scripts/layout-shift.mjs";
import { openShop, type OpenShop } from "./open-shop.ts";

let shop: OpenShop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop?.close());

/** Long after the page is drawn, short enough for a test. */
const late = 250;

const fates = {
  "come late, after a script that is late itself": (page: Page) =>
    page.route(/\/api\/|basketlift\/.+js/, async (route) => {
      await new Promise((resolve) => setTimeout(resolve, late));
      await route.continue();
    }),
  "never come": (page: Page) => page.route("**/api/**", (route) => route.abort()),
  "have no script": (page: Page) => page.route("**/basketlift/storefront.js", (route) => route.abort()),
  "are none": async () => {
    shop.api.answer = "holdout";
  },
} as const;

const addresses = ["/", "/category/tea-coffee", "/products/round-stoneware-teapot", "/cart"];

describe.each([390, 1440])("at %i px", (width) => {
  it.each(Object.keys(fates) as (keyof typeof fates)[])(
    "home, category, product and cart stand still where recommendations %s",
    async (fate) => {
      shop.api.answer = "recommendations";
      const { context, page } = await shop.enter({ viewport: { width, height: 900 } });
      await context.request.post(`${shop.url}/cart`, { form: { variantId: shop.api.products[0].variants[0].id } });
      await countLayoutShifts(context);
      await fates[fate](page);
      for (const address of addresses) {
        await page.goto(shop.url + address);
        await lookThrough(page, { waits: fate !== "have no script" });
        expect({ address, ...(await layoutShift(page)) }).toEqual({ address, score: 0, moved: [] });
      }
      await context.close();
    },
  );
});

it("what moves is seen, also right after a click", async () => {
  const { context, page } = await shop.enter();
  await countLayoutShifts(context);
  await page.goto(`${shop.url}/cart`);
  await page.mouse.click(300, 300);
  await page.evaluate(() => {
    const moved = document.createElement("p");
    moved.style.blockSize = "200px";
    document.querySelector("main")?.prepend(moved);
  });
  await lookThrough(page);
  expect((await layoutShift(page)).score).toBeGreaterThan(0.01);
  await context.close();
});

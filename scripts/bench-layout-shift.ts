/**
 * Whether recommendations move the storefront's pages when they come: the sum of Chromium's `layout-shift` entries
 * (https://wicg.github.io/layout-instability/) on a phone and on a desk, with answers at once, late, and never.
 * Needs the built widgets (`npm run build`) and a Chromium.
 */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type Page } from "playwright";
import type { BenchSection } from "../packages/engine/bench/section.ts";
import { serveShop } from "../packages/server-adapter/bench/served-shop.ts";
import { chromiumArguments, chromiumPath } from "./chromium.mjs";

const storefront = fileURLToPath(new URL("../examples/storefront/server.ts", import.meta.url));
const script = fileURLToPath(new URL("../packages/widgets/dist/script/loader.js", import.meta.url));
const pages = {
  home: "/",
  category: "/category/cookware",
  product: "/products/round-stoneware-teapot",
  cart: "/cart",
};
const inCart = [{ variantId: "smoked-paprika", quantity: 1 }];
const viewports = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
];
const arrivals = ["at once", "2 s late", "never"] as const;
type Arrival = (typeof arrivals)[number];

const question = "**/placements/page";
/** Milliseconds in which fonts, pictures and rows come to rest. */
const rest = 1500;
const lateness = 2000;

/** @returns undefined where there is no Chromium, or the widgets were not built */
export async function benchLayoutShift(): Promise<BenchSection | undefined> {
  const executablePath = chromiumPath();
  if (executablePath === undefined || !existsSync(script)) return undefined;
  const directory = mkdtempSync(join(tmpdir(), "basketlift-layout-"));
  const shop = await serveShop(directory, { options: ["--storefront", storefront] });
  const browser = await chromium.launch({ executablePath, args: chromiumArguments });
  try {
    const rows: string[][] = [];
    for (const [name, path] of Object.entries(pages)) {
      for (const viewport of viewports) {
        // Mostly waiting: the three visitors come at the same time.
        const visits = await Promise.all(arrivals.map((arrival) => visit(browser, shop.url + path, viewport, arrival)));
        const cells = visits.flatMap(({ shift, shown }) => [shift.toFixed(4), String(shown)]);
        rows.push([name, String(viewport.width), ...cells]);
      }
    }
    rows.push(["control: a block comes in above", "390", ...(await control(browser, shop.url)), "", "", "", ""]);
    return section(rows);
  } finally {
    await browser.close();
    await shop.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Visit {
  /** Sum over the whole visit, also where no more than a second lies between entries. */
  readonly shift: number;
  /** Products that stood in widgets at the end. */
  readonly shown: number;
}

/** A new visitor with something in the cart, who scrolls through the page to its end and back. */
async function visit(
  browser: Browser,
  url: string,
  viewport: { readonly width: number; readonly height: number },
  arrival: Arrival,
): Promise<Visit> {
  const context = await browser.newContext({ viewport });
  try {
    const page = await context.newPage();
    const filled = await context.request.post(new URL("/cart/lines", url).href, { data: { lines: inCart } });
    if (!filled.ok()) throw new Error(`The cart was not filled: ${filled.status()}.`);
    await page.route(question, async (route) => {
      if (arrival === "never") return route.abort();
      if (arrival === "2 s late") await page.waitForTimeout(lateness);
      await route.continue();
    });
    await page.addInitScript(observeShifts);
    await page.goto(url);
    await scrollThrough(page);
    if (arrival === "2 s late") await page.waitForTimeout(lateness);
    await page.waitForTimeout(rest);
    return { shift: await page.evaluate(() => window.layoutShift), shown: await shownOn(page) };
  } finally {
    await context.close();
  }
}

declare global {
  interface Window {
    layoutShift: number;
  }
}

/** Runs in the page before anything of its own. */
function observeShifts(): void {
  window.layoutShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if ("value" in entry && typeof entry.value === "number") window.layoutShift += entry.value;
    }
  }).observe({ type: "layout-shift", buffered: true });
}

async function scrollThrough(page: Page): Promise<void> {
  await page.waitForTimeout(rest);
  const length = await page.evaluate(() => document.documentElement.scrollHeight);
  const step = 400;
  for (let top = 0; top < length; top += step) {
    await page.evaluate((y) => window.scrollTo(0, y), top);
    await page.waitForTimeout(100);
  }
  await page.evaluate(() => window.scrollTo(0, 0));
}

function shownOn(page: Page): Promise<number> {
  return page.locator("basketlift-recommendations li, basketlift-bought-together li").count();
}

/** Something that does move the page must be seen, or a zero would say nothing. */
async function control(browser: Browser, url: string): Promise<readonly [string, string]> {
  const page = await browser.newPage({ viewport: viewports[0] });
  await page.addInitScript(observeShifts);
  await page.goto(url);
  await page.waitForTimeout(rest);
  await page.evaluate(() => {
    const block = document.createElement("div");
    block.style.height = "300px";
    document.body.prepend(block);
  });
  await page.waitForTimeout(rest);
  const shift = await page.evaluate(() => window.layoutShift);
  if (shift === 0) throw new Error("This browser does not tell of layout shifts.");
  const shown = await shownOn(page);
  await page.close();
  return [shift.toFixed(4), String(shown)];
}

function section(rows: string[][]): BenchSection {
  return {
    title: "Layout shift of the storefront",
    conditions: [
      "The example storefront on a server of its own, in Chromium, by a new visitor with something in the cart who scrolls to the end of the page and back. Sum of all `layout-shift` entries of the visit, none left out; beside it the products that stood in widgets at the end. The answer with the recommendations came at once, two seconds late, or never.",
    ],
    columns: ["Page", "width, px", ...arrivals.flatMap((arrival) => [`shift, ${arrival}`, "shown"])],
    rows,
  };
}

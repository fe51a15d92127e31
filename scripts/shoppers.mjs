/** Shoppers of the example shop: they come, look, click what is recommended, and buy. For the story's test and its pictures. */
import { stickyUnit } from "@basketlift/engine/random";

/** A headless browser says that it is a machine, and machines are not counted. Set where beacons heed it, too. */
export const shopperAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

/**
 * @param isHeldOut whether the visitor falls into the holdout of 5 %
 * @param rank 0 for the first such visitor, 1 for the next
 * @returns a visitor id
 */
export function visitorId(isHeldOut, rank = 0) {
  let found = -1;
  for (let number = 0; ; number++) {
    const id = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
    if (stickyUnit("basketlift-holdout", id) < 0.05 === isHeldOut && ++found === rank) return id;
  }
}

/**
 * Comes into the shop and agrees to everything.
 * @param page of a fresh browser context
 * @param id what the browser keeps as the visitor's id, whatever it makes up
 */
export async function enterShop(page, url, id) {
  await page.goto(url);
  await page.context().addInitScript((id) => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = function (value, ...key) {
      if (typeof value === "object" && value !== null && "visitorId" in value) value.visitorId = id;
      return put.call(this, value, ...key);
    };
  }, id);
  const banner = page.getByRole("region", { name: "Privacy" });
  await banner.getByRole("button", { name: "Accept" }).click();
  await banner.waitFor({ state: "detached" });
}

/** Adds what the product's bundle offers, where it offers one, else the product itself. */
async function addToCart(page) {
  const together = page.locator("basketlift-bought-together");
  await together.scrollIntoViewIfNeeded();
  await together.locator(".basketlift-place:not([data-state=waiting])").waitFor({ state: "attached" });
  const all = together.getByRole("button", { name: /^Add all/ });
  await ((await all.count()) > 0 ? all : page.locator("[data-buy] button")).click();
  await page.getByRole("link", { name: /^Cart, [1-9]/ }).waitFor();
}

export async function checkOut(page, url) {
  await page.goto(`${url}/checkout`);
  await page.getByLabel("Name").fill("Ann Shopper");
  await page.getByLabel("E-mail").fill("ann@shopper.example");
  await page.getByRole("button", { name: "Buy now" }).click();
  await page.getByRole("heading", { name: /thank/i }).waitFor();
}

/** Looks at two products long enough for what stands beside them to count as seen, follows a recommendation, and may buy. */
async function walk(page, url, { products, buys }) {
  for (const product of products) {
    await page.goto(`${url}/products/${product}`);
    const row = page.locator("basketlift-recommendations").first();
    await row.scrollIntoViewIfNeeded();
    const link = row.getByRole("link").first();
    const isShown = await link.waitFor({ timeout: 4_000 }).then(
      () => true,
      () => false,
    );
    await page.waitForTimeout(1_300);
    if (isShown) {
      await link.click();
      await page.getByRole("heading", { level: 1 }).waitFor();
    }
  }
  if (!buys) return;
  await addToCart(page);
  await checkOut(page, url);
}

/** A small day of trade: eight shoppers who see recommendations, six of whom buy, and one of the holdout who does not. */
export async function tradeForADay(browser, url) {
  const products = [
    "round-stoneware-teapot",
    "house-espresso-beans",
    "everyday-stoneware-mug",
    "whistling-enamel-kettle",
  ];
  for (let shopper = 0; shopper < 9; shopper++) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, userAgent: shopperAgent });
    const page = await context.newPage();
    const isHeldOut = shopper === 8;
    await enterShop(page, url, visitorId(isHeldOut, isHeldOut ? 0 : shopper));
    const looked = [products[shopper % products.length], products[(shopper + 1) % products.length]];
    await walk(page, url, { products: looked, buys: shopper % 5 < 3 });
    await context.close();
  }
}

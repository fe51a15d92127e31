/**
 * `npm run screenshots`: the pictures of the README, at 390 and 1440 px, light and dark, into docs/images. Needs a build of the
 * page and a Chromium; runs under Node 24 from the sources. `npm run screenshots -- shop cart` takes only those.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright";
import { chromiumArguments, chromiumPath } from "./chromium.mjs";
import { root } from "./install.mjs";
import { shopperAgent, tradeForADay } from "./shoppers.mjs";

const folder = mkdtempSync(join(tmpdir(), "basketlift-screenshots-"));
const program = join(root, "packages/server-adapter/src/cli/main.ts");
const basketlift = (...args) => spawn(process.execPath, ["-C", "source", program, ...args], { cwd: folder });

/** The shop's header, which stays in the picture: one line of it, or two. */
const underHeader = (width) => (width < 768 ? 136 : 96);

/** What is photographed: the address, what a visitor does there first, and what stands at the top of the picture then. */
const pictures = [
  {
    name: "shop",
    address: ({ server }) => `${server.url}products/round-stoneware-teapot`,
    prepare: async (page) => {
      await decline(page);
      await page.getByRole("button", { name: /^Add all/ }).waitFor();
    },
    top: (page) => page.locator("basketlift-bought-together"),
    headroom: underHeader,
  },
  {
    name: "cart",
    address: ({ server }) => `${server.url}cart`,
    prepare: async (page, { server }) => {
      for (const variantId of ["round-stoneware-teapot-sage", "everyday-stoneware-mug-ocean"]) {
        await page.request.post(`${server.url}cart`, { form: { variantId } });
      }
      await page.reload();
      await page.getByRole("heading", { name: "Goes well with your cart" }).waitFor();
    },
    top: (page) => page.locator("body"),
    headroom: 0,
  },
  {
    name: "console",
    address: ({ server }) => `${server.url}console/`,
    prepare: async (page, { server }) => {
      const email = page.getByLabel("E-mail");
      const overview = page.getByRole("heading", { name: "Overview" });
      await email.or(overview).first().waitFor();
      if (await email.isVisible()) await signIn(page, server);
      await overview.waitFor();
      await page.getByText("Widget views").first().waitFor();
      await page.getByText("None yet").first().waitFor({ state: "detached" });
      await page.waitForLoadState("networkidle");
    },
    top: (page) => page.locator("body"),
    headroom: 0,
  },
  {
    name: "page",
    address: ({ demo }) => `${demo}#/product/round-stoneware-teapot`,
    prepare: (page) => page.getByText("Merchant’s view").first().click(),
    top: (page) => page.getByRole("heading", { name: "Goes well with" }),
    headroom: 96, // The page's own header stays in the picture.
  },
  {
    name: "audit",
    address: () => pathToFileURL(join(folder, "audit.html")).href,
    top: (page) => page.locator("#evidence"),
    headroom: 24,
  },
];

/** The owner's, once they have chosen it. */
let ownPassword;

const names = process.argv.slice(2);
const asked = pictures.filter(({ name }) => names.length === 0 || names.includes(name));

const demo = basketlift("demo", "--port", "0", "--page", join(root, "packages/server-adapter/dist/page"));
const storefront = join(root, "examples/storefront/server.ts");
const server = basketlift("start", "--port", "0", "--data", join(folder, "shop"), "--storefront", storefront);
try {
  const said = await saying(server, "Ctrl-C stops");
  const places = {
    demo: /http:\/\/127\.0\.0\.1:\d+\//.exec(await saying(demo, "Ctrl-C stops"))[0],
    server: {
      url: /Storefront\s+(\S+)/.exec(said)[1],
      email: /Sign in as\s+(\S+)/.exec(said)[1],
      password: /Password\s+(\S+)/.exec(said)[1],
    },
  };
  await writeAudit();
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...chromiumArguments, `--user-agent=${shopperAgent}`],
  });
  await tradeForADay(browser, places.server.url.replace(/\/$/, ""));
  for (const width of [390, 1440]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await browser.newPage({ viewport: { width, height: 1000 }, colorScheme });
      for (const picture of asked) await photograph(page, picture, places, `${width}-${colorScheme}`);
      await page.close();
    }
  }
  await browser.close();
} finally {
  await Promise.all([demo, server].map(end));
  rmSync(folder, { recursive: true, force: true });
}

/** @returns all that a program printed until it said `word` */
function saying(child, word) {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
      if (said.includes(word)) resolve(said);
    });
    child.once("exit", (code) => reject(new Error(`It ended with ${code}.`)));
  });
}

async function end(child) {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** Nothing is remembered of the visitor, and the banner leaves the picture. */
async function decline(page) {
  const banner = page.getByRole("region", { name: "Privacy" });
  if ((await banner.count()) > 0)
    await banner
      .getByRole("button", { name: /no|decline|only/i })
      .first()
      .click();
}

/** The first time with the one-time password, which is changed then. */
async function signIn(page, { email, password }) {
  const chosen = "blue kettle, 4 cups";
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(ownPassword ?? password);
  await page.getByRole("button", { name: "Sign in" }).click();
  if (ownPassword !== undefined) return;
  await page.getByLabel("New password", { exact: true }).fill(chosen);
  await page.getByRole("button", { name: "Change password" }).click();
  ownPassword = chosen;
}

/** The report of the demo shop, as the command line writes it for a merchant's files. */
async function writeAudit() {
  const orders = join(folder, "orders.csv");
  const { createDemoShop } = await import("@basketlift/engine/simulation");
  const { writeOrdersCsv } = await import("@basketlift/server-adapter");
  const shop = createDemoShop();
  await writeOrdersCsv(orders, shop.orders, shop.products);
  const audit = basketlift("audit", orders, "--html", join(folder, "audit.html"));
  await new Promise((resolve) => audit.once("exit", resolve));
}

async function photograph(page, { name, address, prepare = async () => {}, top, headroom }, places, suffix) {
  await page.goto(address(places));
  await page.waitForLoadState("networkidle");
  await prepare(page, places);
  await page.mouse.move(0, 0); // Nothing is hovered in the picture.
  await settled(page);
  const { width } = page.viewportSize();
  const space = typeof headroom === "function" ? headroom(width) : headroom;
  await top(page).evaluate((element, space) => scrollBy(0, element.getBoundingClientRect().top - space), space);
  await settled(page);
  const file = join(root, "docs/images", `${name}-${suffix}.png`);
  await page.screenshot({ path: file });
  console.log(file);
}

/** The time of a decision is measured in idle moments: a picture waits for it, and for two more frames. */
async function settled(page) {
  await page.getByText("measuring", { exact: true }).first().waitFor({ state: "detached" });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

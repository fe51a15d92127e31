/**
 * `npm run screenshots`: the pictures of the README, at 390 and 1440 px, light and dark, into docs/images. Needs a build of the
 * page and a Chromium; runs under Node 24 from the sources.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright";
import { chromiumArguments, chromiumPath } from "./chromium.mjs";
import { root } from "./install.mjs";

const folder = mkdtempSync(join(tmpdir(), "basketlift-screenshots-"));
const program = join(root, "packages/server-adapter/src/cli/main.ts");
const basketlift = (...args) => spawn(process.execPath, ["-C", "source", program, ...args], { cwd: folder });

/** What is photographed: the address, what a visitor does there first, and what stands at the top of the picture then. */
const pictures = [
  {
    name: "page",
    path: "#/product/round-stoneware-teapot",
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

const demo = basketlift("demo", "--port", "0", "--page", join(root, "packages/server-adapter/dist/page"));
try {
  const url = await servedAt(demo);
  await writeAudit();
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumArguments });
  for (const width of [390, 1440]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await browser.newPage({ viewport: { width, height: 1000 }, colorScheme });
      for (const picture of pictures) await photograph(page, picture, url, `${width}-${colorScheme}`);
      await page.close();
    }
  }
  await browser.close();
} finally {
  demo.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}

function servedAt(child) {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      if (address) resolve(address[0]);
    });
    child.once("exit", (code) => reject(new Error(`The demo ended with ${code}.`)));
  });
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

async function photograph(page, { name, path = "", address, prepare = async () => {}, top, headroom }, url, suffix) {
  await page.goto(address ? address() : `${url}${path}`);
  await page.waitForLoadState("networkidle");
  await prepare(page);
  await page.mouse.move(0, 0); // Nothing is hovered in the picture.
  await settled(page);
  await top(page).evaluate((element, space) => scrollBy(0, element.getBoundingClientRect().top - space), headroom);
  await settled(page);
  const file = join(root, "docs/images", `${name}-${suffix}.png`);
  await page.screenshot({ path: file });
  console.log(file);
}

/** The time of a decision is measured in idle moments: a picture waits for it, and for two more frames. */
async function settled(page) {
  await page.waitForFunction(() => !document.body.innerText.includes("measuring"));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/**
 * The story, end to end: `basketlift start` as a merchant runs it, a shopper in a real browser, the console beside it.
 * Nothing is doubled: embedded database, trained engine, built widgets and console.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumArguments, chromiumPath } from "../../../scripts/chromium.mjs";
import { checkOut, enterShop, shopperAgent, visitorId } from "../../../scripts/shoppers.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const pageQuestion = "/placements/page";
/** A server of its own, as its user sees it: where it is, and how to sign in. */
interface Running {
  readonly process: ChildProcess;
  readonly url: string;
  readonly email: string;
  readonly password: string;
}

async function startBasketlift(data: string): Promise<Running> {
  const program = join(root, "packages/server-adapter/src/cli/main.ts");
  const storefront = join(root, "examples/storefront/server.ts");
  const child = spawn(
    process.execPath,
    ["-C", "source", program, "start", "--data", data, "--port", "0", "--storefront", storefront, "--quiet"],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("Ctrl-C stops")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`The server ended with ${code}.\n${said}\n${complaints}`)));
  });
  const find = (pattern: RegExp): string => pattern.exec(said)?.[1] ?? "";
  return {
    process: child,
    url: find(/Storefront\s+(http:\S+)\//),
    email: find(/Sign in as\s+(\S+)/),
    password: find(/Password\s+(\S+)/),
  };
}

let data: string;
let server: Running;
let browser: Browser;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "basketlift-story-"));
  const built = spawnSync(join(root, "node_modules/.bin/rollup"), ["-c", "rollup.pages.config.mjs"], {
    cwd: root,
    encoding: "utf8",
  });
  if (built.status !== 0) throw new Error(built.stderr);
  const executablePath = chromiumPath();
  browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: [...chromiumArguments, `--user-agent=${shopperAgent}`],
  });
  server = await startBasketlift(data);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  if (server) {
    const ended = new Promise((resolve) => server.process.once("exit", resolve));
    server.process.kill("SIGTERM");
    await ended;
  }
  await rm(data, { recursive: true, force: true });
}, 60_000);

/** A fresh browser of a visitor whose first made-up id is `id`, and who agrees to everything. */
async function enter(id: string): Promise<{ context: BrowserContext; page: Page; questions: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  const page = await context.newPage();
  const questions: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(pageQuestion)) questions.push(request.postData() ?? "");
  });
  await enterShop(page, server.url, id);
  return { context, page, questions };
}

function rowOf(page: Page, heading: string) {
  return page
    .getByRole("region", { name: heading })
    .or(page.getByRole("group", { name: heading }))
    .first();
}

async function titlesIn(page: Page, heading: string): Promise<string[]> {
  const row = rowOf(page, heading);
  await row.scrollIntoViewIfNeeded();
  await row
    .getByRole("button", { name: /add .*to cart/i })
    .first()
    .waitFor();
  return row.getByRole("link").allInnerTexts();
}

/** Resolves once the page sends an event of this kind. */
function told(page: Page, kind: string): Promise<unknown> {
  return page.waitForRequest(
    (request) => request.url().endsWith("/events") && (request.postData() ?? "").includes(`"kind":"${kind}"`),
  );
}

describe("a shopper", () => {
  it("sees recommendations with reasons, sees a row change without a request, adds two, and buys", async () => {
    const { context, page, questions } = await enter(visitorId(false));
    await page.goto(`${server.url}/`);
    const heading = await page.locator("basketlift-recommendations").first().getAttribute("heading");
    const before = await titlesIn(page, heading ?? "");
    expect(before.length).toBeGreaterThan(3);

    await page.goto(`${server.url}/products/round-stoneware-teapot`);
    const together = page.locator("basketlift-bought-together");
    await together.scrollIntoViewIfNeeded();
    await together
      .getByText(/often bought together with round stoneware teapot/i)
      .first()
      .waitFor();
    const seen = told(page, "impression");
    await titlesIn(page, "Similar products");
    await seen;
    const shownFirst = rowOf(page, "Similar products").getByRole("link").first();
    const chosen = await shownFirst.innerText();
    const viewed = told(page, "view");
    await shownFirst.click();
    await page.getByRole("heading", { level: 1, name: chosen }).waitFor();
    await viewed;

    questions.length = 0;
    await page.goto(`${server.url}/`);
    const after = await titlesIn(page, heading ?? "");
    // The product's page, just left, may have asked its own question late.
    const ofHome = questions.filter((question) => !("productId" in (JSON.parse(question) as object)));
    expect(ofHome).toEqual([]);
    expect(after).not.toEqual(before);

    await page.goto(`${server.url}/products/round-stoneware-teapot`);
    const boxes = together.getByRole("checkbox");
    await boxes.first().waitFor();
    for (let box = (await boxes.count()) - 1; box >= 2; box--) await boxes.nth(box).uncheck();
    await together.getByRole("button", { name: /add/i }).click();
    await page.getByRole("link", { name: "Cart, 2 items" }).waitFor();

    await checkOut(page, server.url);
    await context.close();
  });

  it("of the holdout sees none, and is counted", async () => {
    const { context, page } = await enter(visitorId(true));
    const answered = page.waitForResponse(
      (response) =>
        response.url().endsWith(pageQuestion) && (response.request().postData() ?? "").includes("house-espresso-beans"),
    );
    await page.goto(`${server.url}/products/house-espresso-beans`);
    await page.locator("basketlift-bought-together").scrollIntoViewIfNeeded();
    const { placements } = (await (await answered).json()) as {
      placements: { recommendation: { status: string; items: unknown[] } }[];
    };
    for (const { recommendation } of placements) expect(recommendation).toMatchObject({ status: "holdout", items: [] });
    expect(await page.getByText(/often bought together with/i).count()).toBe(0);
    await context.close();
  });
});

describe("the owner", () => {
  it("signs in and sees views, clicks, revenue, and lift with its interval, within five seconds", async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
    const page = await context.newPage();
    await page.goto(`${server.url}/console/`);
    await page.getByLabel("E-mail").fill(server.email);
    await page.getByLabel("Password", { exact: true }).fill(server.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByLabel("New password", { exact: true }).fill("blue kettle, 4 cups");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByRole("heading", { name: "Overview" }).waitFor();

    await page.waitForResponse(
      async (response) => {
        if (!response.url().includes("/analytics/overview")) return false;
        const { views, clicks, netRevenue } = (await response.json()) as Record<string, { value: number }>;
        return views.value > 0 && clicks.value > 0 && netRevenue.value > 0;
      },
      { timeout: 5000 },
    );
    const lift = await page.waitForResponse((response) => response.url().includes("/analytics/incrementality"), {
      timeout: 5000,
    });
    expect(await lift.json()).toMatchObject({
      treatment: { visitors: 1, orders: 1 },
      holdout: { visitors: 1, orders: 0 },
      verdict: expect.stringMatching(/\w/),
    });
    await context.close();
  });
});

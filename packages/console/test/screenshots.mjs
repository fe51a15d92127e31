/**
 * Photographs every view of the console over the made-up shop, at 390 and 1440 px, light and dark:
 * `node -C source packages/console/test/screenshots.mjs http://127.0.0.1:4000 FOLDER [NAME...]`.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright";
import { chromiumArguments, chromiumPath } from "../../../scripts/chromium.mjs";

/** Views, and what a merchant does there first. */
const pictures = [
  { name: "overview", path: "overview" },
  { name: "strategies", path: "recommendations" },
  { name: "new-strategy", path: "recommendations/new" },
  { name: "strategy", path: "recommendations/strategies/evening-picks" },
  {
    name: "set-live",
    path: "recommendations",
    prepare: (page) => page.getByRole("button", { name: "Change what serves: Home page" }).click(),
  },
  {
    name: "compare",
    path: "recommendations/strategies/companions",
    async prepare(page) {
      await page.getByRole("combobox", { name: "Looks at", exact: true }).fill("teapot");
      await page.locator(".picker__list:not([hidden]) li").first().click();
      await page.getByRole("button", { name: "Compare" }).click();
      await page
        .getByText(/how it was decided/i)
        .first()
        .waitFor();
    },
  },
  { name: "log", path: "recommendations/log" },
  {
    name: "decision",
    path: "recommendations/log",
    async prepare(page) {
      await page.locator("tbody th a").nth(1).click();
      await page.getByRole("button", { name: "Replay" }).click();
      await page.getByText("bit for bit").waitFor();
      await page.getByText("In words").last().click();
    },
  },
  {
    name: "try",
    path: "recommendations/try",
    async prepare(page) {
      await page.getByRole("combobox", { name: "Looks at", exact: true }).fill("round stoneware teapot");
      await page.getByRole("option", { name: "Round stoneware teapot" }).click();
      await page.getByRole("button", { name: "Decide" }).click();
      await page.getByText("How it was decided").waitFor();
    },
  },
  {
    name: "affinity",
    path: "product-affinity",
    prepare: (page) => page.getByRole("button", { name: "Inspect" }).first().click(),
  },
  { name: "import", path: "bulk-import" },
  { name: "report", path: "bulk-import/imp_4" },
  { name: "password", path: "password" },
  {
    name: "menu",
    path: "overview",
    prepare: async (page) => {
      const menu = page.getByRole("button", { name: "Menu", exact: true });
      if (await menu.isVisible()) await menu.click();
      await page.getByRole("button", { name: /^You:/ }).filter({ visible: true }).click();
    },
  },
  { name: "palette", path: "overview", prepare: (page) => page.keyboard.press("Control+k") },
];

const [origin = "http://127.0.0.1:4000", folder = "screenshots", ...wanted] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
let ownPassword = process.env.CONSOLE_PASSWORD ?? "correct horse";
const executablePath = chromiumPath();
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: [...chromiumArguments] });
for (const width of [390, 1440]) {
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    page.on("console", (message) => message.type() === "error" && process.stdout.write(`${message.text()}\n`));
    page.on("pageerror", (error) => process.stdout.write(`${error.stack}\n`));
    await signIn(page, `${width}-${colorScheme}`);
    for (const picture of pictures) {
      if (wanted.length === 0 || wanted.includes(picture.name))
        await photograph(page, picture, `${width}-${colorScheme}`);
    }
    await page.close();
  }
}
await browser.close();

async function signIn(page, suffix) {
  await page.goto(`${origin}/console/overview`);
  const field = page.getByLabel("E-mail");
  await field
    .or(page.getByRole("heading", { level: 1 }))
    .first()
    .waitFor();
  if (!(await field.isVisible())) return;
  await page.screenshot({ path: join(folder, `sign-in-${suffix}.png`) });
  await field.fill(process.env.CONSOLE_EMAIL ?? "ada@mugs.example");
  await page.getByLabel("Password").fill(ownPassword);
  await page.keyboard.press("Enter");
  const next = page.getByLabel("New password", { exact: true });
  const overview = page.getByRole("heading", { level: 1, name: "Overview" });
  await next.or(overview).first().waitFor();
  if (await next.isVisible()) {
    await page.screenshot({ path: join(folder, `first-password-${suffix}.png`) });
    if (process.env.CONSOLE_NEXT_PASSWORD === undefined)
      throw new Error("Give a new password in CONSOLE_NEXT_PASSWORD.");
    await next.fill(process.env.CONSOLE_NEXT_PASSWORD);
    await page.keyboard.press("Enter");
    ownPassword = process.env.CONSOLE_NEXT_PASSWORD;
  }
  await overview.waitFor();
}

async function photograph(page, { name, path, prepare }, suffix) {
  await page.goto(`${origin}/console/${path}`);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.locator(".loading").waitFor({ state: "detached" });
  if (prepare) await prepare(page);
  await page.waitForTimeout(400);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (overflow > 0) process.stdout.write(`${name}-${suffix} is ${overflow} px too wide\n`);
  await page.screenshot({
    path: join(folder, `${name}-${suffix}.png`),
    fullPage: !["palette", "menu", "set-live"].includes(name),
  });
}

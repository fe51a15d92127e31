/** The shop developer's guide, followed to the letter: its snippets in an empty page, under the policy that it gives. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openShop, type OpenShop } from "./open-shop.ts";

const guide = readFileSync(new URL("../../../docs/storefront.md", import.meta.url), "utf8");
const blocks = (language: string): string[] =>
  Array.from(guide.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "g")), ([, code]) => code);

let shop: OpenShop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop?.close());

it("the guide's snippets show a bundle and a row, add to the cart, and keep the guide's own policy", async () => {
  const [place, script] = blocks("html");
  const [policy] = blocks("text");
  const own = (text: string): string =>
    text
      .replaceAll(/https:\/\/basketlift\.example(?:\/api\/upsell-cross-sell)?/g, `${shop.url}/api`)
      .replaceAll("pk_...", "pk_small")
      .replaceAll(/(?<=["=(])"?mug(?=")/g, (name) => name.replace("mug", "round-stoneware-teapot"));
  const inline = own(script).replace("<script>", '<script nonce="guide">');
  const html = own(place).replace('<script defer src="/shop.js"></script>', inline);
  expect(html).toContain(inline);
  shop.pages.set("/empty", {
    html: `<!doctype html><title>Empty</title><link rel="icon" href="data:," />${html}`,
    // What is the page's own: its script stands inline, and the demo's pictures are data.
    policy: own(policy).trim().replace("script-src 'self'", "script-src 'self' 'nonce-guide'").concat(" data:"),
  });
  const { context, page } = await shop.enter();
  const complaints: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  await page.goto(`${shop.url}/empty`);
  const bundle = page.getByRole("group", { name: "Often bought together" });
  await bundle.getByRole("button", { name: /^Add all/ }).click();
  await bundle.getByRole("status").filter({ hasText: "in your cart" }).waitFor();
  const row = page.getByRole("group", { name: "Goes well with" });
  await row
    .getByRole("button", { name: /add to cart/i })
    .first()
    .waitFor();
  expect(await row.getByRole("link").first().getAttribute("href")).toMatch(/^\/products\//);
  await expect.poll(() => [...shop.api.events.values()].map((event) => event["kind"])).toContain("view");
  expect(complaints).toEqual([]);
  await context.close();
});

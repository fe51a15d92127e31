/** The report as a merchant reads it, made from small shops with known answers. */
import { describe, expect, it } from "vitest";
import { createCatalogue, defaultMarket } from "@basketlift/engine/catalogue";
import { createOrderHistoryBuilder } from "@basketlift/engine/history";
import { auditShop } from "./audit-shop.ts";
import { auditHtml } from "./html.ts";
import { auditText } from "./text.ts";

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);

/** @param baskets product ids by order, one order a day */
async function auditOf(baskets: readonly (readonly string[])[], dataNotes: readonly string[] = []) {
  const ids = [...new Set(baskets.flat())];
  const catalogue = createCatalogue({
    products: ids.map((id) => ({ id, title: id.toUpperCase(), variants: [{ id, prices: { default: 1000 } }] })),
    markets: [{ ...defaultMarket, locale: "en-GB" }],
  });
  const builder = createOrderHistoryBuilder();
  for (const [index, products] of baskets.entries()) {
    builder.addOrder({
      id: String(index),
      placedAt: new Date(start + (index % 365) * day).toISOString(),
      currency: "EUR",
      lines: products.map((productId) => ({ productId, quantity: 1, unitPrice: 1000 })),
    });
  }
  const { history: orders } = builder.finish(catalogue.ids);
  return auditShop({ catalogue, orders }, { now: start, dataNotes });
}

const repeated = (basket: readonly string[], times: number) => Array.from({ length: times }, () => basket);
const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");

describe("the report of a shop", () => {
  it("with a single order speaks of one, and leaves out what one order cannot tell", async () => {
    const text = auditText(await auditOf([["mug"]], ["1 order with 1 line."]), "en-GB");
    expect(oneLine(text)).toContain("Orders of 1 Jan 2026. What Figure");
    expect(text).toContain("Fewer than two products were sold, so there is no pair to look at.");
    expect(text).toContain("The orders cover 1 day:");
    expect(oneLine(text)).toContain("How the data was read ===================== - 1 order with 1 line.");
    expect(oneLine(text)).toContain("How well last month would have been foreseen is left out");
    expect(text).not.toContain("Threshold opportunities");
    expect(text).not.toMatch(/\b1 (?:days|orders|rows|products|pairs)\b/);
  });

  it("without any affinity says so instead of printing an empty table", async () => {
    const text = auditText(await auditOf([...repeated(["mug"], 30), ...repeated(["tray"], 30)]), "en-GB");
    expect(oneLine(text)).toContain("None of 1 possible pair of products is bought together more often than chance");
    expect(text).not.toContain("q-value");
  });

  it("groups thousands in sentences, too", async () => {
    const singles = Array.from({ length: 60 }, (_, i) => repeated([`single-${i}`], 40)).flat();
    const text = oneLine(auditText(await auditOf([...singles, ...repeated(["cup", "saucer"], 80)]), "en-GB"));
    expect(text).toContain("Of 1,891 possible pairs of products, 1 is bought together more often than chance explains");
    expect(text).toContain("over 2,480 orders:");
    expect(text).not.toMatch(/\b\d{4,}\b(?<!2026)/);
  });

  it("fits the width it is given, names and all", async () => {
    const long = ["a-very-long-name-that-goes-on-and-on-in-one-word", "another-of-the-same-kind-and-still-longer-yet"];
    const audit = await auditOf([...repeated(long, 60), ...repeated(["x"], 400)]);
    for (const width of [80, 100, 140])
      for (const line of auditText(audit, "en-GB", { width }).split("\n"))
        expect(line.length).toBeLessThanOrEqual(width);
  });

  it("shows the same sections as a page, charts and all", async () => {
    const audit = await auditOf([...repeated(["cup", "saucer"], 80), ...repeated(["x"], 400)], ["480 orders."]);
    const page = auditHtml(audit, "en-GB");
    for (const title of ["What sells together", "What to keep in mind", "How the data was read"])
      expect(page).toContain(title);
    expect(page).toContain("<dt>pair of products sold together, with evidence</dt><dd>1</dd>");
  });
});

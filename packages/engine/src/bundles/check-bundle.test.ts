import { describe, expect, it } from "vitest";
import { createIdentifiers } from "../catalogue/index.ts";
import type { Bundle } from "./bundle.ts";
import { checkBundle } from "./check-bundle.ts";

const context = { products: createIdentifiers(["mug", "plate"]), markets: [{ currency: "EUR" }, { currency: "JPY" }] };
const good: Bundle = {
  id: "breakfast",
  name: "Breakfast",
  type: "static",
  products: [
    { productId: "mug", quantity: 1, required: true },
    { productId: "plate", quantity: 1, required: false },
  ],
  discount: { type: "percentage", value: 12.5 },
  conditions: {},
  performance: { views: 0, conversions: 0, revenue: 0 },
  active: true,
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
};
const checking = (rest: Partial<Bundle>) => () => checkBundle({ ...good, ...rest }, context, "bundles[3]");

describe("a bundle that cannot be sold", () => {
  it("passes when there is nothing wrong with it", () => {
    expect(() => checkBundle(good, context)).not.toThrow();
  });

  it("with an unknown product is refused by its place", () => {
    expect(checking({ products: [...good.products, { productId: "ghost", quantity: 1, required: true }] })).toThrow(
      "bundles[3].products[2].productId must be the id of a product of the catalogue; add the product or leave it out",
    );
  });

  it("with a discount over 100 % is refused", () => {
    expect(checking({ discount: { type: "percentage", value: 100.01 } })).toThrow("bundles[3].discount.value");
    expect(checking({ discount: { type: "percentage", value: 12.345 } })).toThrow("at most two decimals");
    expect(checking({ discount: { type: "percentage", value: Number.NaN } })).toThrow("bundles[3].discount.value");
  });

  it("with an amount needs a currency the shop sells in", () => {
    expect(checking({ discount: { type: "fixed", value: 300 } })).toThrow(
      "bundles[3].currency must be named where an amount stands",
    );
    expect(checking({ discount: { type: "fixed", value: 300 }, currency: "USD" })).toThrow(
      "a currency the shop sells in (EUR, JPY)",
    );
    expect(checking({ discount: { type: "fixed", value: 2.5 }, currency: "EUR" })).toThrow(
      "a whole number of minor units",
    );
  });

  it.each([
    [{ products: [] }, "bundles[3].products"],
    [{ products: [{ productId: "mug", quantity: 1, required: true }] }, "at least 2 units in all"],
    [{ type: "mix-match" }, "bundles[3].slots"],
    [
      { type: "mix-match", slots: [{ id: "a", choices: ["spoon"], minimum: 1, maximum: 1 }] },
      "bundles[3].slots[0].choices[0]",
    ],
    [{ type: "tiered" }, "bundles[3].tiers"],
    [{ type: "subscription" }, "bundles[3].interval"],
    [{ type: "subscription", interval: { unit: "month", count: 0 } }, "bundles[3].interval.count"],
    [{ season: { from: "13-01", to: "12-01" } }, "bundles[3].season.from"],
    [{ conditions: { minQuantity: 0 } }, "bundles[3].conditions.minQuantity"],
    [{ updatedAt: "yesterday" }, "bundles[3].updatedAt"],
    [{ name: " " }, "bundles[3].name"],
  ] satisfies [Partial<Bundle>, string][])("names what is wrong: %j", (rest, message) => {
    expect(checking(rest)).toThrow(message);
  });
});

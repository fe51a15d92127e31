import { describe, expect, it } from "vitest";
import { createCatalogue } from "./catalogue.ts";
import type { Product, Restrictions } from "./product.ts";
import { restrictionOf } from "./restrictions.ts";

const wine = (restrictions: Restrictions): Product => ({
  id: "wine",
  title: "Wine",
  restrictions,
  variants: [{ id: "wine-1", prices: { default: 900 } }],
});

describe("a restricted product", () => {
  it("is for those who are old enough, and not for those nobody asked", () => {
    const product = wine({ minimumAge: 18 });
    expect(restrictionOf(product, { country: "DE", age: 18 })).toBeUndefined();
    expect(restrictionOf(product, { country: "DE", age: 17 })).toBe("age-limit");
    expect(restrictionOf(product, { country: "DE" })).toBe("age-limit");
    expect(restrictionOf(product, { country: "DE" }, true)).toBeUndefined();
  });

  it("stays in its countries and out of those that exclude it", () => {
    expect(restrictionOf(wine({ countries: ["DE", "AT"] }), { country: "FR" })).toBe("country-limit");
    expect(restrictionOf(wine({ countries: ["DE", "AT"] }), { country: "AT" })).toBeUndefined();
    expect(restrictionOf(wine({ excludedCountries: ["NO"] }), { country: "NO" })).toBe("country-limit");
    expect(restrictionOf(wine({}), { country: "NO" })).toBeUndefined();
  });

  it.each([
    [{ minimumAge: 17.5 }, "products[0].restrictions.minimumAge"],
    [{ countries: ["Germany"] }, "products[0].restrictions.countries"],
    [{ excludedCountries: ["no"] }, "products[0].restrictions.excludedCountries"],
  ])("is refused where it says %j", (restrictions, path) => {
    expect(() => createCatalogue({ products: [wine(restrictions)] })).toThrow(expect.objectContaining({ path }));
  });
});

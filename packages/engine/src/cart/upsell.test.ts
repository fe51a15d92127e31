import { describe, expect, it } from "vitest";
import { createCatalogue, marketOf } from "../catalogue/catalogue.ts";
import type { Product } from "../catalogue/product.ts";
import { readCart } from "./cart-lines.ts";
import type { RelatedProducts } from "./related.ts";
import { upsellCart, type UpsellOptions } from "./upsell.ts";

function kettle(id: string, price: number, more: Partial<Product> & { cost?: number; stock?: number } = {}): Product {
  const { cost, stock, ...rest } = more;
  return {
    id,
    title: `Kettle ${id}`,
    category: ["Kitchen", "Kettles"],
    variants: [
      {
        id: `${id}-1`,
        prices: { default: price },
        ...(cost !== undefined && { cost }),
        ...(stock !== undefined && { stock }),
      },
    ],
    ...rest,
  };
}

const catalogue = createCatalogue({
  products: [
    kettle("basic", 2000, { cost: 1500 }),
    kettle("better", 2500, { cost: 1700 }),
    kettle("best", 2800, { cost: 1600 }),
    kettle("luxury", 9000, { cost: 2000 }),
    kettle("same-price", 2000, { cost: 100 }),
    kettle("sold-out", 2600, { cost: 100, stock: 0 }),
    kettle("thin", 2400, { cost: 2300 }),
    kettle("teapot", 2500, { cost: 100, category: ["Kitchen", "Teapots"] }),
    kettle("unknown-cost", 2500),
    kettle("last-one", 2600, { cost: 1700, stock: 1 }),
  ],
});
const market = marketOf(catalogue);
const shop = { catalogue, market };
const index = (id: string): number => catalogue.ids.indexOf(id) ?? -1;
/** All products are alike. */
const similar: RelatedProducts = (product) =>
  catalogue.products.flatMap((_, other) => (other === product ? [] : [{ product: other, score: 0.5 }]));

function suggested(options: Partial<UpsellOptions> = {}, quantity = 1): string[] {
  const cart = readCart([{ productId: "basic", quantity }], catalogue, market);
  return upsellCart(cart, shop, { similar, count: 10, ...options }).map(({ replacement }) => replacement.productId);
}

describe("upsell", () => {
  it("offers products of the category that cost 10 to 40 % more, earn more and are in stock, best margin first", () => {
    // Margins beyond the basic kettle's 500: best 700, last-one 400, better 300; thin earns less; of one the cost is unknown.
    expect(suggested()).toEqual(["best", "last-one", "better", "unknown-cost"]);
  });

  it("leaves out what it cannot sell in the quantity of the line", () => {
    expect(suggested({}, 2)).not.toContain("last-one");
  });

  it("leaves out products of unknown cost when the merchant asks for a known margin", () => {
    expect(suggested({ requiresKnownMargin: true })).toEqual(["best", "last-one", "better"]);
  });

  it("never takes something that is bought along with the product for a replacement", () => {
    const liftOf = (_: number, other: number): number | undefined => (other === index("best") ? 3 : undefined);
    expect(suggested({ liftOf })).not.toContain("best");
  });

  it("follows the merchant's corridor and lets categories mix when told so", () => {
    expect(suggested({ corridor: { from: 3, to: 4 } })).toEqual(["luxury"]);
    expect(suggested({ sameCategory: false })).toContain("teapot");
    expect(suggested({ exclude: new Set([index("best")]) })).not.toContain("best");
  });

  it("never suggests a product of the cart, nor one product for two lines", () => {
    const cart = readCart(
      [
        { productId: "basic", quantity: 1 },
        { productId: "same-price", quantity: 1 },
        { productId: "best", quantity: 1 },
      ],
      catalogue,
      market,
    );
    const upsells = upsellCart(cart, shop, { similar, count: 10, minimumMarginGain: -10_000 });
    const ids = upsells.map(({ replacement }) => replacement.productId);
    expect(ids).not.toContain("best");
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("shows the shopper the difference in price and no figure of the shop's", () => {
    const cart = readCart([{ productId: "basic", quantity: 1 }], catalogue, market);
    const [best] = upsellCart(cart, shop, { similar });
    expect(best).toMatchObject({ productId: "basic", priceDifference: 800, reason: "A step up from Kettle basic" });
    expect(best.evidence).toEqual({ similarity: 0.5, priceRise: expect.closeTo(0.4, 9), marginGain: 700 });
  });

  it("refuses a corridor that ends before it begins", () => {
    expect(() => suggested({ corridor: { from: 0.4, to: 0.1 } })).toThrow(/corridor\.to/);
  });
});

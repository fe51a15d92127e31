import { describe, expect, it } from "vitest";
import { createCatalogue, marketOf } from "../catalogue/catalogue.ts";
import { readCart, replacementIn } from "./cart-lines.ts";

const catalogue = createCatalogue({
  products: [
    {
      id: "mug",
      title: "Mug",
      variants: [
        { id: "mug-blue", prices: { default: 1250 } },
        { id: "mug-red", prices: {} },
      ],
    },
    {
      id: "jacket",
      title: "Jacket",
      variants: [
        { id: "jacket-s", options: { size: "S" }, prices: { default: 8000 }, stock: 9 },
        { id: "jacket-m", options: { size: "M" }, prices: { default: 9000 }, stock: 1 },
      ],
    },
  ],
});
const market = marketOf(catalogue);

describe("reading a cart", () => {
  it("counts what the shopper was told, and the present price where nothing was said", () => {
    const cart = readCart(
      [
        { productId: "mug", quantity: 2, unitPrice: 1100 },
        { productId: "jacket", variantId: "jacket-m", quantity: 1 },
      ],
      catalogue,
      market,
    );
    expect(cart.subtotal).toBe(2 * 1100 + 9000);
    expect(cart.lines.map(({ price }) => price)).toEqual([1250, 9000]);
    expect(cart.products).toEqual([0, 1]);
  });

  it("names a product it does not know and leaves it out", () => {
    const cart = readCart([{ productId: "lamp", quantity: 1, unitPrice: 500 }], catalogue, market);
    expect(cart).toEqual({
      lines: [],
      products: [],
      subtotal: 0,
      unknown: [{ path: "lines[0].productId", productId: "lamp" }],
    });
  });

  it("keeps a line whose variant is no longer sold, without a price", () => {
    const [line] = readCart([{ productId: "mug", variantId: "mug-red", quantity: 1 }], catalogue, market).lines;
    expect(line.product).toBe(0);
    expect(line).not.toHaveProperty("price");
  });

  it("refuses quantities, amounts and currencies that cannot be, and says where", () => {
    const read = (line: object) => () => readCart([{ productId: "mug", quantity: 1, ...line }], catalogue, market);
    expect(read({ quantity: 0 })).toThrow(/lines\[0\]\.quantity/);
    expect(read({ unitPrice: 12.5 })).toThrow(/lines\[0\]\.unitPrice/);
    expect(read({ currency: "USD" })).toThrow(/lines\[0\]\.currency must be the market's currency \(EUR\)/);
  });
});

describe("a replacement for a line", () => {
  const jacket = catalogue.products[1];

  it("comes in the size that the shopper chose", () => {
    expect(replacementIn(jacket, market, 1, { size: "M" })?.variant.id).toBe("jacket-m");
    expect(replacementIn(jacket, market, 1)?.variant.id).toBe("jacket-s");
  });

  it("is there in the quantity of the line", () => {
    expect(replacementIn(jacket, market, 2, { size: "M" })).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import { createDemoCatalogue } from "../demo-shop.ts";
import { drawProduct, pictureUrl, silhouettes } from "./draw.ts";

const { products } = createDemoCatalogue({ picture: () => "" });

/** Every element is closed in turn, and every attribute is quoted: enough for marks without text. */
function isWellFormed(svg: string): boolean {
  const open: string[] = [];
  const rest = svg.replaceAll(
    /<(\/?)([a-z]+)((?: [\w:-]+="[^"<>]*")*)(\/?)>/g,
    (_, closing: string, name: string, _attributes, alone: string) => {
      if (closing) return open.pop() === name ? "" : "!";
      if (!alone) open.push(name);
      return "";
    },
  );
  return rest === "" && open.length === 0;
}

describe("a product's picture", () => {
  it("is drawn for every kind that is sold, and no silhouette stands idle", () => {
    const kinds = new Set(products.map((product) => String(product.attributes?.["kind"])));
    expect([...kinds].toSorted()).toEqual([...silhouettes.keys()].toSorted());
    expect(kinds.size).toBeGreaterThan(60);
  });

  it("is well-formed, without script, ids, styles or links, and below 2.5 kB", () => {
    for (const product of products) {
      const svg = drawProduct(product);
      expect(isWellFormed(svg), product.id).toBe(true);
      expect(svg, product.id).not.toMatch(/<script|<style|<image|<use|<foreignObject|\bid=|\bon\w+=|href|url\(/i);
      expect(svg, product.id).not.toMatch(/NaN|undefined|Infinity/);
      expect(svg.length, product.id).toBeLessThan(2_500);
    }
  });

  it("says what it shows to those who cannot see it", () => {
    const product = { ...products[0], title: 'Fig & "Cedar" <Candle>' };
    expect(drawProduct(product)).toContain('aria-label="Fig &amp; &quot;Cedar&quot; &lt;Candle&gt;"');
  });

  it("follows the colour of the variant", () => {
    const mug = products.find((product) => product.id === "everyday-stoneware-mug") ?? products[0];
    const colours = mug.attributes?.["colour"] ?? [];
    expect(colours.length).toBeGreaterThan(1);
    expect(drawProduct(mug, colours[1])).not.toBe(drawProduct(mug));
    expect(drawProduct(mug, colours[0])).toBe(drawProduct(mug));
  });

  it("differs between products of one kind", () => {
    const candles = products
      .filter((product) => product.attributes?.["kind"] === "candle")
      .map((product) => drawProduct(product));
    expect(new Set(candles.map((svg) => svg.replace(/aria-label="[^"]*"/, ""))).size).toBe(candles.length);
  });

  it("survives as a data URL inside an attribute, ampersands and all", () => {
    for (const product of products) {
      const url = pictureUrl(drawProduct(product));
      expect(url).toMatch(/^data:image\/svg\+xml,[^"#<>&]*$/);
      expect(decodeURIComponent(url.slice(url.indexOf(",") + 1))).toBe(drawProduct(product).replaceAll('"', "'"));
    }
  });

  it("is refused for a product of another shop, and in a colour the shop does not know", () => {
    const stranger = {
      id: "drill",
      title: "Drill",
      variants: products[0].variants,
      attributes: { kind: "drill", colour: "Navy" },
    };
    expect(() => drawProduct(stranger)).toThrow(/attributes\.kind must be a kind of the demo shop/);
    expect(() => drawProduct(products[0], "Ultraviolet")).toThrow(/must be a colour of the demo shop/);
  });
});

import { describe, expect, it } from "vitest";
import { createCatalogue, marketOf } from "../catalogue/catalogue.ts";
import { readCart, type CartLine } from "./cart-lines.ts";
import { completenessOf, type CompletenessOptions } from "./completeness.ts";
import type { DeclaredNeed } from "./declared-needs.ts";
import type { MinedNeed } from "./mine-needs.ts";

const variant = (id: string, stock?: number) => [
  { id: `${id}-1`, prices: { default: 1000 }, ...(stock !== undefined && { stock }) },
];
const catalogue = createCatalogue({
  products: [
    { id: "torch", title: "Torch", category: ["Light"], variants: variant("torch") },
    { id: "toy", title: "Toy", category: ["Toys"], variants: variant("toy") },
    { id: "cells", title: "Cells", category: ["Batteries"], variants: variant("cells") },
    { id: "cells-gone", title: "Old cells", category: ["Batteries"], variants: variant("cells-gone", 0) },
    { id: "camera", title: "Camera", category: ["Cameras"], attributes: { mount: "Z" }, variants: variant("camera") },
    {
      id: "lens-z",
      title: "Lens Z",
      category: ["Lenses"],
      attributes: { mount: ["Z", "L"] },
      variants: variant("lens-z"),
    },
    { id: "lens-e", title: "Lens E", category: ["Lenses"], attributes: { mount: "E" }, variants: variant("lens-e") },
    { id: "printer", title: "Printer", category: ["Printers"], variants: variant("printer") },
    { id: "ink", title: "Ink", category: ["Ink"], variants: variant("ink") },
    { id: "ink-xl", title: "Ink XL", category: ["Ink"], variants: variant("ink-xl") },
  ],
});
const market = marketOf(catalogue);
const index = (id: string): number => catalogue.ids.indexOf(id) ?? -1;

const cells: DeclaredNeed = {
  id: "cells",
  of: { productIds: ["torch", "toy"] },
  needs: { category: ["Batteries"] },
  perUnit: 2,
};
const lens: DeclaredNeed = {
  id: "lens",
  of: { category: ["Cameras"] },
  needs: { category: ["Lenses"] },
  sharing: ["mount"],
};

function mined(product: string, companion: string, lower: number): MinedNeed {
  const figures = {
    confidence: lower + 0.1,
    upper: lower + 0.2,
    reverse: 0,
    lift: 9,
    count: 40,
    buyers: 60,
    qValue: 0,
  };
  return { product: index(product), companion: index(companion), lower, ...figures };
}

function check(lines: readonly Partial<CartLine>[], options: CompletenessOptions) {
  const cart = readCart(
    lines.map((line) => ({ productId: "torch", quantity: 1, ...line })),
    catalogue,
    market,
  );
  return completenessOf(cart, { catalogue, market }, options);
}

describe("what a cart lacks to work", () => {
  it("counts units: two torches need four cells, of which two are there", () => {
    const { isComplete, missing } = check([{ quantity: 2 }, { productId: "cells", quantity: 2 }], {
      declared: [cells],
    });
    expect(isComplete).toBe(false);
    expect(missing).toMatchObject([
      { line: 0, needId: "cells", quantity: 2, confidence: 1, reason: "Torch needs this to work" },
    ]);
    expect(missing[0].alternatives.map(({ productId }) => productId)).toEqual(["cells"]);
  });

  it("uses a unit once: cells of the torch are not there for the toy", () => {
    const lines = [{}, { productId: "toy" }, { productId: "cells", quantity: 3 }];
    expect(check(lines, { declared: [cells] }).missing).toMatchObject([{ line: 1, quantity: 1 }]);
    expect(check([...lines, { productId: "cells" }], { declared: [cells] })).toEqual({ isComplete: true, missing: [] });
  });

  it("knows which lens fits, and that an owned one will do", () => {
    const camera = [{ productId: "camera" }, { productId: "lens-e" }];
    const [part] = check(camera, { declared: [lens] }).missing;
    expect(part.alternatives.map(({ productId }) => productId)).toEqual(["lens-z"]);
    expect(check(camera, { declared: [lens], owned: new Set([index("lens-z")]) }).isComplete).toBe(true);
  });

  it("says that something is missing even where the shop cannot sell it", () => {
    const need: DeclaredNeed = { id: "old", of: { productIds: ["torch"] }, needs: { productIds: ["cells-gone"] } };
    expect(check([{}], { declared: [need] }).missing).toMatchObject([{ alternatives: [] }]);
  });

  it("advises what buyers turn out to need, one of a category, without calling the cart incomplete", () => {
    const needs = [mined("printer", "ink", 0.4), mined("printer", "ink-xl", 0.55), mined("ink", "printer", 0.9)];
    const { isComplete, missing } = check([{ productId: "printer" }], { mined: needs });
    expect(isComplete).toBe(true);
    expect(missing).toMatchObject([
      { source: "mined", confidence: 0.55, reason: "Most customers get this with Printer" },
    ]);
    expect(missing[0].alternatives.map(({ productId }) => productId)).toEqual(["ink-xl", "ink"]);
    expect(check([{ productId: "printer" }, { productId: "ink" }], { mined: needs }).missing).toEqual([]);
    expect(check([{ productId: "printer" }], { mined: needs, minimumConfidence: 0.6 }).missing).toEqual([]);
  });

  it("does not advise again what the merchant has declared", () => {
    const ink: DeclaredNeed = { id: "ink", of: { productIds: ["printer"] }, needs: { category: ["Ink"] } };
    const options = { declared: [ink], mined: [mined("printer", "ink", 0.4)] };
    expect(check([{ productId: "printer" }], options).missing.map(({ source }) => source)).toEqual(["declared"]);
  });

  it("refuses needs that cannot be, and says where", () => {
    const refuse = (need: Partial<DeclaredNeed>) => () => check([{}], { declared: [{ ...cells, ...need }] });
    expect(refuse({ of: { productIds: ["torch", "lamp"] } })).toThrow(/declared\[0\]\.of\.productIds\[1\]/);
    expect(refuse({ needs: {} })).toThrow(/declared\[0\]\.needs must be a selector/);
    expect(refuse({ perUnit: 0 })).toThrow(/declared\[0\]\.perUnit/);
  });
});

import { describe, expect, it } from "vitest";
import { createCatalogue, type Product } from "../catalogue/index.ts";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { describeModel } from "../models/describe-model.ts";
import { matchedOn } from "./content-evidence.ts";
import { loadContent, trainContent, type ContentOptions } from "./content.ts";

type Described = Omit<Product, "id" | "variants"> & { readonly price?: number };

function catalogueOf(...products: readonly Described[]) {
  return createCatalogue({
    products: products.map(({ price, ...product }, index) => ({
      ...product,
      id: `p${index}`,
      variants: [{ id: `v${index}`, prices: price === undefined ? {} : { default: price } }],
    })),
  });
}

describeModel(
  "content similarity",
  ({ productCount }, controls) => {
    const products = Array.from({ length: productCount }, (_, index) => ({
      title: `${index % 2 ? "odd" : "even"} thing`,
      category: [index % 2 ? "Odd" : "Even"],
      price: 1000 + index,
    }));
    return trainContent(catalogueOf(...products), { weights: { text: 0 }, ...controls });
  },
  loadContent,
);

describe("content similarity", () => {
  const shop = catalogueOf(
    { title: "Blue stoneware mug", category: ["Kitchen", "Mugs"], brand: "Kiln", price: 1200 },
    { title: "Green stoneware mug", category: ["Kitchen", "Mugs"], brand: "Kiln", price: 1300 },
    { title: "Steel kettle", category: ["Kitchen", "Kettles"], brand: "Boil", price: 4900 },
    { title: "Garden hose", category: ["Garden"], brand: "Flow", price: 2500 },
    { title: "Espresso mug", category: ["Kitchen", "Mugs"], brand: "Flow", price: 90_000 },
  );
  const likeTheFirst = async (catalogue: typeof shop, options?: ContentOptions) => [
    ...(await trainContent(catalogue, options)).recommend({ history: [0] }, 10).products,
  ];

  it("finds what is described alike first, and nothing that has nothing in common", async () => {
    expect(await likeTheFirst(shop)).toEqual([1, 4, 2]);
  });

  it("is 1 for twins and never above", async () => {
    const twin = { title: "Oak tray", description: "Made of oak", category: ["Home"], brand: "Holz", price: 900 };
    const attributes = { material: "oak" };
    const twins = catalogueOf({ ...twin, attributes }, { ...twin, attributes });
    const { scores } = (await trainContent(twins)).recommend({ history: [0] }, 1);
    expect(scores[0]).toBeCloseTo(1, 6);
  });

  it("prefers the closer price among equals", async () => {
    const bowl = { title: "Bowl", category: ["Kitchen"] };
    const bowls = catalogueOf({ ...bowl, price: 1000 }, { ...bowl, price: 9000 }, bowl, { ...bowl, price: 1100 });
    expect(await likeTheFirst(bowls)).toEqual([3, 1, 2]);
  });

  it("listens to the weights of the shop", async () => {
    const catalogue = catalogueOf(
      { title: "Lamp", brand: "Lux", attributes: { colour: ["red", "gold"] } },
      { title: "Chair", brand: "LUX" },
      { title: "Table", attributes: { Colour: "Red" } },
    );
    expect(await likeTheFirst(catalogue, { weights: { brand: 2, attributes: 0.1 } })).toEqual([1, 2]);
    expect(await likeTheFirst(catalogue, { weights: { brand: 0, attributes: 1 } })).toEqual([2]);
  });

  it("gives a rare word more weight than one that every title has", async () => {
    const titles = ["Handmade raku", "Handmade cup", "Raku bowl", "Handmade vase", "Handmade stand"];
    expect((await likeTheFirst(catalogueOf(...titles.map((title) => ({ title })))))[0]).toBe(2);
  });

  it("reads rare features first when it may not read all", async () => {
    const titles = ["mug zebra", ...Array.from({ length: 50 }, (_, i) => `mug ${i}`), "mug zebra"];
    const catalogue = catalogueOf(...titles.map((title) => ({ title })));
    expect((await likeTheFirst(catalogue, { readings: 3 }))[0]).toBe(51);
  });

  it("says which setting is wrong", async () => {
    await expect(trainContent(shop, { weights: { text: -1 } })).rejects.toThrow(InvalidOption);
    await expect(trainContent(shop, { readings: 0 })).rejects.toThrow(InvalidOption);
  });
});

describe("what two products have in common", () => {
  const shop = catalogueOf(
    { title: "Blue mug", category: ["Kitchen", "Mugs"], brand: "Kiln", attributes: { colour: ["blue", "white"] } },
    { title: "Big BLUE bowl", category: ["Kitchen", "Bowls"], brand: "KILN", attributes: { Colour: "White" } },
    { title: "Hose" },
  );

  it("is told in the words of the recommended one", () => {
    expect(matchedOn(shop, 0, 1)).toEqual({
      brand: "KILN",
      category: ["Kitchen"],
      attributes: [{ name: "Colour", value: "White" }],
      titleWords: ["blue"],
    });
  });

  it("may be nothing", () => {
    expect(matchedOn(shop, 0, 2)).toEqual({ attributes: [], titleWords: [] });
  });

  it("is not to be had of products that are not there", () => {
    expect(() => matchedOn(shop, 0, 3)).toThrow(InvalidInput);
  });
});

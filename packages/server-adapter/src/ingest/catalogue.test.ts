import { createCatalogue } from "@basketlift/engine/catalogue";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestServices, type TestServices } from "../../test/services.ts";
import { mug, placeShop, requestFacts, teapot } from "../../test/shop.ts";
import { markets, products } from "../database/schema.ts";
import { catalogueHandlers } from "./catalogue.ts";
import { loadCatalogue } from "./load-shop.ts";

let services: TestServices;
beforeAll(async () => void (services = await createTestServices()));
afterAll(() => services.close());
beforeEach(async () => {
  await services.database.db.delete(products);
  await services.database.db.delete(markets);
  await placeShop(services);
});

const none = { params: undefined, query: undefined, body: undefined };

async function send(...given: readonly unknown[]) {
  const body = { products: [...given] };
  return (await catalogueHandlers.upsertProducts({ ...none, body }, services, requestFacts())).results;
}
const list = async (query: { limit: number; cursor?: string; search?: string; ids?: string[] }) =>
  catalogueHandlers.listProducts({ ...none, query }, services, requestFacts());
const get = async (id: string) => catalogueHandlers.getProduct({ ...none, params: { id } }, services, requestFacts());
const catalogue = async () => createCatalogue(await loadCatalogue(services));

const tray = { id: "tray", title: "Tray", variants: [{ id: "tray", prices: { default: 2000 } }] };

describe("products in bulk", () => {
  it("are created, changed and left alone row by row, and the engine can load them", async () => {
    const results = await send(tray, { ...mug, title: "Red mug" }, teapot);
    expect(results.map(({ status }) => status)).toEqual(["created", "updated", "unchanged"]);
    const { products: loaded, markets: sold } = await catalogue();
    expect(loaded.map(({ title }) => title)).toEqual(["Red mug", "Teapot", "Tray"]);
    expect(sold[0].id).toBe("default");
  });

  it.each([
    ["no variant", { variants: [] }, "/variants"],
    [
      "a price in major units",
      { variants: [{ id: "tray", prices: { default: 19.99 } }] },
      "/variants/0/prices/default",
    ],
    ["a price in an unknown market", { variants: [{ id: "tray", prices: { moon: 1 } }] }, "/variants/0/prices"],
    ["another product's variant", { variants: [{ id: "mug-red", prices: {} }] }, "/variants/0/id"],
    ["the same variant twice", { variants: [tray.variants[0], tray.variants[0]] }, "/variants/1/id"],
    ["no title", { title: "" }, "/title"],
    ["an age that is none", { restrictions: { minimumAge: 17.5 } }, "/restrictions/minimumAge"],
    ["a country by its name", { restrictions: { countries: ["Germany"] } }, "/restrictions/countries/0"],
    ["no country to sell in", { restrictions: { countries: [] } }, "/restrictions/countries"],
    ["a character no database holds", { brand: "\u0000" }, "/"],
  ])("with %s are invalid by themselves, naming the field", async (_, change, pointer) => {
    const [bad, good] = await send(
      { ...tray, ...change },
      { ...tray, id: "tray-2", variants: [{ id: "t2", prices: {} }] },
    );
    expect(bad).toMatchObject({ id: "tray", status: "invalid" });
    expect(bad.detail).toMatch(new RegExp(`^${pointer}:`));
    expect(good.status).toBe("created");
    expect((await catalogue()).ids.all).not.toContain("tray");
  });

  it("may be limited by age and country, which the engine and the merchant see", async () => {
    const restrictions = { minimumAge: 18, countries: ["DE", "AT"], excludedCountries: ["CH"] };
    const variants = [{ id: "wine", prices: { default: 900 } }];
    const wine = { id: "wine", title: "Wine", restrictions, variants };
    expect((await send(wine)).map(({ status }) => status)).toEqual(["created"]);
    expect((await send(wine)).map(({ status }) => status)).toEqual(["unchanged"]);
    expect((await list({ limit: 1, ids: ["wine"] })).data).toEqual([wine]);
    const { products: loaded } = await catalogue();
    expect(loaded.find(({ id }) => id === "wine")?.restrictions).toEqual(restrictions);
  });

  it("may hand a variant from one product to another", async () => {
    const [blue, red] = mug.variants;
    const own = { ...tray, id: "red-mug", variants: [red] };
    expect((await send(own)).map(({ status }) => status)).toEqual(["invalid"]);
    expect((await send({ ...mug, variants: [blue] }, own)).map(({ status }) => status)).toEqual(["updated", "created"]);
    expect((await catalogue()).variantIds.all).toEqual(["mug-blue", "mug-red", "teapot"]);
  });

  it("sent at once never give a variant two owners", async () => {
    await Promise.all(["a", "b", "c"].map((id) => send({ ...tray, id, variants: [{ id: "shared", prices: {} }] })));
    expect((await catalogue()).ids.size).toBe(3);
  });
});

describe("the list of products", () => {
  it("runs by title, page by page, with all a merchant may know", async () => {
    await send(tray);
    const first = await list({ limit: 2 });
    expect(first.data).toEqual([mug, teapot]);
    expect(first.page.hasMore).toBe(true);
    const second = await list({ limit: 2, cursor: first.page.nextCursor ?? "" });
    expect(second.data.map(({ id }) => id)).toEqual(["tray"]);
    expect(second.page).toEqual({ hasMore: false, nextCursor: null });
  });

  it("is searched by title and id, in which % and _ mean themselves", async () => {
    await send({ ...tray, title: "100% linen_tray" });
    const found = async (search: string) => (await list({ limit: 10, search })).data.map(({ id }) => id);
    expect(await found("MUG")).toEqual(["mug"]);
    expect(await found("0% l")).toEqual(["tray"]);
    expect(await found("n_t")).toEqual(["tray"]);
    expect(await found("_")).toEqual(["tray"]);
  });

  it("is no search at all for blanks alone", async () => {
    expect((await list({ limit: 10, search: "  " })).data).toEqual([mug, teapot]);
  });

  it("is narrowed to some ids, unknown ones left out", async () => {
    await send(tray);
    const ids = ["tray", "yacht", "mug"];
    expect((await list({ limit: 10, ids })).data.map(({ id }) => id)).toEqual(["mug", "tray"]);
    expect((await list({ limit: 10, ids, search: "tr" })).data.map(({ id }) => id)).toEqual(["tray"]);
  });
});

describe("a search", () => {
  const titled = (...titles: readonly string[]) =>
    send(...titles.map((title, at) => ({ id: `p${at}`, title, variants: [{ id: `v${at}`, prices: {} }] })));
  const found = async (search: string, limit = 50) => (await list({ limit, search })).data.map(({ title }) => title);

  it("finds first what is named so, then what has such a word, then what has the letters inside", async () => {
    await titled("Steamer Pot", "Tall Tea Mug", "Round Stoneware Teapot", "Green Tea", "Théière", "Teal Ink");
    expect(await found("tea")).toEqual([
      "Green Tea",
      "Round Stoneware Teapot",
      "Teal Ink",
      "Teapot",
      "Tall Tea Mug",
      "Steamer Pot",
    ]);
    expect(await found("thé")).toEqual(["Théière"]);
  });

  it("takes words in any order, and finds every one of them", async () => {
    await titled("Round Stoneware Teapot", "Ribbed Stoneware Teapot", "Round Tray", "Glass Pot, round");
    expect(await found("teapot stone")).toEqual(["Ribbed Stoneware Teapot", "Round Stoneware Teapot"]);
    expect(await found("rou pot")).toEqual(["Glass Pot, round", "Round Stoneware Teapot"]);
  });

  it.each(["t & !(x", "a'b:*\\", "— …", "((", "🍵", "%", "<->"])("takes %s for letters", async (search) => {
    await titled("Steamer Pot");
    expect(await found(search)).toEqual([]);
  });

  it("goes on page by page through all kinds of matches, none twice and none left out", async () => {
    const titles = Array.from({ length: 30 }, (_, at) =>
      [`Teapot ${at}`, `Big Tea Mat ${at}`, `Steamer ${at}`].at(at % 3),
    );
    await titled(...titles.map(String));
    const all = await found("tea", 200);
    expect(all).toHaveLength(31);
    const paged: string[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const { data, page } = await list({ limit: 7, search: "tea", ...(cursor && { cursor }) });
      paged.push(...data.map(({ title }) => title));
      more = page.hasMore;
      cursor = page.nextCursor ?? undefined;
    }
    expect(paged).toEqual(all);
  });

  it("refuses the cursor of another list", async () => {
    const { page } = await list({ limit: 1 });
    await expect(list({ limit: 1, search: "tea", cursor: String(page.nextCursor) })).rejects.toMatchObject({
      code: "invalid-request",
    });
  });
});

describe("one product, for shoppers", () => {
  it("has a price and coarse stock, and neither cost nor numbers", async () => {
    const shown = await get("mug");
    expect(shown).toMatchObject({ price: 1250, currency: "EUR", availability: "low" });
    expect(shown.variants).toEqual([
      { variantId: "mug-blue", options: {}, price: 1250, inStock: true },
      { variantId: "mug-red", options: {}, price: 1150, inStock: false },
    ]);
    expect(JSON.stringify(shown)).not.toMatch(/cost|430|"stock"/);
  });

  it("is not there when it is hidden or unknown", async () => {
    await send({ ...teapot, active: false });
    await expect(get("teapot")).rejects.toMatchObject({ code: "not-found" });
    await expect(get("yacht")).rejects.toMatchObject({ code: "not-found" });
  });
});

import { describe, expect, it, vi } from "vitest";
import { createTitles, type TitleSource } from "./titles.ts";

/** A catalogue that has every product but `yacht`. */
function catalogue() {
  const asked: string[] = [];
  const product = (id: string) => ({ id, title: `Title of ${id}` });
  return {
    asked,
    listProducts: vi.fn<TitleSource["listProducts"]>(async ({ query: { ids } }) => {
      asked.push(ids);
      const there = ids.split(",").filter((id) => id !== "yacht");
      return { data: there.map(product) };
    }),
    getProduct: vi.fn<TitleSource["getProduct"]>(async ({ params: { id } }) => product(id)),
  };
}

describe("titles", () => {
  it("that are wanted together are asked for in one call, each once", async () => {
    const api = catalogue();
    const titles = createTitles(api);
    for (const id of ["mug", "tray", "mug"]) titles.want(id);
    expect(titles.titleOf("mug")).toBeUndefined();
    await vi.waitFor(() => expect(titles.titleOf("tray")).toBe("Title of tray"));
    titles.want("tray");
    await Promise.resolve();
    expect(api.asked).toEqual(["mug,tray"]);
  });

  it("are asked for a hundred at a time", async () => {
    const api = catalogue();
    const titles = createTitles(api);
    for (let index = 0; index < 250; index++) titles.want(`p${index}`);
    await vi.waitFor(() => expect(titles.titleOf("p249")).toBe("Title of p249"));
    expect(api.asked.map((ids) => ids.split(",").length)).toEqual([100, 100, 50]);
  });

  it("of products that are gone are their ids", async () => {
    const titles = createTitles(catalogue());
    titles.want("yacht");
    await vi.waitFor(() => expect(titles.titleOf("yacht")).toBe("yacht"));
  });

  it("are found for ids with a comma too", async () => {
    const titles = createTitles(catalogue());
    titles.want("a,b");
    await vi.waitFor(() => expect(titles.titleOf("a,b")).toBe("Title of a,b"));
  });

  it("are asked for again after a call that failed", async () => {
    const api = catalogue();
    api.listProducts.mockRejectedValueOnce(new Error("away"));
    const titles = createTitles(api);
    titles.want("mug");
    await vi.waitFor(() => expect(api.listProducts).toHaveBeenCalledOnce());
    await vi.waitFor(() => {
      titles.want("mug");
      expect(titles.titleOf("mug")).toBe("Title of mug");
    });
  });
});

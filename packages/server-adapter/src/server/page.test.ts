import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cursorAt, pageOf, placeAt } from "./page.ts";

describe("a cursor", () => {
  it("names the same place after its way through a URL", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.string().filter((id) => id.isWellFormed() && !id.includes("\0")),
        (time, id) => {
          const url = new URL(`https://shop.example/?cursor=${cursorAt([time, id])}`);
          expect(placeAt(url.searchParams.get("cursor") ?? "", ["number", "string"])).toEqual([time, id]);
        },
      ),
    );
  });

  it.each(["", "nonsense", cursorAt(["a"]), cursorAt(["a", "b"]), cursorAt([1, "b", "c"])])(
    "of another list is refused: %s",
    (cursor) => {
      expect(() => placeAt(cursor, ["number", "string"])).toThrow("does not belong to this list");
    },
  );
});

describe("a page", () => {
  it("says whether there are more rows and where they begin", () => {
    const all = ["a", "b", "c"];
    const first = pageOf(
      all,
      2,
      (id) => [id],
      (id) => ({ id }),
    );
    expect(first.data).toEqual([{ id: "a" }, { id: "b" }]);
    expect(first.page.hasMore).toBe(true);
    expect(placeAt(first.page.nextCursor ?? "", ["string"])).toEqual(["b"]);
    expect(
      pageOf(
        ["c"],
        2,
        (id) => [id],
        (id) => ({ id }),
      ).page,
    ).toEqual({ nextCursor: null, hasMore: false });
  });
});

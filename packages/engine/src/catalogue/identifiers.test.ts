import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createIdentifiers } from "./identifiers.ts";

describe("identifiers", () => {
  it("number ids by first sight and find them again", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (names) => {
        const ids = createIdentifiers();
        const indices = names.map((name) => ids.intern(name));
        const distinct = [...new Set(names)];
        expect(ids.all).toEqual(distinct);
        expect(ids.size).toBe(distinct.length);
        expect(indices).toEqual(names.map((name) => distinct.indexOf(name)));
        for (const [index, name] of distinct.entries()) {
          expect(ids.indexOf(name)).toBe(index);
          expect(ids.idOf(index)).toBe(name);
        }
      }),
    );
  });

  it("do not know what they were not told, names of object members included", () => {
    const ids = createIdentifiers(["mug"]);
    for (const stranger of ["teapot", "", "constructor", "__proto__"]) expect(ids.indexOf(stranger)).toBeUndefined();
    expect(ids.intern("__proto__")).toBe(1);
    expect(ids.indexOf("__proto__")).toBe(1);
  });
});

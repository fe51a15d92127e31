import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidFile, InvalidInput } from "../errors.ts";
import { decodeStrings, encodeStrings } from "./strings.ts";

describe("ids as columns", () => {
  it("come back as they were, whatever the script, empty ones and byte order marks included", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (strings) => {
        expect(decodeStrings(encodeStrings(strings))).toEqual(strings);
      }),
    );
    expect(decodeStrings(encodeStrings(["", "\uFEFFmug", "Tasse", "湯のみ", "☕️", ""]))).toEqual([
      "",
      "\uFEFFmug",
      "Tasse",
      "湯のみ",
      "☕️",
      "",
    ]);
  });

  it("are their UTF-8 bytes and where each begins", () => {
    expect(encodeStrings(["aé", "b"])).toEqual({
      bytes: Uint8Array.of(0x61, 0xc3, 0xa9, 0x62),
      offsets: Uint32Array.of(0, 3, 4),
    });
  });

  it("cannot hold half a character", () => {
    expect(() => encodeStrings(["mug", "\ud83d"])).toThrow(InvalidInput);
    expect(() => encodeStrings(["mug", "\ud83d"])).toThrow("strings[1] must be well-formed Unicode");
  });

  it.each([
    ["no offsets", [], "do not cover"],
    ["a first offset that is not zero", [1, 3], "do not cover"],
    ["offsets that end early", [0, 2], "do not cover"],
    ["offsets that end late", [0, 4], "do not cover"],
    ["offsets that go back", [0, 3, 1, 3], "String 1 ends before it begins"],
    ["a character cut in two", [0, 2, 3], "String 0 is not UTF-8"],
  ])("with %s are refused", (_, offsets, reason) => {
    const damaged = { bytes: Uint8Array.of(0x61, 0xc3, 0xa9), offsets: Uint32Array.from(offsets) };
    expect(() => decodeStrings(damaged)).toThrow(InvalidFile);
    expect(() => decodeStrings(damaged)).toThrow(reason);
  });
});

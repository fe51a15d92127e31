import { describe, expect, it } from "vitest";
import { wrapText } from "./wrap-text.ts";

describe("wrapped text", () => {
  it("breaks between words, indents what follows, and cuts what is longer than a line", () => {
    expect(wrapText("- one two three", 9, "  ")).toEqual(["- one two", "  three"]);
    expect(wrapText("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
  });
});

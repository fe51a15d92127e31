import { describe, expect, it } from "vitest";
import { fold, tokensOf } from "./tokens.ts";

describe("the words of a text", () => {
  it.each([
    ["Crème Brûlée-Dish", ["creme", "brulee", "dish"]],
    ["STRASSE Straße", ["strasse", "strasse"]],
    ["ΟΔΟΣ οδός", ["οδοσ", "οδοσ"]],
    ["ＭＵＧ mug", ["mug", "mug"]],
    ["500ml 1,5 l", ["500ml", "500", "ml", "1.5", "l"]],
    ["<p>Oak &amp; <b>steel</b></p>", ["oak", "amp", "steel"]],
    ["Чайник", ["чаиник"]],
    ["हिन्दी", ["हिन्दी"]],
    ["電気ケトル", ["電気", "気ケ", "ケト", "トル"]],
    ["한국어 컵", ["한국어", "컵"]],
    ["iPhoneケース", ["iphone", "ケー", "ース"]],
    ["", []],
    ["!? --", []],
  ])("of %j are %j", (text, words) => {
    expect(tokensOf(text)).toEqual(words);
  });

  it("are the same composed and decomposed", () => {
    expect(fold("caf\u00e9")).toBe(fold("cafe\u0301"));
  });
});

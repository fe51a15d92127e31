import { describe, expect, it } from "vitest";
import { detail, left, right, type Table } from "./section.ts";
import { textTable } from "./text-table.ts";

const pairs: Table = {
  caption: "Pairs",
  columns: [left("First"), left("Second"), right("Orders"), right("Times chance"), detail(right("Of the first's"))],
  rows: [
    ["English Breakfast Loose Tea", "Round Stoneware Teapot", "150", "3.96 (3.35 to 4.65)", "12.5%"],
    ["Mug", "Tray", "8", "2", "1%"],
  ],
};

describe("a table of text", () => {
  it("lines figures up on the right and texts on the left", () => {
    expect(textTable(pairs, 100)).toBe(
      [
        "First                        Second                  Orders         Times chance  Of the first's",
        "---------------------------  ----------------------  ------  -------------------  --------------",
        "English Breakfast Loose Tea  Round Stoneware Teapot     150  3.96 (3.35 to 4.65)           12.5%",
        "Mug                          Tray                         8                    2              1%",
      ].join("\n"),
    );
  });

  it("leaves details out before it crowds, then breaks texts between words and figures before their interval", () => {
    expect(textTable(pairs, 66)).toBe(
      [
        "First                 Second                Orders    Times chance",
        "--------------------  --------------------  ------  --------------",
        "English Breakfast     Round Stoneware          150            3.96",
        "Loose Tea             Teapot                        (3.35 to 4.65)",
        "Mug                   Tray                       8               2",
      ].join("\n"),
    );
  });

  it.each([60, 80, 100, 140])("of names as merchants write them keeps to %i columns and loses no word", (width) => {
    const name = "Cotton-Linen-Hemp Tea Towel, Indigo on Natural, 50 x 70 cm (TT-IND-5070)";
    const text = textTable({ ...pairs, rows: [[name, name, "1,234", "12.3 (10.2 to 14.6)", "44%"]] }, width);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
    for (const word of name.split(" ")) expect(text).toContain(word);
  });
});

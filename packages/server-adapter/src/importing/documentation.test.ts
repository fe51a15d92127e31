/** Holds docs/data.md to the tables that the import goes by. */
import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import type { FieldNames } from "./column-names.ts";
import { orderFieldNames, productFieldNames } from "./index.ts";
import { skipReasons } from "./skip-reasons.ts";

let page: string;
beforeAll(async () => {
  page = await readFile(new URL("../../../../docs/data.md", import.meta.url), "utf8");
});

/** The part of the page under a heading. */
const under = (heading: string): string => page.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";

describe("the page about data", () => {
  it.each<readonly [string, string, Readonly<Record<string, FieldNames>>]>([
    ["order", "Columns of the order file", orderFieldNames],
    ["product", "Columns of the product file", productFieldNames],
  ])("lists every column name of the %s file", (_, heading, fields) => {
    const rows = under(heading).split("\n");
    for (const [field, { names, only }] of Object.entries(fields)) {
      const row = rows.find((line) => line.startsWith(`| \`${field}\` |`));
      expect(row, field).toContain(`| ${[...names, ...(only?.names ?? [])].join(", ")} |`);
    }
  });

  it("names every reason for which rows are left out, and what to do", () => {
    const section = under("What is left out, and why");
    for (const { rows, advice = "-" } of Object.values(skipReasons))
      expect(section).toContain(`| ${rows} | ${advice} |`);
  });
});

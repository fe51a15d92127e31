/** Rows that were left out, by reason, with where the first ones stand in the file. */
import type { JSX } from "preact";
import { formatInteger } from "../../format/numbers.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { reasonInWords, type SkippedRows } from "./skipped.ts";

export function SkippedTable({ skipped }: { readonly skipped: readonly SkippedRows[] }): JSX.Element {
  return (
    <DataTable
      caption="Rows that were left out"
      rows={skipped}
      keyOf={({ reason }) => reason}
      sorting={{ header: "Rows", direction: "descending" }}
      columns={[
        { header: "Left out because", cell: ({ reason }) => reasonInWords(reason), sortBy: ({ reason }) => reason },
        { header: "Rows", numeric: true, cell: ({ count }) => formatInteger(count), sortBy: ({ count }) => count },
        {
          header: "Lines",
          cell: ({ lines, count }) => `${lines.join(", ")}${count > lines.length ? " and further" : ""}`,
        },
        { header: "For example", cell: ({ example }) => <code class="example">{example}</code> },
      ]}
    />
  );
}

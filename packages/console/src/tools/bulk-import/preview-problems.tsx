/** Rows of the beginning of a file that would be left out: by reason, and one by one with line and column. */
import type { JSX } from "preact";
import type { ImportPreview } from "../../api/contract.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { reasonInWords } from "./skipped.ts";

export function PreviewProblems({ preview: { problems, skipped } }: { readonly preview: ImportPreview }): JSX.Element {
  return (
    <>
      <ul class="report">
        {skipped.map(({ reason, words }) => (
          <li key={reason}>{words}</li>
        ))}
      </ul>
      <DataTable
        caption="Rows that would be left out"
        rows={problems}
        keyOf={({ line, reason }, place) => `${line} ${reason} ${place}`}
        pageSize={10}
        columns={[
          { header: "Line", numeric: true, cell: ({ line }) => line, sortBy: ({ line }) => line },
          { header: "Because", cell: ({ reason }) => reasonInWords(reason), sortBy: ({ reason }) => reason },
          { header: "Column", cell: ({ column }) => column ?? "The whole row", sortBy: ({ column }) => column ?? "" },
          { header: "Text", cell: ({ text }) => <code class="example">{text}</code> },
        ]}
      />
    </>
  );
}

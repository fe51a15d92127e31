/** The files that were imported, newest first. */
import type { JSX } from "preact";
import type { ImportAnswer } from "../../api/contract.ts";
import { formatShortTime } from "../../format/times.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { JobTag } from "../../parts/job-tag.tsx";
import { addressOf } from "../../routing/location.ts";

export interface ImportHistoryProps {
  readonly imports: readonly ImportAnswer[];
  readonly more: { readonly load: () => void; readonly loading: boolean } | undefined;
}

export function ImportHistory({ imports, more }: ImportHistoryProps): JSX.Element {
  return (
    <DataTable
      caption="Earlier imports"
      rows={imports}
      keyOf={({ id }) => id}
      pageSize={10}
      more={more}
      columns={[
        {
          header: "File",
          cell: ({ id, fileName }) => <a href={addressOf(`bulk-import/${encodeURIComponent(id)}`)}>{fileName}</a>,
          sortBy: ({ fileName }) => fileName,
        },
        {
          header: "Holds",
          cell: ({ kind }) => (kind === "orders" ? "Orders" : "Products"),
          sortBy: ({ kind }) => kind,
        },
        {
          header: "When",
          cell: ({ createdAt }) => <time dateTime={createdAt}>{formatShortTime(createdAt)}</time>,
          sortBy: ({ createdAt }) => Date.parse(createdAt),
        },
        { header: "State", cell: ({ status }) => <JobTag status={status} />, sortBy: ({ status }) => status },
        {
          header: "Came to",
          cell: ({ lines, error, undo }) => <span class="came-to">{error ?? undo.lines[0] ?? lines[0] ?? "–"}</span>,
        },
      ]}
    />
  );
}

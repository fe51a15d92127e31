/** The first rows of a file as they would be read, with what is wrong with them where it stands. */
import type { JSX } from "preact";
import type { ImportPreview } from "../../api/contract.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Tag } from "../../parts/tag.tsx";
import { reasonInWords } from "./skipped.ts";

const outcomes = {
  used: { name: "Read", tone: "good" },
  applied: { name: "Takes back", tone: "plain" },
  skipped: { name: "Left out", tone: "bad" },
} as const;

export function PreviewRows({ preview: { rows, fields, problems } }: { readonly preview: ImportPreview }): JSX.Element {
  const read = fields.filter(({ name }) => rows.some(({ values }) => values[name]));
  const problemAt = new Map(problems.map((problem) => [problem.line, problem]));
  return (
    <DataTable
      caption="First rows as they would be read"
      rows={rows}
      keyOf={({ line }, place) => `${line} ${place}`}
      pageSize={10}
      columns={[
        { header: "Line", numeric: true, cell: ({ line }) => line, sortBy: ({ line }) => line },
        {
          header: "Becomes",
          cell: ({ line, outcome }) => {
            const problem = problemAt.get(line);
            return (
              <>
                <Tag tone={outcomes[outcome].tone}>{outcomes[outcome].name}</Tag>
                {problem && <span class="preview__reason">{reasonInWords(problem.reason)}</span>}
              </>
            );
          },
          sortBy: ({ outcome }) => outcome,
        },
        ...read.map(({ name, label }) => ({
          header: label,
          cell: ({ line, values }: ImportPreview["rows"][number]) =>
            problemAt.get(line)?.field === name ? (
              <span class="preview__wrong">
                <Icon name="warning" /> {values[name] || "blank"}
              </span>
            ) : (
              (values[name] ?? "")
            ),
        })),
      ]}
    />
  );
}

/** The columns of a file: what stands in them, and what each is read as. */
import type { JSX } from "preact";
import type { ImportPreview } from "../../api/contract.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { fieldsOf, sureness } from "./mapping.ts";

export interface MappingTableProps {
  readonly preview: ImportPreview;
  /** @param field "" for none */
  readonly onChoose: (header: string, field: string) => void;
}

export function MappingTable({ preview: { columns, fields }, onChoose }: MappingTableProps): JSX.Element {
  return (
    <DataTable
      caption="Columns of the file"
      rows={columns}
      keyOf={({ header }, place) => `${place} ${header}`}
      pageSize={50}
      narrow="cards"
      columns={[
        { header: "Column", cell: ({ header }) => <span class="mapping__header">{header}</span> },
        {
          header: "For example",
          cell: ({ samples }) =>
            samples.length === 0 ? (
              <span class="quiet">Nothing</span>
            ) : (
              <ul class="mapping__samples">
                {samples.map((sample) => (
                  <li key={sample}>{sample}</li>
                ))}
              </ul>
            ),
          wide: true,
        },
        {
          header: "Is read as",
          cell: ({ header }) => {
            const [field] = fieldsOf(fields, header);
            return (
              <select
                class="input mapping__field"
                aria-label={`What ${header} is read as`}
                value={field?.name ?? ""}
                onChange={({ currentTarget }) => onChoose(header, currentTarget.value)}
              >
                <option value="">Not read</option>
                {fields.map(({ name, label }) => (
                  <option key={name} value={name}>
                    {label}
                  </option>
                ))}
              </select>
            );
          },
        },
        {
          header: "How sure",
          cell: ({ header }) => {
            const [field, ...also] = fieldsOf(fields, header);
            if (!field) return <span class="quiet">–</span>;
            const more = also.length > 0 ? `; also ${also.map(({ label }) => label).join(", ")}` : "";
            const isDoubtful = field.because === "values" || (field.confidence ?? 0) < 0.9;
            return <span class={isDoubtful ? "mapping__doubt" : "quiet"}>{`${sureness(field)}${more}`}</span>;
          },
          wide: true,
        },
      ]}
    />
  );
}

/**
 * A table that sorts, filters, pages and exports, scrolls sideways or turns into cards where there is little room, and can go
 * on loading.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Body } from "./data-table/body.tsx";
import { filterRows, nextSorting, sortRows, type Column, type Sorting } from "./data-table/column.ts";
import { csvOf, download, fileNameOf } from "./data-table/csv.ts";
import { Foot, type More } from "./data-table/foot.tsx";
import { HeaderCell } from "./data-table/header-cell.tsx";
import { Filter, SortChoice } from "./data-table/tools.tsx";

export type { Column, Field, FieldValue, Sorting } from "./data-table/column.ts";

export interface DataTableProps<Row> {
  /** Names the table for those who do not see it, and the file it is exported to. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string;
  readonly sorting?: Sorting;
  readonly pageSize?: number;
  /** Loads further rows from the server, where there are more. */
  readonly more?: More | undefined;
  /** What becomes of it on a phone: it scrolls sideways, or each row becomes a card. */
  readonly narrow?: "scroll" | "cards";
}

/** So many rows are taken in at a glance, without a filter. */
const fewRows = 8;

export function DataTable<Row>({ narrow = "scroll", ...props }: DataTableProps<Row>): JSX.Element {
  const { caption, columns, rows, keyOf, pageSize = 25, more } = props;
  const { sorting, setSorting, typed, setTyped, listed, first, setFirst } = useListed(props);
  const hasFilter = rows.length > fewRows || more !== undefined || typed !== "";
  const sortBy = (header: string): void => setSorting(nextSorting(sorting, header));
  return (
    <div class={`table table--${narrow}`}>
      <div class="table__tools">
        {hasFilter && <Filter caption={caption} value={typed} onChange={setTyped} />}
        {narrow === "cards" && <SortChoice columns={columns} sorting={sorting} onChange={setSorting} />}
      </div>
      <div class="table__scroll" role="group" aria-label={caption} tabIndex={0}>
        <table role="table">
          <caption class="visually-hidden">{caption}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {columns.map((column) => (
                <HeaderCell key={column.header} column={column} sorting={sorting} onSort={sortBy} />
              ))}
            </tr>
          </thead>
          <Body
            {...{ columns, keyOf, first }}
            rows={listed.slice(first, first + pageSize)}
            none={typed === "" ? "Nothing yet." : `Nothing matches “${typed}”.`}
          />
        </table>
      </div>
      <Foot
        {...{ first, pageSize, more, count: listed.length, onPage: setFirst }}
        onExport={() => listed.length > 0 && download(fileNameOf(caption), csvOf(listed, columns))}
      />
    </div>
  );
}

/** The rows as this person wants to see them, and where they are among them. */
function useListed<Row>({ rows, columns, sorting: initial, pageSize = 25 }: Omit<DataTableProps<Row>, "narrow">) {
  const [sorting, sort] = useState(initial);
  const [typed, type] = useState("");
  const [wanted, setFirst] = useState(0);
  const listed = sortRows(filterRows(rows, columns, typed), columns, sorting);
  const lastPage = Math.max(0, Math.ceil(listed.length / pageSize) - 1);
  const starting =
    <Value,>(change: (value: Value) => void) =>
    (value: Value): void => {
      setFirst(0);
      change(value);
    };
  return {
    sorting,
    typed,
    listed,
    first: Math.min(wanted, lastPage * pageSize),
    setFirst,
    // What is listed otherwise is read from its beginning.
    setSorting: starting(sort),
    setTyped: starting(type),
  };
}

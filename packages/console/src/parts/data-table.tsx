/** A table that sorts and pages, scrolls sideways where there is little room, and can go on loading. */
import type { ComponentChildren, JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { formatInteger } from "../format/numbers.ts";
import { Icon } from "./icon.tsx";

export interface Column<Row> {
  readonly header: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** What the column sorts by; without it, it does not. */
  readonly sortBy?: (row: Row) => number | string;
  /** Numbers stand at the end of their column, digits below digits. */
  readonly numeric?: boolean;
}

export interface Sorting {
  readonly header: string;
  readonly direction: "ascending" | "descending";
}

export interface DataTableProps<Row> {
  /** Names the table for those who do not see it. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string;
  readonly sorting?: Sorting;
  readonly pageSize?: number;
  /** Loads further rows from the server, where there are more. */
  readonly more?: { readonly load: () => void; readonly loading: boolean } | undefined;
}

export function DataTable<Row>({
  caption,
  columns,
  rows,
  keyOf,
  sorting: initial,
  pageSize = 25,
  more,
}: DataTableProps<Row>): JSX.Element {
  const [sorting, setSorting] = useState(initial);
  const [page, setPage] = useState(0);
  const sorted = useMemo(() => sort(rows, columns, sorting), [rows, columns, sorting]);
  const pages = Math.max(1, Math.ceil(sorted.length / pageSize));
  const first = Math.min(page, pages - 1) * pageSize;
  const shown = sorted.slice(first, first + pageSize);

  const sortBy = (header: string): void => {
    setPage(0);
    setSorting(next(sorting, header));
  };

  return (
    <div class="table">
      <div class="table__scroll" role="group" aria-label={caption} tabIndex={0}>
        <table>
          <caption class="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <HeaderCell key={column.header} column={column} sorting={sorting} onSort={sortBy} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <tr key={keyOf(row, first + index)}>
                {columns.map((column, place) => (
                  <Cell key={column.header} column={column} row={row} isFirst={place === 0} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {(pages > 1 || more) && (
        <div class="table__foot">
          <span class="quiet">
            {formatInteger(first + 1)}–{formatInteger(first + shown.length)} of {formatInteger(sorted.length)}
            {more ? " loaded" : ""}
          </span>
          <span class="table__pages">
            {pages > 1 && (
              <>
                <PageButton label="Previous page" icon="left" enabled={first > 0} go={() => setPage(page - 1)} />
                <PageButton
                  label="Next page"
                  icon="right"
                  enabled={first + pageSize < sorted.length}
                  go={() => setPage(Math.min(page, pages - 1) + 1)}
                />
              </>
            )}
            {more && (
              <button type="button" class="button button--quiet" aria-disabled={more.loading} onClick={more.load}>
                {more.loading ? "Loading" : "Load more"}
              </button>
            )}
          </span>
        </div>
      )}
    </div>
  );
}

interface HeaderCellProps<Row> {
  readonly column: Column<Row>;
  readonly sorting: Sorting | undefined;
  readonly onSort: (header: string) => void;
}

function HeaderCell<Row>({ column, sorting, onSort }: HeaderCellProps<Row>): JSX.Element {
  const { header, numeric, sortBy } = column;
  const direction = sorting?.header === header ? sorting.direction : undefined;
  return (
    <th scope="col" class={numeric ? "number" : undefined} aria-sort={sortBy ? (direction ?? "none") : undefined}>
      {sortBy ? (
        <button type="button" class="table__sort" onClick={() => onSort(header)}>
          {header}
          <span class="table__direction" data-direction={direction}>
            <Icon name={direction === "ascending" ? "up" : "down"} />
          </span>
        </button>
      ) : (
        header
      )}
    </th>
  );
}

interface CellProps<Row> {
  readonly column: Column<Row>;
  readonly row: Row;
  readonly isFirst: boolean;
}

/** The first column names the row. */
function Cell<Row>({ column: { cell, numeric }, row, isFirst }: CellProps<Row>): JSX.Element {
  const className = numeric ? "number" : undefined;
  return isFirst ? (
    <th scope="row" class={className}>
      {cell(row)}
    </th>
  ) : (
    <td class={className}>{cell(row)}</td>
  );
}

interface PageButtonProps {
  readonly label: string;
  readonly icon: "left" | "right";
  readonly enabled: boolean;
  readonly go: () => void;
}

function PageButton({ label, icon, enabled, go }: PageButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class="button button--quiet button--icon"
      aria-label={label}
      aria-disabled={!enabled}
      onClick={() => enabled && go()}
    >
      <Icon name={icon} />
    </button>
  );
}

/** Largest first, then smallest first, then as it came. */
function next(sorting: Sorting | undefined, header: string): Sorting | undefined {
  if (sorting?.header !== header) return { header, direction: "descending" };
  return sorting.direction === "descending" ? { header, direction: "ascending" } : undefined;
}

function sort<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | undefined,
): readonly Row[] {
  const sortBy = columns.find(({ header }) => header === sorting?.header)?.sortBy;
  if (!sorting || !sortBy) return rows;
  const sign = sorting.direction === "ascending" ? 1 : -1;
  return rows.toSorted((a, b) => sign * compare(sortBy(a), sortBy(b)));
}

function compare(a: number | string, b: number | string): number {
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
}

/** The head of a column, which sorts by it. */
import type { JSX } from "preact";
import { Icon } from "../icon.tsx";
import type { Column, Sorting } from "./column.ts";

export interface HeaderCellProps<Row> {
  readonly column: Column<Row>;
  readonly sorting: Sorting | undefined;
  readonly onSort: (header: string) => void;
}

export function HeaderCell<Row>({ column, sorting, onSort }: HeaderCellProps<Row>): JSX.Element {
  const { header, numeric, sortBy } = column;
  const direction = sorting?.header === header ? sorting.direction : undefined;
  return (
    <th
      scope="col"
      role="columnheader"
      class={numeric ? "number" : undefined}
      aria-sort={sortBy ? (direction ?? "none") : undefined}
    >
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

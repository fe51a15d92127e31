/**
 * The rows of a table. Roles are told outright: drawn as cards, they are no table's to the browser any more, and stay one to
 * those who hear them.
 */
import type { JSX } from "preact";
import type { Column } from "./column.ts";

export interface BodyProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string;
  /** Index of the first row that is shown. */
  readonly first: number;
  /** Said in place of rows. */
  readonly none: string;
}

export function Body<Row>({ columns, rows, keyOf, first, none }: BodyProps<Row>): JSX.Element {
  return (
    <tbody role="rowgroup">
      {rows.map((row, index) => (
        <tr key={keyOf(row, first + index)} role="row">
          {columns.map((column, place) => (
            <Cell key={column.header} column={column} row={row} isFirst={place === 0} />
          ))}
        </tr>
      ))}
      {rows.length === 0 && (
        <tr role="row">
          <td role="cell" class="table__none quiet" colSpan={columns.length}>
            {none}
          </td>
        </tr>
      )}
    </tbody>
  );
}

interface CellProps<Row> {
  readonly column: Column<Row>;
  readonly row: Row;
  readonly isFirst: boolean;
}

/** The first column names the row. */
function Cell<Row>({ column: { header, cell, numeric, wide, fields }, row, isFirst }: CellProps<Row>): JSX.Element {
  const isData = fields?.length !== 0;
  const className = [numeric && "number", wide && "wide"].filter(Boolean).join(" ") || undefined;
  return isFirst ? (
    <th scope="row" role="rowheader" class={className}>
      {cell(row)}
    </th>
  ) : (
    <td role="cell" class={className} data-header={isData ? header : undefined}>
      {cell(row)}
    </td>
  );
}

/** A table's column of products: shown, sorted and filtered by title, exported with id and title. */
import { useEffect } from "preact/hooks";
import { useConsole } from "../console.ts";
import type { Column } from "./data-table.tsx";
import { ProductName } from "./product-name.tsx";

/**
 * Asks for the titles of all rows, those on later pages too.
 * @example
 * const product = useProductColumn(rules, "Product", ({ productA }) => productA);
 */
export function useProductColumn<Row>(rows: readonly Row[], header: string, idOf: (row: Row) => string): Column<Row> {
  const { titles } = useConsole();
  useEffect(() => {
    for (const row of rows) titles.want(idOf(row));
  }, [rows]);
  return {
    header,
    cell: (row) => <ProductName id={idOf(row)} />,
    sortBy: (row) => titles.titleOf(idOf(row)) ?? idOf(row),
    fields: [
      { name: header, value: (row) => titles.titleOf(idOf(row)) ?? idOf(row) },
      { name: `${header} id`, value: idOf },
    ],
    wide: true,
  };
}

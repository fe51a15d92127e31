/** Imports files that are written down in the test. */
import { type ImportedShop, importShop, type ImportShopOptions } from "../src/importing/index.ts";
import { temporaryFile } from "./temporary-file.ts";

/** The day on which tests import. */
export const now = new Date("2024-06-30T12:00:00Z");

export interface ImportTextOptions extends Partial<Omit<ImportShopOptions, "orders" | "products">> {
  /** Content of the products file. */
  readonly products?: string;
}

export async function importText(
  orders: string | Uint8Array,
  { products, ...options }: ImportTextOptions = {},
): Promise<ImportedShop> {
  return importShop({
    now,
    ...options,
    orders: await temporaryFile(orders),
    ...(products !== undefined && { products: await temporaryFile(products, "products.csv") }),
  });
}

/** A line of an imported history, in words. */
export interface LineInWords {
  readonly order: string;
  readonly product: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly discount: number;
  readonly returned: number;
  readonly refunded: number;
  readonly cancelled: boolean;
}

/** All lines of a shop, oldest order first. */
export function linesOf({ history, catalogue }: ImportedShop): LineInWords[] {
  return history.orderIds.flatMap((order, index) => {
    const lines: LineInWords[] = [];
    for (let line = history.lineOffsets[index]; line < history.lineOffsets[index + 1]; line++) {
      lines.push({
        order,
        product: catalogue.ids.idOf(history.lineProduct[line]),
        quantity: history.lineQuantity[line],
        unitPrice: history.lineUnitPrice[line],
        discount: history.lineDiscount[line],
        returned: history.lineReturnedQuantity[line],
        refunded: history.lineRefunded[line],
        cancelled: (history.lineFlags[line] & 1) !== 0,
      });
    }
    return lines;
  });
}

/** Rows left out by reason. */
export function skippedOf({ report }: ImportedShop): Record<string, number> {
  return Object.fromEntries(report.skipped.map(({ reason, count }) => [reason, count]));
}

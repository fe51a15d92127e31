/** What the steps of an import hand to the report. */
import type { Catalogue } from "@basketlift/engine/catalogue";
import type { OrderHistory } from "@basketlift/engine/history";
import type { OrderField } from "./order-column-names.ts";
import type { ProductField } from "./product-column-names.ts";
import type { OrderLines } from "./order-lines.ts";
import type { OrderRows } from "./order-rows.ts";
import type { ProductCodes } from "./product-codes.ts";
import type { ReturnsReport } from "./report.ts";
import type { StagedFile } from "./stage-file.ts";
import type { Titles } from "./titles.ts";

/** All that an import has found out. */
export interface ImportFindings {
  readonly orderFile: StagedFile<OrderField>;
  readonly productFile: StagedFile<ProductField> | undefined;
  readonly rows: OrderRows;
  readonly lines: OrderLines;
  readonly codes: ProductCodes;
  readonly titles: Titles;
  readonly isPseudo: readonly boolean[];
  readonly repeated: Uint8Array;
  readonly returns: ReturnsReport;
  readonly status: { readonly cancelledOrders: number; readonly refundedOrders: number };
  readonly catalogue: Catalogue;
  /** Products of the products file. */
  readonly listed: number;
  readonly history: OrderHistory;
}

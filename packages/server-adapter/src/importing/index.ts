export { orderFieldNames } from "./order-column-names.ts";
export type { OrderField } from "./order-column-names.ts";
export { productFieldNames } from "./product-column-names.ts";
export type { ProductField } from "./product-column-names.ts";
export type { ColumnOverrides } from "./columns.ts";
export type { DateOrder } from "./date-order.ts";
export { ImportError } from "./errors.ts";
export type { ImportErrorCode } from "./errors.ts";
export { countsIn } from "./counts.ts";
export type { Counts } from "./counts.ts";
export { explainReport } from "./explain-report.ts";
export { skippedInWords } from "./skip-reasons.ts";
export { importShop } from "./import-shop.ts";
export type { ImportedShop, ImportShopOptions } from "./import-shop.ts";
export { importProducts } from "./product-file.ts";
export type { ImportProductsOptions } from "./product-file.ts";
export type { PseudoProductOptions } from "./pseudo-products.ts";
export type {
  CurrencyReport,
  FileReport,
  ImportReport,
  ImportWarning,
  ReturnsReport,
  SeenInOrders,
  SkippedRows,
  SkipReason,
} from "./report.ts";
export { csvLine } from "./csv-line.ts";
export { orderLinesAsCsv, productsAsCsv, writeOrdersCsv, writeProductsCsv } from "./write-orders.ts";
export type { FileHead } from "./file-head.ts";
export { previewOrders, previewProducts } from "./preview/index.ts";
export type { FilePreview } from "./preview/index.ts";

export { previewOrders } from "./preview-orders.ts";
export { previewProducts } from "./preview-products.ts";
export type { FilePreview, PreviewedRow, RowProblem } from "./preview.ts";

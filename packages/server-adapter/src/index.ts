/** `@basketlift/server-adapter`: what the command line is made of, for hosts that do the same in process. */
export { auditShop } from "./audit-report/audit-shop.ts";
export type { AuditShopOptions } from "./audit-report/audit-shop.ts";
export { auditHtml } from "./audit-report/html.ts";
export { auditText } from "./audit-report/text.ts";
export type { AuditTextOptions } from "./audit-report/text.ts";
export {
  explainReport,
  ImportError,
  importShop,
  orderLinesAsCsv,
  productsAsCsv,
  writeOrdersCsv,
  writeProductsCsv,
} from "./importing/index.ts";
export type { ImportedShop, ImportReport, ImportShopOptions } from "./importing/index.ts";
export { createPageApp, startPageServer } from "./page-server/page-server.ts";
export type { PageServer, PageServerOptions, PageShop } from "./page-server/page-server.ts";
export { signShopperToken, verifyShopperToken } from "./server/shopper-token.ts";
export type { ShopperTokenOptions } from "./server/shopper-token.ts";
export { readEngineDirectory, readManifest, writeEngineDirectory } from "./storage/engine-directory.ts";
export { UnwritablePlace } from "./storage/unwritable.ts";
export type { EngineManifest } from "./storage/engine-directory.ts";

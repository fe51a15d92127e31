/** What every import of a file is given, and what it tells in the end. */
import type { TrainingControls } from "@basketlift/engine/models";
import type { ImportShopOptions } from "../importing/index.ts";
import type { Services } from "../server/services.ts";
import type { ImportLog } from "./undo/import-log.ts";

export type ImportKind = "orders" | "products";

/** What a file's owner says of it that the file does not. */
export type FileSettings = Pick<
  ImportShopOptions,
  "currency" | "timeZone" | "market" | "columns" | "productColumns" | "dateOrder" | "repeatedRows" | "pseudoProducts"
>;

export interface FileImport {
  readonly services: Pick<Services, "database" | "now">;
  /** Of the import. */
  readonly id: string;
  /** Where the file lies. */
  readonly path: string;
  /** What its owner calls it. */
  readonly fileName: string;
  readonly settings: FileSettings;
  readonly controls: TrainingControls;
  /** Notes what it does, so that it can be taken back. */
  readonly log: ImportLog;
}

/** In words, and as data. */
export interface ImportOutcome {
  readonly lines: readonly string[];
  readonly report: object;
}

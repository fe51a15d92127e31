/** What every import of a file is given, and what it tells in the end. */
import type { TrainingControls } from "@basketlift/engine/models";
import type { Services } from "../server/services.ts";

export interface FileImport {
  readonly services: Pick<Services, "database" | "now">;
  /** Of the import. */
  readonly id: string;
  /** Where the file lies. */
  readonly path: string;
  /** What its owner calls it. */
  readonly fileName: string;
  readonly options: Readonly<Record<string, string>>;
  readonly controls: TrainingControls;
}

/** In words, and as data. */
export interface ImportOutcome {
  readonly lines: readonly string[];
  readonly report: unknown;
}

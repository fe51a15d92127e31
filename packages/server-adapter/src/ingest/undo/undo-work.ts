/** What the parts of an undo share. */
import type { Services } from "../../server/services.ts";

/** Where the work of one undo goes on. */
export interface UndoWork {
  readonly services: Pick<Services, "database" | "now">;
  readonly importId: string;
  /**
   * Lets others have their turn, tells how far it is, and hears an abort.
   * @param workedOff changes that were dealt with since the last rest
   */
  rest(workedOff: number): Promise<void>;
}

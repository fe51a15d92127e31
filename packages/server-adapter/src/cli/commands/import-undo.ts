/** `basketlift import --undo ID`: takes an import back, and trains the engine without it. */
import { eq } from "drizzle-orm";
import { imports } from "../../database/schema.ts";
import { explainUndo, whyNotUndoable } from "../../ingest/undo/undo-answer.ts";
import { markUndoing } from "../../ingest/undo/request-undo.ts";
import { hasChanged, takeBack } from "../../ingest/undo/take-back.ts";
import { TrainingError } from "../../serving/training.ts";
import type { CommandInput } from "../command.ts";
import { exitCode, InputError } from "../exit.ts";
import { pathOf, requireShop, withShop } from "../shop-database.ts";
import { trainShop } from "../shop-training.ts";

/**
 * Cut off anywhere, the same command goes on with it.
 * @returns the exit code
 * @throws InputError when there is no such import, or it cannot be taken back
 */
export async function undoImport(id: string, { options, terminal, signal }: CommandInput): Promise<number> {
  const path = pathOf(options);
  await requireShop(path);
  return withShop(path, async (database) => {
    const [row] = await database.db.select().from(imports).where(eq(imports.id, id));
    if (row === undefined) throw new InputError(`There is no import ${id}.`);
    const whyNot = whyNotUndoable(row, Date.now());
    if (whyNot !== undefined) throw new InputError(`${row.fileName}: ${whyNot}`);
    const controls = { signal, onProgress: terminal.onProgress };
    if (row.status !== "undoing") await markUndoing({ database }, row);
    const undo = await takeBack({ database, now: Date.now }, id, controls);
    const lines = undo === undefined ? [] : explainUndo(undo);
    terminal.print([`${row.fileName} was taken back.`, ...lines.map((line) => `  ${line}`)].join("\n"));
    if (options.flag("no-train") || !hasChanged(undo)) return exitCode.done;
    try {
      await trainShop(database, controls);
      terminal.print("The engine is trained without it. The next start serves it.");
    } catch (error) {
      if (!(error instanceof TrainingError)) throw error;
      terminal.print(`The engine could not be trained without it: ${error.message}`);
    }
    return exitCode.done;
  });
}

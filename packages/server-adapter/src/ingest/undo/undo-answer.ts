/** What is told of taking an import back: until when it can be, why it cannot, and what it came to. */
import type { imports, StoredUndo, UndoCounts } from "../../database/schema.ts";
import { countsIn } from "../../importing/index.ts";
import { undoDays } from "./import-log.ts";

type Row = Pick<typeof imports.$inferSelect, "status" | "createdAt" | "undoUntil" | "undoBytes" | "undo">;

const day = 86_400_000;
const canBeStopped = new Set(["queued", "running", "undoing"]);

/**
 * @param now milliseconds since 1970, UTC
 * @returns undefined when it can be taken back
 */
export function whyNotUndoable({ status, createdAt, undoUntil, undoBytes }: Row, now: number): string | undefined {
  if (status === "undone") return "It was taken back.";
  if (undoUntil === null && now - createdAt.getTime() < undoDays * day) {
    return "It changed more than is kept for taking imports back.";
  }
  if (undoUntil === null || undoUntil.getTime() < now) return `Imports can be taken back for ${undoDays} days.`;
  return undoBytes > 0 || canBeStopped.has(status) ? undefined : "It changed nothing.";
}

/** As the API tells of it. */
export function undoAnswer(row: Row, now: number) {
  const whyNot = whyNotUndoable(row, now);
  return {
    until: whyNot === undefined ? (row.undoUntil?.toISOString() ?? null) : null,
    whyNot: whyNot ?? null,
    orders: row.undo?.orders ?? null,
    products: row.undo?.products ?? null,
    lines: row.undo === null ? [] : explainUndo(row.undo),
  };
}

/** What an undo came to, in words. */
export function explainUndo({ orders, products }: StoredUndo): string[] {
  return [
    ...explainCounts("Orders", orders, "left, for something newer changed or confirmed them"),
    ...explainCounts("Products", products, "left, for orders name them, or something newer changed or confirmed them"),
  ];
}

function explainCounts(name: string, { removed, restored, kept }: UndoCounts, whyKept: string): string[] {
  if (removed + restored + kept === 0) return [];
  const { number } = countsIn("en");
  const parts = [`${number(removed)} removed`, `${number(restored)} as they were before`];
  return [`${name}: ${[...parts, ...(kept > 0 ? [`${number(kept)} ${whyKept}`] : [])].join(", ")}.`];
}

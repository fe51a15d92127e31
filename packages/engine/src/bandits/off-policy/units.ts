/** Rows that hang together, such as those of one visitor: they are drawn, and left out, together. */
import type { DecisionLog } from "./decision-log.ts";

export interface Units {
  /** Number of the unit of each row, from 0 in the order of their first row. */
  readonly unitOfRow: Uint32Array;
  readonly units: number;
}

/** @returns each row by itself where the log has no units */
export function numberUnits({ action, unit }: Pick<DecisionLog, "action" | "unit">): Units {
  if (!unit) return { unitOfRow: Uint32Array.from({ length: action.length }, (_, row) => row), units: action.length };
  const numbers = new Map<number, number>();
  const unitOfRow = Uint32Array.from(unit, (name) => {
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  return { unitOfRow, units: numbers.size };
}

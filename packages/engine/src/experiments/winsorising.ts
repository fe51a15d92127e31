/**
 * One order for a whole company can decide a month. Winsorised revenue counts each visitor up to a cap, the same in all
 * arms: the figure is a little too low and much surer. The cap belongs to the report; what was cut off is said beside it.
 */
import { InvalidInput, requireNumber } from "../errors.ts";
import { quantileOf } from "../statistics/index.ts";

export interface WinsoriseOptions {
  /** Share of the values that stay as they are: 0.99 cuts the largest hundredth. */
  readonly percentile?: number;
  /** Whether the percentile is that of values above zero: among visitors, of whom most buy nothing, it should be. */
  readonly ofBuyersOnly?: boolean;
}

/** Columns whose values end at the cap. */
export interface Winsorised {
  readonly columns: readonly Float64Array[];
  /** Undefined where there is nothing to take it from: nobody bought. */
  readonly cap: number | undefined;
  /** How many values were above it, by column. */
  readonly capped: readonly number[];
}

/**
 * @param columns the same metric in each arm, one value a unit; the cap is taken from all of them together, since caps of
 * their own would hide a difference in large orders
 * @throws InvalidInput when a value is no finite number; InvalidOption when `percentile` is not in [0, 1]
 * @example
 * const { columns: [holdout, treatment], cap } = winsorise([revenueOfHoldout, revenueOfTreatment]);
 */
export function winsorise(
  columns: readonly ArrayLike<number>[],
  { percentile = 0.99, ofBuyersOnly = true }: WinsoriseOptions = {},
): Winsorised {
  requireNumber("percentile", percentile, 0, 1);
  const copies = columns.map((column, index) => checkedCopy(column, `columns[${index}]`));
  const pooled = copies.flatMap((column) => Array.from(ofBuyersOnly ? column.filter((value) => value > 0) : column));
  if (pooled.length === 0) return { columns: copies, cap: undefined, capped: copies.map(() => 0) };
  const cap = quantileOf(pooled, percentile);
  const capped = copies.map((column) => column.reduce((count, value) => count + Number(value > cap), 0));
  return { columns: copies.map((column) => column.map((value) => Math.min(value, cap))), cap, capped };
}

function checkedCopy(column: ArrayLike<number>, path: string): Float64Array {
  const copy = Float64Array.from(column);
  const wrong = copy.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) throw new InvalidInput(`${path}[${wrong}]`, copy[wrong], "a finite number");
  return copy;
}

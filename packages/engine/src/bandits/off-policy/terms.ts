/** The common form of all estimators: what each row adds to which sum, so that resampling needs the sums only. */

/**
 * An estimate is mean(base) + sum(correction) / sum(divisor); a part that is left out is 0, a divisor 1 a row. Where the
 * divisor adds up to nothing, nothing was weighed and nothing is corrected: SNIPS says 0, as IPS does, and SNDR what DM says.
 */
export interface Terms {
  readonly base?: Float64Array;
  readonly correction?: Float64Array;
  readonly divisor?: Float64Array;
}

/**
 * @example
 * valueOf({ correction: Float64Array.of(1, 0), divisor: Float64Array.of(2, 3) }); // 0.2
 */
export function valueOf({ base, correction, divisor }: Terms): number {
  const rows = base?.length ?? correction?.length ?? 0;
  return sumOf(base) / rows + shareOf(sumOf(correction), divisor ? sumOf(divisor) : rows);
}

/** Of nothing, 0. */
export function shareOf(sum: number, divisor: number): number {
  return divisor === 0 ? 0 : sum / divisor;
}

/** What each row says by itself: the estimate is their mean. Undefined where a divisor ties the rows together. */
export function rowEstimates({ base, correction, divisor }: Terms): Float64Array | undefined {
  if (divisor) return undefined;
  if (!base || !correction) return base ?? correction;
  return base.map((own, row) => own + correction[row]);
}

function sumOf(column?: Float64Array): number {
  let sum = 0;
  if (column) for (const value of column) sum += value;
  return sum;
}

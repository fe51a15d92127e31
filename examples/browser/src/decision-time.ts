/**
 * How long one decision takes in this browser. A page's clock is coarse (100 microseconds in Chromium) and one
 * decision shorter, so batches are timed and each one divided by its size; the median batch speaks.
 */

export interface DecisionTime {
  /** Of one decision. */
  readonly microseconds: number;
  readonly batches: number;
  readonly decisionsPerBatch: number;
}

/** Long against the clock's step, short enough that the page answers in between. */
const batchMilliseconds = 8;

/** What runs for the first time is compiled first, and would be timed with it. */
const warmUpMilliseconds = 30;

/**
 * @param decide one decision
 * @param signal ends the measurement, for example because the page moved on
 * @returns undefined when it was ended
 */
export async function measureDecision(
  decide: () => unknown,
  signal: AbortSignal,
  batches = 25,
): Promise<DecisionTime | undefined> {
  await idle();
  const size = batchSize(decide);
  const times: number[] = [];
  while (times.length < batches) {
    await idle();
    if (signal.aborted) return undefined;
    times.push(timeBatch(decide, size));
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(batches / 2)];
  return { microseconds: (median / size) * 1000, batches, decisionsPerBatch: size };
}

/** As many decisions as fill a batch, judged by how many the warm-up made. */
function batchSize(decide: () => unknown): number {
  const end = performance.now() + warmUpMilliseconds;
  let decisions = 0;
  while (performance.now() < end) {
    decide();
    decisions++;
  }
  return Math.ceil((decisions * batchMilliseconds) / warmUpMilliseconds);
}

/** A pause before every batch: clicks and keys come first. */
const idle = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));

/** @returns milliseconds */
function timeBatch(decide: () => unknown, size: number): number {
  const start = performance.now();
  for (let i = 0; i < size; i++) decide();
  return performance.now() - start;
}

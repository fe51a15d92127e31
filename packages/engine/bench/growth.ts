/** How the cost of work grows with its size: measured at some sizes, told as an exponent. */

export interface GrowthPoint {
  readonly size: number;
  readonly cost: number;
}

/** Slope of the line through the logs of cost and size, by least squares: 1 is in proportion. */
export function growthExponent(points: readonly GrowthPoint[]): number {
  const x = points.map(({ size }) => Math.log(size));
  const y = points.map(({ cost }) => Math.log(cost));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const covariance = mean(x.map((value, i) => (value - mean(x)) * (y[i] - mean(y))));
  return covariance / mean(x.map((value) => (value - mean(x)) ** 2));
}

export const timingConditions =
  "Seconds, the middle one of three runs: processor time of the whole process, and the clock with whatever else the machine had to do.";

/** @returns what the last run gave; middle CPU and clock times in seconds */
export const timeThrice = <Result>(work: () => Promise<Result>): Promise<Timed<Result>> => timeRuns(work, 3);

interface Timed<Result> {
  readonly result: Result;
  readonly times: readonly [cpu: string, clock: string];
}

/** The same of any number of runs. */
export async function timeRuns<Result>(work: () => Promise<Result>, runs: number): Promise<Timed<Result>> {
  const processor: number[] = [];
  const clock: number[] = [];
  let result = await timed();
  for (let run = 1; run < runs; run++) result = await timed();
  return { result, times: [middle(processor).toFixed(3), middle(clock).toFixed(3)] };

  async function timed(): Promise<Result> {
    const before = process.cpuUsage();
    const began = performance.now();
    const answer = await work();
    clock.push((performance.now() - began) / 1000);
    const { user, system } = process.cpuUsage(before);
    processor.push((user + system) / 1e6);
    return answer;
  }
}

function middle(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

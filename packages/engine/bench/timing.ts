/** Takes the time of many calls: by the processor on average, which says more on a shared machine, and by the clock. */

/**
 * @param call takes its own number, from 0
 * @returns the cells of `timingColumns`, in whole microseconds
 */
export function timeCalls(call: (round: number) => void, rounds: number): string[] {
  const times = new Float64Array(rounds);
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    call(round);
    times[round] = (performance.now() - began) * 1000;
  }
  const { user, system } = process.cpuUsage(before);
  const mean = times.reduce((sum, time) => sum + time, 0) / rounds;
  times.sort();
  return [(user + system) / rounds, mean, quantile(times, 0.5), quantile(times, 0.99)].map((time) => time.toFixed(0));
}

export const timingColumns: readonly string[] = ["CPU, mean", "clock, mean", "p50", "p99"];

/** How to read the columns. */
export const timingNote =
  "Microseconds. CPU is the processor time of the whole process, garbage collection and compilation included; the other columns are by the clock, with whatever else the machine had to do.";

/** The value below which a share of a sorted column lies. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

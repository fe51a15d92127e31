/** Takes the time of many calls: by the clock each, and by the processor all together, which no neighbour disturbs. */

export interface Timing {
  /** Microseconds of each call, ascending. */
  readonly times: Float64Array;
  /** Microseconds a call by the clock. */
  readonly mean: number;
  /** Microseconds of processor time a call, of all threads of the process. */
  readonly meanCpu: number;
}

/** @param call takes its own number, from 0 */
export function timeCalls(call: (round: number) => void, rounds: number): Timing {
  const times = new Float64Array(rounds);
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    call(round);
    times[round] = (performance.now() - began) * 1000;
  }
  const { user, system } = process.cpuUsage(before);
  return {
    times: times.toSorted(),
    mean: times.reduce((sum, time) => sum + time, 0) / rounds,
    meanCpu: (user + system) / rounds,
  };
}

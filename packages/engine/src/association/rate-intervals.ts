/** Exact intervals of counts, each worked out once: a shop has millions of pairs and a few thousand different counts. */
import { poissonRateInterval, type Interval } from "../statistics/index.ts";

/** @param confidence coverage of the two-sided intervals, inside (0, 1) */
export function rateIntervals(confidence: number): (count: number) => Interval {
  const known = new Map<number, Interval>();
  return (count) => {
    const interval = known.get(count) ?? poissonRateInterval(count, confidence);
    known.set(count, interval);
    return interval;
  };
}

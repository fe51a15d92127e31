/** What a count says beside what chance gives: lift, its interval, a two-sided p-value and false discovery control. */
import { benjaminiHochberg } from "../statistics/benjamini-hochberg.ts";
import { logRegularisedGammaQ } from "../statistics/incomplete-gamma.ts";
import { logPoissonUpperTail } from "../statistics/poisson.ts";
import { fitRatioPrior, shrinkRatio, type RatioPrior } from "../statistics/shrunk-means.ts";
import { rateIntervals } from "./rate-intervals.ts";

/** Evidence by place. Columns of one length. */
export interface CountEvidence {
  readonly count: Uint32Array;
  readonly expected: Float64Array;
  /** count / expected; NaN where chance never gives one. */
  readonly lift: Float64Array;
  readonly liftLower: Float64Array;
  readonly liftUpper: Float64Array;
  /** Lift drawn towards the mean of all, as far as their spread and its own uncertainty call for. */
  readonly shrunkLift: Float64Array;
  /** Two-sided: more or fewer than by chance. */
  readonly pValue: Float64Array;
  readonly qValue: Float64Array;
  readonly prior: RatioPrior;
}

/** @param confidence coverage of the two-sided intervals, in (0, 1) */
export function weighCounts(count: Uint32Array, expected: Float64Array, confidence: number): CountEvidence {
  const intervalOf = rateIntervals(confidence);
  const prior = fitRatioPrior(count, expected);
  const possible = (place: number): boolean => expected[place] > 0;
  const column = (of: (place: number) => number, otherwise: number): Float64Array =>
    expected.map((_, place) => (possible(place) ? of(place) : otherwise));
  const pValue = column((place) => twoSided(count[place], expected[place]), 1);
  return {
    count,
    expected,
    lift: column((place) => count[place] / expected[place], NaN),
    liftLower: column((place) => intervalOf(count[place]).lower / expected[place], NaN),
    liftUpper: column((place) => intervalOf(count[place]).upper / expected[place], NaN),
    shrunkLift: column((place) => shrinkRatio(count[place], expected[place], prior), NaN),
    pValue,
    qValue: benjaminiHochberg(pValue).qValues,
    prior,
  };
}

/** Twice the smaller tail of a Poisson count. */
function twoSided(count: number, expected: number): number {
  const more = logPoissonUpperTail(count, expected);
  const fewer = logRegularisedGammaQ(count + 1, expected);
  return Math.min(1, 2 * Math.exp(Math.min(more, fewer)));
}

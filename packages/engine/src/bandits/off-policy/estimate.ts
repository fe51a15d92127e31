/** Values, intervals and gains of all estimators, on rows that are drawn anew for all of them together. */
import type { TrainingControls } from "../../models/training.ts";
import type { Random } from "../../random/index.ts";
import { acceleratedInterval, type Interval, type Resampled } from "../../statistics/index.ts";
import type { EstimationRows } from "./estimation-rows.ts";
import { estimatorNames, type Estimator, type EstimatorName } from "./estimators.ts";
import { bernsteinInterval, influenceOf, resample } from "./intervals.ts";
import { rowEstimates, valueOf, type Terms } from "./terms.ts";
import type { Units } from "./units.ts";

/**
 * What a policy brings a decision, by one estimator; all in the unit of the rewards. The intervals show chance, not bias:
 * those of the direct method, and as far as weights were held back those of Switch-DR and DRos, are too narrow where the
 * reward model is wrong.
 */
export interface OffPolicyEstimate extends Interval {
  readonly value: number;
  /** Holds at any number of rows; wide. Missing where rows are not independent or the estimate is not their mean. */
  readonly bernstein?: Interval;
  /** More than the logged policy brought, with the interval of the difference. */
  readonly gain: Interval & { readonly value: number };
  /** Chosen limit or shrinkage of the weights; null where they stayed as they are. */
  readonly lambda?: number | null;
}

export interface EstimateOptions extends TrainingControls {
  readonly random: Random;
  readonly resamples: number;
  readonly level: number;
  readonly units: Units;
  /** How far rewards can lie apart. */
  readonly rewardSpan: number;
  /** Largest weight that can occur. */
  readonly weightLimit: number;
}

export interface Estimates {
  readonly estimates: Readonly<Record<EstimatorName, OffPolicyEstimate>>;
  readonly logged: Interval & { readonly value: number };
}

export async function estimateAll(
  rows: EstimationRows,
  estimators: Readonly<Record<EstimatorName, Estimator>>,
  { random, resamples, level, units, rewardSpan, weightLimit, ...controls }: EstimateOptions,
): Promise<Estimates> {
  const ofLogged: Terms = { base: rows.reward };
  const allTerms = [ofLogged, ...estimatorNames.map((name) => estimators[name].terms)];
  const drawn = await resample(allTerms, { random, resamples, ...units, ...controls });
  const resampled = (terms: Terms): Resampled => ({
    value: valueOf(terms),
    resampled: drawn[allTerms.indexOf(terms)],
    influence: influenceOf(terms, units),
  });
  const logged = resampled(ofLogged);
  const estimate = (name: EstimatorName): OffPolicyEstimate => {
    const { terms, lambda } = estimators[name];
    const own = resampled(terms);
    const gain = difference(own, logged);
    const each = units.units === rows.reward.length ? rowEstimates(terms) : undefined;
    const span = spanOf(estimators[name], rewardSpan, weightLimit);
    return {
      value: own.value,
      ...acceleratedInterval(own, level),
      gain: { value: gain.value, ...acceleratedInterval(gain, level) },
      ...(each && { bernstein: bernsteinInterval(each, { span, level }) }),
      ...(lambda !== undefined && { lambda: lambda === Infinity ? null : lambda }),
    };
  };
  return {
    estimates: {
      ips: estimate("ips"),
      snips: estimate("snips"),
      dm: estimate("dm"),
      dr: estimate("dr"),
      sndr: estimate("sndr"),
      switchDr: estimate("switchDr"),
      drOs: estimate("drOs"),
    },
    logged: { value: logged.value, ...acceleratedInterval(logged, level) },
  };
}

function difference(one: Resampled, other: Resampled): Resampled {
  return {
    value: one.value - other.value,
    resampled: one.resampled.map((value, sample) => value - other.resampled[sample]),
    influence: one.influence.map((value, unit) => value - other.influence[unit]),
  };
}

/** How far apart the estimates of two rows can lie: a base lies among the rewards, a correction within w of it. */
function spanOf({ terms, heldBack }: Estimator, rewardSpan: number, weightLimit: number): number {
  if (!terms.correction) return rewardSpan;
  return terms.base ? rewardSpan * (1 + 2 * (heldBack?.(weightLimit) ?? weightLimit)) : rewardSpan * weightLimit;
}

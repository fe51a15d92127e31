/**
 * All that is known of any two products, whether they are believed to belong together or not: a merchant who doubts an
 * answer wants to see the counts that did not convince. Counted on demand from the baskets of the training.
 */
import type { Engine } from "@basketlift/engine";
import {
  evidenceOf,
  fitConfigurationModel,
  measurePair,
  type ConfigurationModel,
} from "@basketlift/engine/association";
import { rowOf, transpose, type Incidence } from "@basketlift/engine/matrix";
import { logPoissonUpperTail, poissonRateInterval } from "@basketlift/engine/statistics";

export interface AnyPairEvidence {
  /** Whether the pair passed the test for affinities, and its effect is large enough. */
  readonly believed: boolean;
  readonly count: number;
  readonly expected: number | null;
  readonly lift: number | null;
  readonly liftLower: number | null;
  readonly liftUpper: number | null;
  readonly pValue: number | null;
  /** Known of believed pairs only: it depends on all others. */
  readonly qValue: number | null;
  readonly support: number;
  readonly confidence: number;
  readonly reverseConfidence: number;
  readonly leverage: number;
}

/** What any pair is judged by, made when it is first asked for and kept as long as the baskets are. */
interface Judge {
  /** Product x its baskets, ascending. */
  readonly basketsOf: Incidence;
  readonly model: ConfigurationModel;
}

const judges = new WeakMap<Incidence, Promise<Judge>>();

/**
 * @param left catalogue index
 * @param right catalogue index
 * @param baskets orders x products that the engine's affinities were found in
 * @example
 * const { believed, count, expected } = await evidenceOfAnyPair(engine, baskets, cup, saucer);
 */
export async function evidenceOfAnyPair(
  { affinities }: Pick<Engine, "affinities">,
  baskets: Incidence,
  left: number,
  right: number,
): Promise<AnyPairEvidence> {
  const believed = evidenceOf(affinities, left, right);
  if (believed) return { believed: true, ...believed };
  const sold = affinities.productBaskets;
  // A product that no order holds has no evidence; nor has one that is younger than the training.
  if (!(sold[left] > 0) || !(sold[right] > 0)) return unsold;
  const { basketsOf, model } = await judgeOf(baskets);
  const count = countShared(rowOf(basketsOf, left), rowOf(basketsOf, right));
  const expected = model.expectedJointCount(left, right);
  const { lower, upper } = poissonRateInterval(count, affinities.facts.confidence);
  const { support, confidence, reverseConfidence, leverage } = measurePair({
    baskets: affinities.facts.basketCount,
    left: sold[left],
    right: sold[right],
    joint: count,
  });
  return {
    believed: false,
    count,
    expected,
    lift: count / expected,
    liftLower: lower / expected,
    liftUpper: upper / expected,
    pValue: Math.exp(logPoissonUpperTail(count, expected)),
    qValue: null,
    support,
    confidence,
    reverseConfidence,
    leverage,
  };
}

const unsold: AnyPairEvidence = {
  believed: false,
  count: 0,
  expected: null,
  lift: null,
  liftLower: null,
  liftUpper: null,
  pValue: null,
  qValue: null,
  support: 0,
  confidence: 0,
  reverseConfidence: 0,
  leverage: 0,
};

function judgeOf(baskets: Incidence): Promise<Judge> {
  const known = judges.get(baskets);
  if (known) return known;
  const judge = fitConfigurationModel(baskets).then((model) => ({ basketsOf: transpose(baskets), model }));
  judges.set(baskets, judge);
  return judge;
}

/** Both ascend. */
function countShared(left: Uint32Array, right: Uint32Array): number {
  let shared = 0;
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    const difference = left[l] - right[r];
    if (difference === 0) shared++;
    if (difference <= 0) l++;
    if (difference >= 0) r++;
  }
  return shared;
}

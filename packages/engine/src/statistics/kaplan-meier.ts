/**
 * How long until something happens, when it has not happened to everyone yet. Kaplan and Meier, "Nonparametric estimation
 * from incomplete observations", JASA 53 (1958); variance by Greenwood (1926); pointwise intervals on the scale of
 * log(-log S), which stay inside [0, 1] (Kalbfleisch and Prentice, 1980).
 */
import { InvalidInput, requireNumber } from "../errors.ts";
import { normalQuantile } from "./normal.ts";
import type { Interval } from "./poisson.ts";

/** The share that is still waiting, a step at each distinct time of an event. Columns of one length. */
export interface SurvivalCurve {
  /** Distinct times at which something happened, ascending. */
  readonly time: Float64Array;
  /** How many were still waiting just before. */
  readonly atRisk: Uint32Array;
  readonly events: Uint32Array;
  /** Share still waiting after each time. */
  readonly survival: Float64Array;
  /** Greenwood's sum: variance of `survival` over its square. Infinity once nobody waits. */
  readonly greenwood: Float64Array;
}

/**
 * O(n log n); 24 bytes a distinct time.
 * @param durations how long each was watched, zero or more, in any unit
 * @param happened 1 where the wait ended in an event, 0 where only the watching ended; such leave just after events of
 * the same time
 * @throws InvalidInput when lengths differ or a duration is negative or not finite
 * @example
 * const curve = kaplanMeier([6, 6, 7, 9], [1, 0, 1, 0]);
 * curve.survival; // [0.75, 0.375]
 */
export function kaplanMeier(durations: ArrayLike<number>, happened: ArrayLike<number>): SurvivalCurve {
  if (durations.length !== happened.length) {
    throw new InvalidInput("happened", `${happened.length} entries`, `one for each of ${durations.length} durations`);
  }
  for (let i = 0; i < durations.length; i++) {
    if (!(durations[i] >= 0 && durations[i] < Infinity)) {
      throw new InvalidInput(`durations[${i}]`, durations[i], "a finite number, zero or more");
    }
  }
  const ascending = Uint32Array.from({ length: durations.length }, (_, i) => i);
  ascending.sort((a, b) => durations[a] - durations[b]);
  const steps: { time: number; atRisk: number; events: number }[] = [];
  for (let i = 0; i < ascending.length;) {
    const time = durations[ascending[i]];
    const atRisk = ascending.length - i;
    let events = 0;
    for (; i < ascending.length && durations[ascending[i]] === time; i++) if (happened[ascending[i]]) events++;
    if (events > 0) steps.push({ time, atRisk, events });
  }
  const survival = new Float64Array(steps.length);
  const greenwood = new Float64Array(steps.length);
  for (const [i, { atRisk, events }] of steps.entries()) {
    survival[i] = (i > 0 ? survival[i - 1] : 1) * (1 - events / atRisk);
    greenwood[i] = (i > 0 ? greenwood[i - 1] : 0) + events / (atRisk * (atRisk - events));
  }
  return {
    time: Float64Array.from(steps, (step) => step.time),
    atRisk: Uint32Array.from(steps, (step) => step.atRisk),
    events: Uint32Array.from(steps, (step) => step.events),
    survival,
    greenwood,
  };
}

/**
 * The interval of the share still waiting after each event time.
 * @param confidence coverage at each single time, in (0, 1)
 * @throws InvalidOption when `confidence` is out of range
 * @example
 * survivalInterval(curve, 0);
 */
export function survivalInterval({ survival, greenwood }: SurvivalCurve, step: number, confidence = 0.95): Interval {
  requireNumber("confidence", confidence, Number.EPSILON, 1 - Number.EPSILON);
  const share = survival[step];
  if (share === 0) return { lower: 0, upper: 0 };
  const reach = (normalQuantile((1 + confidence) / 2) * Math.sqrt(greenwood[step])) / Math.log(share);
  // log(share) is below zero, so that `reach` is too.
  return { lower: share ** Math.exp(-reach), upper: share ** Math.exp(reach) };
}

/** A moment of a curve, and the moments that the data do not tell from it. */
export interface SurvivalQuantile extends Interval {
  /** Infinity where fewer had an event by the end. So is `upper` where it is not known. */
  readonly time: number;
}

/**
 * When the share still waiting falls to `share`, with the test-based interval of Brookmeyer and Crowley, "A confidence
 * interval for the median survival time", Biometrics 38 (1982).
 * @param share in (0, 1): 0.5 for the median
 * @throws InvalidOption when a setting is out of range
 * @example
 * survivalQuantile(curve, 0.5).time; // 7
 */
export function survivalQuantile(curve: SurvivalCurve, share = 0.5, confidence = 0.95): SurvivalQuantile {
  requireNumber("share", share, Number.EPSILON, 1 - Number.EPSILON);
  const at = (reached: (step: number) => boolean): number => {
    const step = curve.survival.findIndex((_, index) => reached(index));
    return step < 0 ? Infinity : curve.time[step];
  };
  return {
    time: at((step) => curve.survival[step] <= share + 1e-12),
    lower: at((step) => survivalInterval(curve, step, confidence).lower <= share),
    upper: at((step) => survivalInterval(curve, step, confidence).upper <= share),
  };
}

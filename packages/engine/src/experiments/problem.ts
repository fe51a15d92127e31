/**
 * Why a comparison concludes nothing, as data: a dashboard shows it in place of a figure and never crashes over an
 * experiment that has just begun.
 */
import { momentsOfArms } from "./adjustment.ts";
import type { ArmMoments } from "./effects.ts";
import type { ArmOutcome } from "./outcome.ts";

export interface Problem {
  readonly code: "no-visitors" | "too-few-visitors" | "nothing-to-divide-by" | "no-spread" | "nothing-to-relate-to";
  /** Where in the input, for example `arms[1].visitors`. */
  readonly path: string;
  /** What is wrong and what to do, in words. */
  readonly message: string;
}

/**
 * What can be compared of some arms on a metric, or why nothing can.
 * @param indices of the arms that are compared
 */
export function momentsOrProblem(
  arms: readonly ArmOutcome[],
  indices: readonly number[],
  metric: string,
  fewestVisitors: number,
): { readonly moments: ArmMoments[] } | { readonly problem: Problem } {
  for (const index of indices) {
    const problem = armProblem(arms[index], `arms[${index}]`, metric, fewestVisitors);
    if (problem) return { problem };
  }
  const moments = momentsOfArms(indices.map((index) => arms[index].statistics[metric]));
  if (moments.some(({ variance }) => variance > 0)) return { moments };
  return {
    problem: {
      code: "no-spread",
      path: `arms[${indices[0]}].statistics.${metric}`,
      message: "Cannot conclude: the visitors of these arms do not differ. Wait for orders, or check the sums.",
    },
  };
}

export function unrelated(metric: string): Problem {
  return {
    code: "nothing-to-relate-to",
    path: `arms[0].statistics.${metric}`,
    message:
      "Cannot conclude: the control's mean cannot be told from zero yet, and a relative loss has nothing to be relative to. Wait for more.",
  };
}

function armProblem(
  { id, visitors, statistics }: ArmOutcome,
  path: string,
  metric: string,
  fewest: number,
): Problem | undefined {
  if (visitors === 0) {
    return {
      code: "no-visitors",
      path: `${path}.visitors`,
      message: `Cannot conclude: arm "${id}" has no visitors. Check that it is switched on and that its visitors are logged.`,
    };
  }
  if (visitors < fewest) {
    return {
      code: "too-few-visitors",
      path: `${path}.visitors`,
      message: `Cannot conclude yet: arm "${id}" has ${visitors} of the ${fewest} visitors that a comparison takes. Wait for more.`,
    };
  }
  const statistic = statistics[metric];
  if (statistic.kind !== "ratio" || statistic.denominator.sum !== 0) return undefined;
  return {
    code: "nothing-to-divide-by",
    path: `${path}.statistics.${metric}.denominator.sum`,
    message: `Cannot conclude: arm "${id}" has nothing to divide by (no orders, for example). Wait for some.`,
  };
}

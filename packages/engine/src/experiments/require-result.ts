/** For those who need a figure or an error: a build that must fail, a report that must not leave a gap. */
import { BasketliftError, InvalidInput } from "../errors.ts";
import type { Problem } from "./problem.ts";
import type { ExperimentReport, MetricResult } from "./report.ts";

/**
 * A figure was asked for that the data do not give, for example of an arm without visitors.
 * @example
 * if (error instanceof CannotConclude) console.error(`${error.path}: ${error.message}`);
 */
export class CannotConclude extends BasketliftError {
  override readonly name = "CannotConclude";
  readonly code = "cannot-conclude";
  /** Where in the outcome, for example `arms[1].visitors`. */
  readonly path: string;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.path = problem.path;
    this.problem = problem;
  }
}

/**
 * @throws CannotConclude where the metric says nothing of the arm, with the place of the reason and what to do
 * @throws InvalidInput where the report has no such metric or arm
 * @example
 * const { absolute } = requireResult(report, "revenue", "recommendations");
 */
export function requireResult(
  { results }: Pick<ExperimentReport, "results">,
  metric: string,
  arm: string,
): Extract<MetricResult, { readonly conclusive: true }> {
  const result = results.find((one) => one.metric === metric && one.arm === arm);
  if (!result) throw new InvalidInput("metric, arm", `${metric}, ${arm}`, "a metric and an arm of the report");
  if (!result.conclusive) throw new CannotConclude(result.problem);
  return result;
}

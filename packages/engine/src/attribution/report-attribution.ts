/** Makes the report: credits the orders, judges the holdout as an experiment of two arms, and sets both side by side. */
import { currencyExponent, type Minor } from "../catalogue/index.ts";
import { InvalidInput, requireNumber } from "../errors.ts";
import {
  analyseExperiment,
  type AnalysisOptions,
  type ExperimentReport,
  type MetricResult,
  type Problem,
} from "../experiments/index.ts";
import { checkArm, statisticsOf, type Arms } from "./arm-revenue.ts";
import { creditModels } from "./credit-model.ts";
import { creditRevenue } from "./credit.ts";
import { decompose } from "./decomposition.ts";
import { checkJourneys } from "./journey.ts";
import { reportInWords } from "./report-words.ts";
import type { AttributionInput, AttributionOptions, AttributionReport, IncrementalRevenue } from "./report.ts";

/**
 * @throws InvalidInput with a path when the input is malformed: an order of another currency, a visitor with two journeys,
 * sums that no arm can have, visitors in a holdout of no share
 * @throws InvalidOption when a window, a model or a setting of the analysis is out of range
 * @example
 * const { incremental, attributed, verdict } = reportAttribution({ currency: "EUR", journeys, arms, holdoutShare: 0.1 });
 */
export function reportAttribution(
  input: AttributionInput,
  { models = creditModels, windows, groupOf, ...analysis }: AttributionOptions = {},
): AttributionReport {
  checkInput(input);
  const { currency, journeys, arms } = input;
  const credit = { ...(windows && { windows }), ...(groupOf && { groupOf }) };
  const { byModel, credited, uncredited } = creditRevenue(journeys, models, credit);
  const attributed = { revenue: credited, ofRevenue: credited + uncredited, byModel };
  const experiment = experimentOf(input, analysis);
  const incremental = experiment ? incrementalOf(experiment, arms, analysis) : withoutHoldout;
  const report = { currency, incremental, experiment, attributed };
  return { ...report, verdict: reportInWords(report, analysis.locale) };
}

const withoutHoldout: IncrementalRevenue = {
  conclusive: false,
  problem: {
    code: "no-holdout",
    path: "holdoutShare",
    message:
      "Nobody is held out, so nothing can be said about what recommendations cause. Hold out a tenth of visitors.",
  },
};

function checkInput({ currency, journeys, arms, holdoutShare }: AttributionInput): void {
  currencyExponent(currency);
  checkJourneys(journeys, currency);
  checkArm(arms.holdout, "arms.holdout");
  checkArm(arms.treatment, "arms.treatment");
  requireNumber("holdoutShare", holdoutShare, 0, 1 - Number.EPSILON);
  if (holdoutShare === 0 && arms.holdout.visitors > 0) {
    throw new InvalidInput("holdoutShare", 0, "the share that was held out: the holdout has visitors");
  }
}

/** The holdout as an experiment of two arms. */
function experimentOf(
  { currency, arms, holdoutShare }: AttributionInput,
  options: AnalysisOptions,
): ExperimentReport | undefined {
  if (holdoutShare === 0) return undefined;
  const money = { kind: "money", currency } as const;
  const armOf = (id: "holdout" | "treatment", share: number) => ({
    id,
    share,
    visitors: arms[id].visitors,
    statistics: { ...statisticsOf(arms[id]) },
  });
  return analyseExperiment(
    {
      metrics: [
        { id: "revenue", name: "net revenue per visitor", unit: money, role: "primary" },
        { id: "conversion", name: "conversion", unit: { kind: "share" }, role: "secondary" },
        { id: "orderValue", name: "average order value", unit: money, role: "secondary" },
      ],
      arms: [armOf("holdout", holdoutShare), { ...armOf("treatment", 1 - holdoutShare), name: "recommendations" }],
    },
    options,
  );
}

function incrementalOf(
  { results, action }: ExperimentReport,
  { holdout, treatment }: Arms,
  options: AnalysisOptions,
): IncrementalRevenue {
  const [revenue]: readonly MetricResult[] = results;
  if (!revenue.conclusive) return { conclusive: false, problem: namedProblem(revenue.problem) };
  const { absolute, relative, posterior } = revenue;
  const totalOf = (perVisitor: number): Minor => Math.round(perVisitor * treatment.visitors);
  return {
    conclusive: true,
    perVisitor: absolute,
    relative,
    posterior,
    isProven: revenue.isProven && action !== "investigate",
    total: { value: totalOf(absolute.value), lower: totalOf(absolute.lower), upper: totalOf(absolute.upper) },
    decomposition: decompose(holdout, treatment, options),
  };
}

/** The experiment numbers its arms, the report names them. */
function namedProblem(problem: Problem): Problem {
  const path = problem.path.replace("arms[0]", "arms.holdout").replace("arms[1]", "arms.treatment");
  return { ...problem, path };
}

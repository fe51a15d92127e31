/**
 * Judges methods by any split: every question is asked of every method, over the whole catalogue, popularity always among
 * them, each figure with a bootstrap interval and its difference to popularity question by question.
 */
import { InvalidOption, requireInteger } from "../errors.ts";
import type { Query } from "../models/recommender.ts";
import type { TrainingControls } from "../models/training.ts";
import { popularityRecommender, type Answering } from "./back-off.ts";
import { bootstrapMeans, type BootstrapOptions, type Estimate } from "./bootstrap.ts";
import type { ContenderFor } from "./contender.ts";
import { coverage, gini } from "./exposure.ts";
import { judgeContender, type Exam, type Judgement } from "./judge.ts";
import { refuseLeaks } from "./leaks.ts";
import { metrics, type Metric } from "./metric.ts";
import { drawQuestions } from "./question.ts";
import type { Split } from "./split.ts";

/**
 * A method and what it learned from: either it learns here, from the training part, or it has learned, from data that is
 * searched for answers first. Give the training part itself for what learns nothing.
 */
export type Method<Training, Asked extends Query> =
  | {
      readonly name: string;
      readonly train: (training: Training, controls: TrainingControls) => Answering<Asked> | Promise<Answering<Asked>>;
    }
  | (ContenderFor<Asked> & { readonly learnedFrom: Training });

/** What is counted, and how surely. */
export interface EvaluationOptions
  extends Pick<BootstrapOptions, "resamples" | "level" | "interval" | "random">, TrainingControls {
  /** HR, MRR, recall of relevant, NDCG and novelty at `listLength` when left out. */
  readonly metrics?: readonly Metric[];
  /** Length of the list that coverage and Gini look at. */
  readonly listLength?: number;
  /** Questions asked at most, drawn by chance, the same for every method. */
  readonly maximumQuestions?: number;
}

/** How one method did: means over questions by the metric's name. */
export interface MethodFigures {
  readonly name: string;
  readonly figures: Readonly<Record<string, Estimate>>;
  /** The same minus popularity's, paired: an interval above 0 says that the method knows more than bestsellers. */
  readonly advantages: Readonly<Record<string, Estimate>>;
}

/** The same, and how its lists spread over the catalogue. */
export interface EvaluationRow extends MethodFigures {
  /** Share of the catalogue that the lists showed to anybody. */
  readonly coverage: number;
  /** Gini coefficient of exposure over the catalogue: 0 even, 1 all on one product. */
  readonly gini: number;
}

/** How well methods did under one protocol. */
export interface EvaluationReport<Row extends MethodFigures = EvaluationRow> {
  /** The protocol in words: print it beside the figures. */
  readonly protocol: string;
  readonly productCount: number;
  readonly listLength: number;
  /** Questions asked. */
  readonly questions: number;
  /** How many could have been asked, of which `questions` were drawn. */
  readonly eligibleQuestions: number;
  /** What could not be asked, by reason. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** What was popular in the training part, the same to everybody. */
  readonly popularity: Row;
  /** One a method, as given. */
  readonly rows: readonly Row[];
}

/**
 * @throws InvalidInput when a method learned from what is asked, when nothing can be asked, or when a method breaks the
 * promises of `Recommender`
 * @example
 * const report = await evaluate(leaveOneOut(sequences), [{ name: "RP3beta", train: trainRp3Beta }], {
 *   metrics: [metrics.hitRate(10), metrics.ndcg(10)],
 *   random: createRandom("evaluation"),
 * });
 * report.rows[0].figures["HR@10"].lower;
 */
export function evaluate<Training, Asked extends Query>(
  split: Split<Training, Asked>,
  methods: readonly Method<Training, Asked>[],
  options: EvaluationOptions,
): Promise<EvaluationReport> {
  return judgeMethods(split, methods, options);
}

/** The work behind `evaluate`, with a way to change answers before they are counted. */
export async function judgeMethods<Training, Asked extends Query>(
  split: Split<Training, Asked>,
  methods: readonly Method<Training, Asked>[],
  { listLength = 20, maximumQuestions = Infinity, metrics: counted, ...drawing }: EvaluationOptions,
  narrow?: Exam<Asked>["narrow"],
): Promise<EvaluationReport> {
  requireInteger("listLength", listLength, 1);
  // Before anything is trained or asked: a leak makes all of it worthless.
  for (const method of methods) if (!("train" in method)) refuseLeaks(split, method.learnedFrom);
  const { protocol, questions, productCount, popularity, leftOut } = split;
  const { random, onProgress, signal } = drawing;
  const asked = drawQuestions(questions, maximumQuestions, random.fork("questions"));
  const chosen = counted ?? usualMetrics(listLength, popularity);
  requireDistinctNames(chosen);
  const exam: Exam<Asked> = { questions, asked, metrics: chosen, productCount, listLength, ...(narrow && { narrow }) };
  const bestsellers = { name: "popularity", recommender: popularityRecommender(popularity.counts) };
  const baseline = await judgeContender(bestsellers, exam, { onProgress, signal });
  const unitOf = Uint32Array.from(asked, (index) => questions.at(index).unit);
  const estimateRow = (judgement: Judgement): Promise<EvaluationRow> =>
    toRow(judgement, baseline, chosen, { ...drawing, random: random.fork("bootstrap"), unitOf });
  const rows: EvaluationRow[] = [];
  for (const method of methods) {
    const contender = await readyContender(split, method, { onProgress, signal });
    rows.push(await estimateRow(await judgeContender(contender, exam, { onProgress, signal })));
  }
  const sizes = { productCount, listLength, questions: asked.length, eligibleQuestions: questions.length };
  return { protocol, ...sizes, leftOut, popularity: await estimateRow(baseline), rows };
}

/** A method that can be asked: trained here where it has not learned yet. */
async function readyContender<Training, Asked extends Query>(
  split: Split<Training, Asked>,
  method: Method<Training, Asked>,
  controls: TrainingControls,
): Promise<ContenderFor<Asked>> {
  if (!("train" in method)) return method;
  return { name: method.name, recommender: await method.train(split.training, controls) };
}

async function toRow(
  { name, columns, exposure }: Judgement,
  baseline: Judgement,
  counted: readonly Metric[],
  options: BootstrapOptions,
): Promise<EvaluationRow> {
  const differences = columns.map((column, index) =>
    column.map((figure, row) => figure - baseline.columns[index][row]),
  );
  const estimates = await bootstrapMeans([...columns, ...differences], options);
  const byName = (from: number): Record<string, Estimate> =>
    Object.fromEntries(counted.map((metric, index) => [metric.name, estimates[from + index]]));
  return {
    name,
    figures: byName(0),
    advantages: byName(counted.length),
    coverage: coverage(exposure),
    gini: gini(exposure),
  };
}

function usualMetrics(k: number, popularity: Split<unknown>["popularity"]): readonly Metric[] {
  return [
    metrics.hitRate(k),
    metrics.reciprocalRank(k),
    metrics.recall(k),
    metrics.ndcg(k),
    metrics.novelty(k, popularity),
  ];
}

function requireDistinctNames(counted: readonly Metric[]): void {
  if (counted.length === 0) throw new InvalidOption("metrics", "[]", "at least one metric");
  const names = counted.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new InvalidOption("metrics", twice, "metrics of different names");
}

/**
 * Asks one method all questions and keeps a row of figures a question. Questions are judged one by one and share
 * nothing, so that figures depend neither on how many are asked nor on who is judged beside.
 */
import type { Query } from "../models/recommender.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { createAsk, type ContenderFor } from "./contender.ts";
import { Exposure } from "./exposure.ts";
import type { JudgedAnswer, Metric } from "./metric.ts";
import { forbiddenProducts, type Question, type Questions } from "./question.ts";

/** What every method of one evaluation is asked, and what is counted. */
export interface Exam<Asked extends Query> {
  readonly questions: Questions<Asked>;
  /** Indices of the questions that are asked. */
  readonly asked: ArrayLike<number>;
  readonly metrics: readonly Metric[];
  readonly productCount: number;
  /** Length of the list that exposure counts. */
  readonly listLength: number;
  /** Changes an answer to the whole catalogue before it is counted. */
  readonly narrow?: (answer: JudgedAnswer, index: number) => JudgedAnswer;
}

/** One method's figures. */
export interface Judgement {
  readonly name: string;
  /** A column a metric, in the order of the exam; a row a question, in the order of `asked`. */
  readonly columns: readonly Float64Array[];
  readonly exposure: Exposure;
}

/**
 * @throws InvalidInput when the method breaks the promises of `Recommender`
 * @example
 * const { columns } = await judgeContender({ name: "RP3beta", recommender: model }, exam);
 */
export async function judgeContender<Asked extends Query>(
  contender: ContenderFor<Asked>,
  { questions, asked, metrics, productCount, listLength, narrow }: Exam<Asked>,
  controls: TrainingControls = {},
): Promise<Judgement> {
  const deepest = metrics.reduce((depth, metric) => Math.max(depth, metric.depth), listLength);
  const count = narrow ? productCount : Math.min(deepest, productCount);
  const columns = metrics.map(() => new Float64Array(asked.length));
  const exposure = new Exposure(productCount);
  const ask = createAsk(contender, productCount);
  const pace = createPacer(`judging ${contender.name}`, asked.length, controls);
  for (let row = 0; row < asked.length; row++) {
    if (pace.isDue()) await pace.rest(row);
    const { query, relevant }: Question<Asked> = questions.at(asked[row]);
    const owned = forbiddenProducts(query);
    const ranked = ask(query, owned, count);
    const whole: JudgedAnswer = { ranked, relevant, owned, productCount, history: query.history };
    const answer = narrow ? narrow(whole, asked[row]) : whole;
    for (const [index, metric] of metrics.entries()) columns[index][row] = metric.of(answer);
    exposure.add(ranked.products, listLength);
  }
  pace.finish();
  return { name: contender.name, columns, exposure };
}

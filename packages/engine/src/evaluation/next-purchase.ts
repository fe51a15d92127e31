/**
 * The protocol "last month": learn from everything before a cut, then ask for each customer who came back within the
 * horizon how well a method ranks, among all products they had never bought, those they went on to buy. Nothing is
 * sampled away, and what sold most is judged beside every method: on most shops that alone looks good.
 */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import type { OrderHistory } from "../history/order-history.ts";
import { customerMatrix, type TrainingView } from "../history/training-view.ts";
import { columnSizes } from "../matrix/sparse.ts";
import type { Query } from "../models/recommender.ts";
import type { TrainingControls } from "../models/training.ts";
import type { Random } from "../random/generator.ts";
import { popularityRecommender } from "./back-off.ts";
import { bootstrapMeans, type Estimate } from "./bootstrap.ts";
import type { ContenderFor } from "./contender.ts";
import { coverage, gini } from "./exposure.ts";
import { judgeContender, type Exam, type Judgement } from "./judge.ts";
import { nothingSince, refuseLeaks } from "./leaks.ts";
import { metrics } from "./metric.ts";
import { purchaseTruth, type JudgedCustomer, type PurchaseTruth } from "./purchase-truth.ts";
import { drawQuestions, type Questions } from "./question.ts";

/** What a method is told: nothing of it is from the cut or later. */
export interface PurchaseQuery extends Query {
  /** Index into `orders.customers`. */
  readonly customer: number;
  /** The cut, in milliseconds since 1970, UTC: the moment the question is asked. */
  readonly at: number;
}

/** A method to judge, asked about a customer at the cut. */
export type Contender = ContenderFor<PurchaseQuery>;

/** Who is judged, on whom, and over which time. */
export interface NextPurchaseOptions extends TrainingControls {
  /** What the methods were trained on. */
  readonly view: TrainingView;
  /** The whole history, the future included; the view was made from it. */
  readonly orders: OrderHistory;
  readonly recommenders: readonly Contender[];
  /** For the bootstrap, and to draw customers where there are more than `maximumCustomers`. */
  readonly random: Random;
  /** Milliseconds since 1970, UTC. The end of the training view when left out. */
  readonly cut?: number;
  readonly horizonDays?: number;
  /** Length of the list that hit rate, NDCG, coverage and Gini look at. */
  readonly listLength?: number;
  /** Customers judged at most, drawn by chance: each costs a full ranking of the catalogue a method. */
  readonly maximumCustomers?: number;
  readonly resamples?: number;
}

/** How one method did. Estimates are means over customers with 95 % bootstrap intervals. */
export interface NextPurchaseRow {
  readonly name: string;
  /** AUC over all products the customer never bought; 0.5 is chance. */
  readonly areaUnderCurve: Estimate;
  /** Share of customers with at least one hit among the first `listLength`. */
  readonly hitRate: Estimate;
  /** NDCG with the ideal cut at min(listLength, relevant). */
  readonly ndcg: Estimate;
  /** AUC minus that of popularity, customer by customer: above 0 only if the method knows more than bestsellers. */
  readonly advantage: Estimate;
  /** Share of the catalogue that the lists showed to anybody. */
  readonly coverage: number;
  /** Gini coefficient of exposure over the catalogue: 0 even, 1 all on one product. */
  readonly gini: number;
}

/** How well methods foresaw what customers bought next for the first time. */
export interface NextPurchaseReport {
  /** Milliseconds since 1970, UTC. */
  readonly cut: number;
  readonly horizonDays: number;
  /** Days of the horizon up to the last order on file: below `horizonDays` when the data ends early. */
  readonly observedDays: number;
  readonly listLength: number;
  /** Size of the catalogue that was ranked. */
  readonly productCount: number;
  /** Customers judged: known before the cut, with a product bought in the horizon that they never bought before. */
  readonly customers: number;
  /** How many could have been judged, of whom `customers` were drawn. */
  readonly eligibleCustomers: number;
  /** Known customers who bought in the horizon, also those who bought only what they had bought before. */
  readonly returningCustomers: number;
  /** Customers of the horizon without history: not judged. */
  readonly newCustomers: number;
  /**
   * What sold most before the cut, by number of customers who bought it: a harder rival than the number of orders,
   * which a few regular buyers and guests can drive.
   */
  readonly popularity: NextPurchaseRow;
  /** One a method, as given. */
  readonly rows: readonly NextPurchaseRow[];
}

const day = 86_400_000;

/**
 * @throws InvalidInput when the view holds anything from the cut or later, was made from other orders, when no
 * customer can be judged, or when a method breaks the promises of `Recommender`
 * @example
 * const report = await evaluateNextPurchases({
 *   view,
 *   orders,
 *   recommenders: [{ name: "RP3beta", recommender: model }],
 *   random: createRandom("evaluation"),
 * });
 * report.rows[0].areaUnderCurve.lower > report.popularity.areaUnderCurve.upper;
 */
export async function evaluateNextPurchases({
  view,
  orders,
  recommenders,
  random,
  cut = view.until,
  horizonDays = 30,
  listLength = 12,
  maximumCustomers = 5000,
  resamples = 1000,
  ...controls
}: NextPurchaseOptions): Promise<NextPurchaseReport> {
  requireNumber("horizonDays", horizonDays, 0);
  requireInteger("listLength", listLength, 1);
  requireInteger("maximumCustomers", maximumCustomers, 1);
  refuseLeaks(nothingSince(cut), view);
  const end = cut + horizonDays * day;
  const truth = purchaseTruth(view, orders, cut, end);
  requireCustomers(truth);
  const questions = questionsAbout(truth.customers, cut);
  const exam: Exam<PurchaseQuery> = {
    questions,
    asked: drawQuestions(questions, maximumCustomers, random.fork("customers")),
    metrics: [metrics.areaUnderCurve(), metrics.hitRate(listLength), metrics.ndcg(listLength)],
    productCount: view.productCount,
    listLength,
  };
  const bestsellers = popularityRecommender(columnSizes(customerMatrix(view)));
  const popularity = await judgeContender({ name: "popularity", recommender: bestsellers }, exam, controls);
  const toRow = (judgement: Judgement): Promise<NextPurchaseRow> =>
    estimate(judgement, popularity, { random: random.fork("bootstrap"), resamples, ...controls });
  const rows: NextPurchaseRow[] = [];
  for (const contender of recommenders) rows.push(await toRow(await judgeContender(contender, exam, controls)));
  return {
    cut,
    horizonDays,
    observedDays: observedDays(orders, cut, end),
    listLength,
    productCount: view.productCount,
    customers: exam.asked.length,
    eligibleCustomers: truth.customers.length,
    returningCustomers: truth.returningCustomers,
    newCustomers: truth.newCustomers,
    popularity: await toRow(popularity),
    rows,
  };
}

function requireCustomers({ customers }: PurchaseTruth): void {
  if (customers.length > 0) return;
  throw new InvalidInput("orders", "none to judge by", "such that a known customer buys something new in the horizon");
}

function questionsAbout(customers: readonly JudgedCustomer[], at: number): Questions<PurchaseQuery> {
  return {
    length: customers.length,
    at(index) {
      const { customer, history, owned, relevant } = customers[index];
      return { query: { history, exclude: owned, customer, at }, relevant, unit: customer };
    },
  };
}

async function estimate(
  { name, columns, exposure }: Judgement,
  popularity: Judgement,
  options: { random: Random; resamples: number } & TrainingControls,
): Promise<NextPurchaseRow> {
  const difference = columns[0].map((area, row) => area - popularity.columns[0][row]);
  const [areaUnderCurve, hitRate, ndcg, advantage] = await bootstrapMeans([...columns, difference], options);
  return { name, areaUnderCurve, hitRate, ndcg, advantage, coverage: coverage(exposure), gini: gini(exposure) };
}

function observedDays(orders: OrderHistory, cut: number, end: number): number {
  const last = orders.placedAt[orders.placedAt.length - 1];
  return Math.min(end, last) < cut ? 0 : (Math.min(end, last) - cut) / day;
}

/**
 * From a question to candidates with their features: every source speaks once, a rough sum of the signals chooses the
 * pool, and only its products are looked at closely.
 */
import { Accumulator } from "../matrix/accumulator.ts";
import { TopK } from "../matrix/top-k.ts";
import { forbidden, type Query } from "../models/recommender.ts";
import { bend } from "./feature.ts";
import { checkPlan, signalNames, type RankingPlan } from "./plan.ts";

/** Candidates and their features side by side. Overwritten by the next question. */
export interface Candidates {
  readonly count: number;
  /** The first `count` are the candidates. */
  readonly products: Uint32Array;
  /** `features[c * width + f]` is feature `f` of candidate `c`. */
  readonly features: Float32Array;
}

/** Looks up the candidates of one question after another. */
export interface CandidateFinder<Question> {
  /** Features a candidate. */
  readonly width: number;
  /** The pool of a question. */
  find(question: Question): Candidates;
  /** Given products instead, in or out of the pool. */
  look(question: Question, products: Uint32Array): Candidates;
}

/** Where one feature comes from, resolved to columns. */
type Reader = (product: number) => number;

/**
 * @returns a finder that owns its columns: one a thread, and every answer is good until the next question
 * @throws InvalidInput or InvalidOption when the parts of the plan do not fit
 * @example
 * const finder = createCandidateFinder(plan);
 * const { count, products } = finder.find({ history: [3, 17] });
 */
export function createCandidateFinder<Question extends Query>(plan: RankingPlan<Question>): CandidateFinder<Question> {
  checkPlan(plan);
  const { productCount, sources } = plan;
  const names = signalNames(plan);
  const columns = names.map(() => new Accumulator(productCount));
  const columnsOf = sources.map(({ signals }) => signals.map((name) => columns[names.indexOf(name)]));
  const pool = createPool(plan, names, columns);
  const readers = plan.features.map((feature): Reader => {
    if ("prior" in feature) {
      const column = plan.priors[feature.prior];
      return (product) => column[product];
    }
    const { values } = columns[names.indexOf(feature.signal)];
    const { curve } = feature;
    return (product) => (values[product] === 0 ? 0 : bend(curve, values[product]));
  });
  const width = readers.length;
  let features = new Float32Array(0);

  const listen = (question: Question, choose: (question: Question) => Uint32Array): Candidates => {
    try {
      for (const [place, source] of sources.entries()) source.fill(question, columnsOf[place]);
      const products = choose(question);
      if (features.length < products.length * width) features = new Float32Array(2 * products.length * width);
      for (const [f, read] of readers.entries()) {
        for (let c = 0; c < products.length; c++) features[c * width + f] = read(products[c]);
      }
      return { count: products.length, products, features };
    } finally {
      for (const column of columns) column.clear();
    }
  };
  return {
    width,
    find: (question) => listen(question, pool),
    look: (question, products) => listen(question, () => products),
  };
}

/** Chooses the products to look at closely, by ascending product: no order of arrival matters. */
function createPool<Question extends Query>(
  { productCount, pool, priors }: RankingPlan<Question>,
  names: readonly string[],
  columns: readonly Accumulator[],
): (question: Question) => Uint32Array {
  const rough = new Accumulator(productCount);
  const weights = names.map((name) => pool.weights[name] ?? 0);
  const prior = pool.prior && priors[pool.prior.name];
  const priorWeight = pool.prior?.weight ?? 0;
  return (question) => {
    const isForbidden = forbidden(question);
    for (const [place, { touched, values }] of columns.entries()) {
      const weight = weights[place];
      for (const product of touched) rough.add(product, weight * values[product]);
    }
    for (const product of pool.always) rough.add(product, 0);
    const { touched, values } = rough;
    const best = new TopK(Math.min(pool.size, touched.length));
    for (const product of touched) {
      const score = values[product] + (prior ? priorWeight * prior[product] : 0);
      if (best.admits(product, score) && !isForbidden(product)) best.offer(product, score);
    }
    rough.clear();
    return best.ranked().products.sort();
  };
}

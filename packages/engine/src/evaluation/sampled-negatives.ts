/**
 * The protocol of many older papers: each answer is ranked among a handful of products drawn by chance. It exists to set
 * a figure beside such a paper's, and for nothing else: Krichene and Rendle, "On sampled metrics for item
 * recommendation", KDD 2020, show that it can order methods otherwise than the whole catalogue does.
 */
import { InvalidOption, requireInteger } from "../errors.ts";
import type { Query } from "../models/recommender.ts";
import { createSampler, type Random } from "../random/index.ts";
import { judgeMethods } from "./evaluate.ts";
import type { EvaluationOptions, EvaluationReport, Method, MethodFigures } from "./evaluate.ts";
import type { JudgedAnswer } from "./metric.ts";
import type { Split } from "./split.ts";

/** What is drawn beside each answer. */
export interface SampledNegativesOptions extends EvaluationOptions {
  /** Products drawn a question, none twice: 99 or 100 in most papers. Fewer where the catalogue has no more. */
  readonly negatives?: number;
  /** `uniform` as in He et al. (NCF), WWW 2017; `popularity` as in Sun et al. (BERT4Rec), CIKM 2019. */
  readonly drawn?: "uniform" | "popularity";
}

/** A report of figures that must not be read as quality. Exposure is left out: the lists are chance's, not the method's. */
export interface SampledReport extends EvaluationReport<MethodFigures> {
  readonly warning: string;
  readonly negatives: number;
  readonly drawn: "uniform" | "popularity";
}

const warning =
  "Figures over sampled negatives: larger than over the whole catalogue, and they can order methods wrongly. " +
  "Only for comparison with a paper that sampled alike; judge methods by `evaluate`.";

/**
 * WARNING: reproduces a paper's figures, does not tell how good a method is; `evaluate` does. Every method is asked for
 * the whole catalogue and judged on the relevant products and `negatives` others that the customer did not take; what it
 * did not answer counts as behind all of them. Draws depend on `random` and the question only.
 * @throws InvalidInput as `evaluate` does
 * @example
 * const report = await reproduceSampledNegatives(leaveOneOut(sequences), methods, {
 *   negatives: 99,
 *   metrics: [metrics.hitRate(10), metrics.ndcg(10)],
 *   random: createRandom("NCF"),
 * });
 */
export async function reproduceSampledNegatives<Training, Asked extends Query>(
  split: Split<Training, Asked>,
  methods: readonly Method<Training, Asked>[],
  { negatives = 100, drawn = "uniform", ...options }: SampledNegativesOptions,
): Promise<SampledReport> {
  requireInteger("negatives", negatives, 1);
  const draw = drawing(split, drawn);
  const narrow = (answer: JudgedAnswer, index: number): JudgedAnswer =>
    among(answer, drawNegatives(answer, negatives, options.random.fork(`negatives ${index}`), draw));
  const report = await judgeMethods(split, methods, options, narrow);
  const withoutExposure = ({ name, figures, advantages }: MethodFigures): MethodFigures => ({
    name,
    figures,
    advantages,
  });
  return {
    ...report,
    protocol: `${split.protocol}, but judged among ${negatives} products drawn by ${drawn === "uniform" ? "chance" : drawn}`,
    popularity: withoutExposure(report.popularity),
    rows: report.rows.map(withoutExposure),
    warning,
    negatives,
    drawn,
  };
}

type Draw = (random: Random) => number;

function drawing({ productCount, popularity }: Split<unknown>, drawn: "uniform" | "popularity"): Draw {
  if (drawn === "uniform") return (random) => random.integer(productCount);
  if (drawn !== "popularity") throw new InvalidOption("drawn", drawn, '"uniform" or "popularity"');
  const sampler = createSampler(popularity.counts);
  return (random) => sampler.draw(random);
}

/** Distinct products that are neither relevant nor forbidden. */
function drawNegatives(
  { relevant, owned, productCount }: JudgedAnswer,
  count: number,
  random: Random,
  draw: Draw,
): ReadonlySet<number> {
  const wanted = Math.min(count, productCount - owned.size);
  const drawn = new Set<number>();
  const offer = (product: number): void => {
    if (!relevant.has(product) && !owned.has(product)) drawn.add(product);
  };
  // Where few are left, chance would look for them for long: from there on they are taken in order.
  for (let tries = 0; drawn.size < wanted && tries < 20 * wanted; tries++) offer(draw(random));
  for (let product = 0; drawn.size < wanted && product < productCount; product++) offer(product);
  return drawn;
}

/** The answer as if the catalogue held nothing but what is relevant and these products. */
function among(answer: JudgedAnswer, negatives: ReadonlySet<number>): JudgedAnswer {
  const { ranked, relevant } = answer;
  const places = Array.from(ranked.products.keys()).filter(
    (place) => relevant.has(ranked.products[place]) || negatives.has(ranked.products[place]),
  );
  return {
    ...answer,
    ranked: {
      products: Uint32Array.from(places, (place) => ranked.products[place]),
      scores: Float64Array.from(places, (place) => ranked.scores[place]),
    },
    owned: new Set(),
    productCount: relevant.size + negatives.size,
  };
}

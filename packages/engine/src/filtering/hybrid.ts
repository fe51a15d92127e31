/**
 * Several models as one: each layer ranks its best `pool` products, and what it says of them is added up by weight.
 * - `reciprocal-rank`: weight / (60 + rank). Cormack, Clarke and Buettcher, "Reciprocal rank fusion outperforms Condorcet
 *   and individual rank learning methods", SIGIR 2009. Minds the order only: for unlike models without a validation window.
 * - `weighted`: weight x (score - floor) / (best - floor), floor being 0 or the lowest score if that is below.
 * - `z-score`: weight x (1 + (score - lowest) / standard deviation) over the layer's pool, so that a product a layer does
 *   not name stands one deviation behind the last one it does.
 * Item and user neighbours together, validation parts, recall@20: Gowalla .141 and .145 alone, .151 by rank, .158 weighted,
 * .155 by deviations; Amazon Beauty .109 and .113 alone, .112, .113, .115.
 * A query costs its layers and O(layers x pool); at most layers x pool products can be answered.
 */
import { InvalidFile, InvalidOption, requireInteger } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { sharedAccumulator } from "../matrix/accumulator.ts";
import type { Ranked } from "../matrix/top-k.ts";
import { integerSetting, numberSetting, requireKind } from "../models/model-columns.ts";
import { rankScores } from "../models/scoring.ts";
import type { TrainingControls } from "../models/training.ts";
import { momentsOf } from "../statistics/moments.ts";
import {
  explainThrough,
  fillOf,
  requireLayers,
  requireWeight,
  sharesOfLayers,
  type Layer,
  type LayeredQuery,
  type LayeredRecommender,
} from "./layers.ts";
import {
  loadParts,
  requireSameCatalogue,
  savedParts,
  sharedProductCount,
  textSetting,
  type Loaders,
} from "./model-parts.ts";

const kind = "hybrid";

/** How the layers' answers become comparable. */
export type Fusion = "weighted" | "z-score" | "reciprocal-rank";

/** A model and how much it counts. */
export interface WeightedLayer extends Layer {
  /** Against the other layers, above 0. Choose it on a validation window, never on what is reported. */
  readonly weight?: number | undefined;
}

/** How layers are fused. */
export interface HybridOptions {
  readonly fusion?: Fusion | undefined;
  /** Products that each layer names. */
  readonly pool?: number | undefined;
}

/** What a layer adds, product by product. */
interface LayerAnswer {
  readonly products: Uint32Array;
  readonly amounts: Float64Array;
}

/** What a layer's answer is worth, place by place, before its weight. */
type Worths = (ranked: Ranked) => Float64Array;

/** Damps the lead of first places: the constant of the paper. */
const rankOffset = 60;

/**
 * @throws InvalidInput when there is no layer, two have the same name, or they know different catalogues
 * @throws InvalidOption when a weight or a setting is out of its range
 * @example
 * const model = createHybrid([
 *   { name: "bought together", model: neighbours, weight: 2 },
 *   { name: "alike", model: content },
 * ]);
 * model.recommend({ history: [42] }, 8).fill; // [{ layer: "bought together", share: 0.7 }, { layer: "alike", share: 0.3 }]
 */
export function createHybrid(
  layers: readonly WeightedLayer[],
  { fusion = "reciprocal-rank", pool = 200 }: HybridOptions = {},
): LayeredRecommender {
  requireLayers(layers);
  requireInteger("pool", pool, 1);
  const worthOf = worths.get(fusion);
  if (!worthOf) throw new InvalidOption("fusion", fusion, `one of ${Array.from(worths.keys()).join(", ")}`);
  const models = layers.map(({ model }) => model);
  const weights = layers.map(({ weight = 1 }) => weight);
  for (const [place, weight] of weights.entries()) requireWeight(place, weight);
  const productCount = sharedProductCount(models);
  const sums = sharedAccumulator(productCount);

  const ask = (query: LayeredQuery): readonly LayerAnswer[] =>
    models.map((model, place) => {
      const ranked = model.recommend(query, pool);
      return { products: ranked.products, amounts: worthOf(ranked).map((worth) => weights[place] * worth) };
    });
  function amountsFor(answers: readonly LayerAnswer[], product: number): number[] {
    return answers.map(({ products, amounts }) => amounts[products.indexOf(product)] ?? 0);
  }
  return {
    kind,
    productCount,
    recommend(query, count) {
      requireInteger("count", count, 0);
      const answers = ask(query);
      const ranked = rankScores(sums, query, count, () => {
        for (const { products, amounts } of answers) {
          for (let place = 0; place < products.length; place++) sums.add(products[place], amounts[place]);
        }
      });
      const amounts = Array.from(ranked.products, (product) => amountsFor(answers, product));
      return { ...ranked, fill: fillOf(layers, amounts) };
    },
    explain: (query, product) => explainThrough(layers, amountsFor(ask(query), product), query, product),
    explainLayers: (query, product) => sharesOfLayers(layers, amountsFor(ask(query), product)),
    save() {
      const { settings, columns } = savedParts(models);
      const own = Object.fromEntries(
        layers.flatMap(({ name }, place) => [
          [`name/${place}`, name],
          [`weight/${place}`, weights[place]],
        ]),
      );
      return { kind, settings: { ...settings, ...own, productCount, fusion, pool }, columns };
    },
  };
}

/**
 * @throws InvalidFile when the file is damaged, or a layer is of a kind that `loaders` cannot read
 * @example
 * const model = await loadHybrid(readModel(bytes), { "item-neighbours": loadItemNeighbours, content: loadContent });
 */
export async function loadHybrid(
  file: ModelFile,
  loaders: Loaders,
  controls: TrainingControls = {},
): Promise<LayeredRecommender> {
  requireKind(file, kind);
  const models = await loadParts(file, loaders, controls);
  const layers = models.map((model, place) => ({
    model,
    name: textSetting(file, `name/${place}`),
    weight: numberSetting(file, `weight/${place}`, Number.MIN_VALUE),
  }));
  const fusion = Array.from(worths.keys()).find((known) => known === file.settings["fusion"]);
  if (!fusion) throw new InvalidFile(`Setting "fusion" of the ${kind} model must be one of its fusions.`);
  return requireSameCatalogue(file, createHybrid(layers, { fusion, pool: integerSetting(file, "pool", 1) }));
}

const worths: ReadonlyMap<Fusion, Worths> = new Map<Fusion, Worths>([
  ["reciprocal-rank", ({ scores }) => scores.map((_, place) => 1 / (rankOffset + place + 1))],
  [
    "weighted",
    ({ scores }) => {
      const floor = Math.min(0, scores.at(-1) ?? 0);
      const range = (scores[0] ?? 0) - floor;
      return scores.map((score) => (range > 0 ? (score - floor) / range : 1));
    },
  ],
  [
    "z-score",
    ({ scores }) => {
      const lowest = scores.at(-1) ?? 0;
      const deviation = Math.sqrt(momentsOf(scores).variance);
      return scores.map((score) => (deviation > 0 ? 1 + (score - lowest) / deviation : 1));
    },
  ],
]);

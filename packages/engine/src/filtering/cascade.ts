/**
 * Layers one after another: the first that is sure enough of a product answers, the next ones fill what is left, so that
 * a page is never empty while anything may be shown - and the answer says which layer filled how much of it.
 * How sure a layer must be is said by the score its products need, and by the history or circumstances it needs to speak
 * at all.
 * Scores say the layer and the place in it: the first of three answers above 2 and up to 3, the last above 0 and up to 1.
 */
import { InvalidFile, InvalidOption, requireInteger } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import type { Ranked } from "../matrix/top-k.ts";
import { recentSteps } from "../models/history.ts";
import { integerSetting, requireKind } from "../models/model-columns.ts";
import type { TrainingControls } from "../models/training.ts";
import {
  explainThrough,
  fillOf,
  requireLayers,
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

const kind = "cascade";

/** A layer and how sure it must be. */
export interface CascadeLayer extends Layer {
  /** Lowest score at which a product is answered, in the model's own terms. All are by default. */
  readonly minimumScore?: number | undefined;
  /** Known products that the history must hold for the layer to speak. */
  readonly minimumHistory?: number | undefined;
  /** Speaks only where something is known of the circumstances, as bestsellers by segment should. */
  readonly needsContext?: boolean | undefined;
}

/**
 * @param layers the surest first; end with one that answers everybody, such as popularity
 * @throws InvalidInput when there is no layer, two have the same name, or they know different catalogues
 * @throws InvalidOption when a threshold is out of its range
 * @example
 * const model = createCascade([
 *   { name: "bought together", model: neighbours, minimumScore: 0.1, minimumHistory: 1 },
 *   { name: "bestsellers of your country", model: bySegment, needsContext: true },
 *   { name: "bestsellers", model: popularity },
 * ]);
 * model.recommend({ history: [], context: { country: "FR" } }, 8).fill[1]; // { layer: "bestsellers of your country", share: 1 }
 */
export function createCascade(layers: readonly CascadeLayer[]): LayeredRecommender {
  requireLayers(layers);
  for (const [place, { minimumScore = -Infinity, minimumHistory = 0 }] of layers.entries()) {
    requireInteger(`layers[${place}].minimumHistory`, minimumHistory, 0);
    if (Number.isNaN(minimumScore) || minimumScore === Infinity) {
      throw new InvalidOption(`layers[${place}].minimumScore`, minimumScore, "a score of its model");
    }
  }
  const models = layers.map(({ model }) => model);
  const productCount = sharedProductCount(models);

  function mayAnswer({ minimumHistory = 0, needsContext = false }: CascadeLayer, query: LayeredQuery): boolean {
    if (needsContext && Object.keys(query.context ?? {}).length === 0) return false;
    return minimumHistory === 0 || recentSteps(query, productCount).length >= minimumHistory;
  }
  function answerOf(layer: CascadeLayer, query: LayeredQuery, count: number): Uint32Array {
    if (!mayAnswer(layer, query)) return new Uint32Array();
    const { model, minimumScore = -Infinity } = layer;
    const { products, scores } = model.recommend(query, count);
    const unsure = scores.findIndex((score) => score < minimumScore);
    return unsure < 0 ? products : products.subarray(0, unsure);
  }
  function fill(query: LayeredQuery, count: number): Ranked & { readonly origin: Uint32Array } {
    const filled = new Map<number, { readonly layer: number; readonly score: number }>();
    for (const [place, layer] of layers.entries()) {
      if (filled.size === count && place > 0) break;
      const ceiling = layers.length - place;
      let rank = 0;
      // As many as the whole answer holds, because the layers above may have named them all.
      for (const product of answerOf(layer, query, count)) {
        if (filled.has(product) || filled.size === count) continue;
        filled.set(product, { layer: place, score: ceiling - rank / (rank + 1) });
        rank++;
      }
    }
    const entries = Array.from(filled.values());
    return {
      products: Uint32Array.from(filled.keys()),
      scores: Float64Array.from(entries, ({ score }) => score),
      origin: Uint32Array.from(entries, ({ layer }) => layer),
    };
  }
  /** 1 for the first layer that would name the product, whatever else it names. */
  function amountsFor(query: LayeredQuery, product: number): number[] {
    const first = layers.findIndex((layer) => answerOf(layer, query, productCount).includes(product));
    return layers.map((_, place) => (place === first ? 1 : 0));
  }
  return {
    kind,
    productCount,
    recommend(query, count) {
      requireInteger("count", count, 0);
      const { products, scores, origin } = fill(query, count);
      const amounts = Array.from(origin, (place) => layers.map((_, layer) => (layer === place ? 1 : 0)));
      return { products, scores, fill: fillOf(layers, amounts) };
    },
    explain: (query, product) => explainThrough(layers, amountsFor(query, product), query, product),
    explainLayers: (query, product) => sharesOfLayers(layers, amountsFor(query, product)),
    save() {
      const { settings, columns } = savedParts(models);
      const own = layers.flatMap(({ name, minimumScore, minimumHistory = 0, needsContext = false }, place) => [
        [`name/${place}`, name],
        // Files hold finite numbers only, and none is a threshold.
        [`minimumScore/${place}`, minimumScore === undefined || minimumScore === -Infinity ? "none" : minimumScore],
        [`minimumHistory/${place}`, minimumHistory],
        [`needsContext/${place}`, needsContext],
      ]);
      return { kind, settings: { ...settings, ...Object.fromEntries(own), productCount }, columns };
    },
  };
}

/**
 * @throws InvalidFile when the file is damaged, or a layer is of a kind that `loaders` cannot read
 * @example
 * const model = await loadCascade(readModel(bytes), { "item-neighbours": loadItemNeighbours, popularity: loadPopularity });
 */
export async function loadCascade(
  file: ModelFile,
  loaders: Loaders,
  controls: TrainingControls = {},
): Promise<LayeredRecommender> {
  requireKind(file, kind);
  const models = await loadParts(file, loaders, controls);
  const layers = models.map((model, place) => ({
    model,
    name: textSetting(file, `name/${place}`),
    minimumScore: thresholdOf(file, `minimumScore/${place}`),
    minimumHistory: integerSetting(file, `minimumHistory/${place}`),
    needsContext: flagSetting(file, `needsContext/${place}`),
  }));
  return requireSameCatalogue(file, createCascade(layers));
}

function thresholdOf({ settings }: ModelFile, name: string): number | undefined {
  const value = settings[name];
  if (value === "none") return undefined;
  if (typeof value === "number") return value;
  throw new InvalidFile(`Setting "${name}" of the ${kind} model must be a score, or "none".`);
}

function flagSetting({ settings }: ModelFile, name: string): boolean {
  const value = settings[name];
  if (typeof value === "boolean") return value;
  throw new InvalidFile(`Setting "${name}" of the ${kind} model must be true or false.`);
}

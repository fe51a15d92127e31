/**
 * New products beside what is known to sell: the answer of a base model, in which a share of the places goes to products
 * with too few sales to be learned, chosen by their likeness to the history (content), or in the order given where there
 * is no history. What is new is counted again at every training: a product that sells leaves the quota by itself.
 *
 * New visitors need no model of their own: a cascade of personal, contextual and popular layers (see `cascade.ts`)
 * answers them and says which layer did.
 */
import { InvalidFile, InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { columnSizes, type Incidence } from "../matrix/sparse.ts";
import { recentSteps } from "../models/history.ts";
import { indicesOf, integerSetting, numberSetting, requireKind } from "../models/model-columns.ts";
import { forbidden, type Recommender } from "../models/recommender.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { dealQuota, scoresByPlace } from "./exploration.ts";
import {
  explainThrough,
  fillOf,
  sharesOfLayers,
  type Layer,
  type LayeredQuery,
  type LayeredRecommender,
} from "./layers.ts";
import { loadParts, savedParts, sharedProductCount, type Loaders } from "./model-parts.ts";

const kind = "cold-start";

/** Names of the layers in reports. */
const names = ["known", "new products"] as const;

/** What is new, and how much room it gets. */
export interface ColdStartOptions {
  /** Share of the places that new products take, from 0 to 1: 0.1 is every tenth place. */
  readonly quota?: number | undefined;
  /** Products the likeness model is asked for, from which the new ones are picked. */
  readonly pool?: number | undefined;
}

/**
 * @param base answers what is known to sell
 * @param likeness finds products by what they are like, for example content or given embeddings
 * @param newProducts indices of products with too few sales, the most promising first: see `newProductsOf`
 * @throws InvalidInput when the models know different catalogues, or a product is not of theirs
 * @throws InvalidOption when a setting is out of its range
 * @example
 * const model = createColdStart(neighbours, content, newProductsOf(view, 5), { quota: 0.125 });
 * model.recommend({ history: [42] }, 8).fill; // [{ layer: "known", share: 0.875 }, { layer: "new products", share: 0.125 }]
 */
export function createColdStart(
  base: Recommender,
  likeness: Recommender,
  newProducts: Uint32Array,
  { quota = 0.1, pool = 200 }: ColdStartOptions = {},
): LayeredRecommender {
  requireInteger("pool", pool, 1);
  requireNumber("quota", quota, 0, 1);
  const models = [base, likeness];
  const productCount = sharedProductCount(models);
  const layers: readonly Layer[] = models.map((model, place) => ({ name: names[place], model }));
  const isNew = new Uint8Array(productCount);
  for (const [place, product] of newProducts.entries()) {
    if (product >= productCount) {
      throw new InvalidInput(`newProducts[${place}]`, product, `a catalogue index below ${productCount}`);
    }
    isNew[product] = 1;
  }

  /** New products that are like the history; all of them where there is none to be like. */
  function explorersOf(query: LayeredQuery): Uint32Array {
    if (recentSteps(query, productCount).length > 0) {
      return likeness.recommend(query, pool).products.filter((product) => isNew[product] === 1);
    }
    const isForbidden = forbidden(query);
    return newProducts.filter((product) => !isForbidden(product));
  }
  function amountsFor(query: LayeredQuery, product: number): number[] {
    const isExplorer = isNew[product] === 1 && explorersOf(query).includes(product);
    const isKnown = !isExplorer && base.recommend(query, productCount).products.includes(product);
    return [Number(isKnown), Number(isExplorer)];
  }
  return {
    kind,
    productCount,
    recommend(query, count) {
      const known = base.recommend(query, count).products;
      const explorers = explorersOf(query);
      const products = Uint32Array.from(dealQuota(known, explorers, quota, count));
      const amounts = Array.from(products, (product) => {
        const isExplorer = explorers.includes(product);
        return [Number(!isExplorer), Number(isExplorer)];
      });
      return { products, scores: scoresByPlace(products.length), fill: fillOf(layers, amounts) };
    },
    explain: (query, product) => explainThrough(layers, amountsFor(query, product), query, product),
    explainLayers: (query, product) => sharesOfLayers(layers, amountsFor(query, product)),
    save() {
      const { settings, columns } = savedParts(models);
      return { kind, settings: { ...settings, productCount, quota, pool }, columns: { ...columns, newProducts } };
    },
  };
}

/**
 * @param loaders for both models
 * @throws InvalidFile when the file is damaged, or a model is of a kind that `loaders` cannot read
 * @example
 * const model = await loadColdStart(readModel(bytes), { "item-neighbours": loadItemNeighbours, content: loadContent });
 */
export async function loadColdStart(
  file: ModelFile,
  loaders: Loaders,
  controls: TrainingControls = {},
): Promise<LayeredRecommender> {
  requireKind(file, kind);
  const [base, likeness, ...more] = await loadParts(file, loaders, controls);
  const productCount = integerSetting(file, "productCount");
  if (base?.productCount !== productCount || likeness?.productCount !== productCount || more.length > 0) {
    throw new InvalidFile(`The ${kind} model must hold two models of its ${productCount} products.`);
  }
  const quota = numberSetting(file, "quota");
  if (quota > 1) throw new InvalidFile(`Setting "quota" of the ${kind} model must be at most 1.`);
  const newProducts = await paced("loading new products", indicesOf(file, "newProducts", productCount), controls);
  return createColdStart(base, likeness, newProducts, { quota, pool: integerSetting(file, "pool", 1) });
}

/**
 * Products with too few baskets to be learned from, those with most of them first.
 * @param minimumBaskets at which a product counts as known
 * @throws InvalidOption when `minimumBaskets` is not a positive integer
 * @example
 * const unproven = newProductsOf(view, 5);
 */
export function newProductsOf({ baskets }: { readonly baskets: Incidence }, minimumBaskets: number): Uint32Array {
  requireInteger("minimumBaskets", minimumBaskets, 1);
  const sizes = columnSizes(baskets);
  const unproven = Uint32Array.from(sizes.keys()).filter((product) => sizes[product] < minimumBaskets);
  return unproven.sort((a, b) => sizes[b] - sizes[a] || a - b);
}

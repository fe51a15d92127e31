/** The purchase ranker as a model: trained on a shop's baskets, asked about a customer, saved as a file. */
import { InvalidFile, InvalidOption, requireInteger } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import type { InPieces } from "../matrix/pieces.ts";
import type { Ranked } from "../matrix/top-k.ts";
import { requireHistory } from "../models/history.ts";
import { columnOf, integerSetting, requireKind } from "../models/model-columns.ts";
import type { Contribution, Recommender } from "../models/recommender.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import type { CustomerBaskets } from "../history/customer-baskets.ts";
import type { PurchaseQuestion } from "../sequences/index.ts";
import { createCatalogueRanker } from "./catalogue-ranker.ts";
import { choicesOf, meritsOf, type PurchaseReach, type WeightChoice } from "./purchase-choice.ts";
import { defaultWeights, fitPurchases, splitPurchases, type HeldBackPurchases } from "./purchase-fit.ts";
import { markPurchases, mixPurchases, type MarkedProduct } from "./purchase-mix.ts";
import {
  buildPurchaseParts,
  columnsOfPurchases,
  readPurchaseParts,
  type PurchaseKnowledge,
  type PurchaseParts,
} from "./purchase-parts.ts";
import { purchasePlan } from "./purchase-plan.ts";
import { purchaseBuilds, type PurchaseBuild } from "./purchase-settings.ts";
import { createSpeakers } from "./purchase-speakers.ts";
import type { SignalShare } from "./ranker.ts";
import type { Weights } from "./weights.ts";

const kind = "purchase-ranker";

export interface PurchaseRankerOptions extends PurchaseKnowledge {
  readonly build?: PurchaseBuild | undefined;
  /** What the weights are to get right: the top of a list, or the order of the whole catalogue. */
  readonly reach?: PurchaseReach | undefined;
  /** What weights are fitted on before everything is read. */
  readonly heldBack?: HeldBackPurchases | undefined;
  /** Customers to fit on at most; 0 serves the default weights. */
  readonly mostCustomers?: number | undefined;
  /**
   * Whether what was held back is read too once the weights are found. False answers from what was known before, as
   * papers do whose models are not trained again on the validation part.
   */
  readonly readsHeldBack?: boolean | undefined;
}

/** How a mixed list is put together. */
export interface MixOptions {
  /** Share of products that the customer bought before, from 0 to 1; by score alone when left out. */
  readonly repeatShare?: number | undefined;
}

/** A recommender that reads baskets, ranks the whole catalogue, and says what each signal added to a score. */
export interface PurchaseRanker extends Recommender {
  recommend(query: PurchaseQuestion, count: number): Ranked;
  explain(query: PurchaseQuestion, product: number): readonly Contribution[];
  signalsOf(query: PurchaseQuestion, product: number): readonly SignalShare[];
  /** The next basket: what is bought again and what is new, each place marked. */
  nextBasket(query: PurchaseQuestion, count: number, options?: MixOptions): readonly MarkedProduct[];
  /** Customers the weights were fitted on; 0 where the default weights serve. */
  readonly fittedOn: number;
  /** Which weights serve each kind of question, and the figures that spoke for them. */
  readonly choices: readonly WeightChoice[];
}

/** What a trained model consists of. */
interface Trained {
  readonly parts: PurchaseParts;
  readonly weights: Weights;
  readonly reach: PurchaseReach;
  readonly choices: readonly WeightChoice[];
  readonly fittedOn: number;
}

/**
 * Trains on the baskets of known customers. Queries name baskets by `basketEnds`; without them every entry of the
 * history is a basket. Memory: 8 bytes a kept pair (at most 50 to 1,000 a product and table, by build), 36 bytes a
 * product; while fitting, 30 kB a customer.
 * @throws InvalidOption when a setting is out of its range
 * @example
 * const purchases = await trainPurchaseRanker(view, { build: "next-basket" });
 * purchases.nextBasket({ history: [3, 17, 5, 3], basketEnds: [2, 4] }, 10, { repeatShare: 0.5 });
 */
export async function trainPurchaseRanker(
  data: CustomerBaskets,
  {
    build = "next-basket",
    reach = "list",
    heldBack = "last-basket",
    mostCustomers = 4000,
    readsHeldBack = true,
    attributes,
    alike,
    ...controls
  }: PurchaseRankerOptions & TrainingControls = {},
): Promise<PurchaseRanker> {
  if (!purchaseBuilds.includes(build)) throw new InvalidOption("build", build, `one of ${purchaseBuilds.join(", ")}`);
  if (reach !== "list" && reach !== "catalogue") throw new InvalidOption("reach", reach, "list or catalogue");
  if (heldBack !== "last-basket" && !(heldBack.days > 0)) {
    throw new InvalidOption("heldBack.days", heldBack.days, "a number above 0");
  }
  requireInteger("mostCustomers", mostCustomers, 0);
  if (attributes && attributes.rows !== data.productCount) {
    throw new InvalidOption("attributes.rows", attributes.rows, `${data.productCount}, as many as products`);
  }
  const fit = await fitPurchases(data, { build, reach, heldBack, mostCustomers, attributes, alike, ...controls });
  const known = readsHeldBack ? data : splitPurchases(data, heldBack).older;
  const parts = await buildPurchaseParts(known, build, { attributes, alike, ...controls });
  return createPurchaseRanker({
    parts,
    weights: fit?.weights ?? defaultWeights(parts),
    reach,
    choices: fit?.choices ?? choicesOf(new Float64Array(2 * kindsOfQuestions(parts)), reach),
    fittedOn: fit?.customers ?? 0,
  });
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const purchases = await loadPurchaseRanker(readModel(bytes));
 */
export function loadPurchaseRanker(file: ModelFile, controls: TrainingControls = {}): Promise<PurchaseRanker> {
  return paced("loading the purchase ranker", readPurchaseRanker(file), controls);
}

function* readPurchaseRanker(file: ModelFile): InPieces<PurchaseRanker> {
  requireKind(file, kind);
  const parts = yield* readPurchaseParts(file);
  const width = purchasePlan(parts).features.length;
  const bucketCount = integerSetting(file, "bucketCount", 1);
  const values = yield* columnOf(file, "weights", Float64Array, width * bucketCount);
  const reach = reachOfFile(file);
  const merits = yield* columnOf(file, "merits", Float64Array, 2 * kindsOfQuestions(parts));
  return createPurchaseRanker({
    parts,
    weights: { width, bucketCount, values },
    reach,
    choices: choicesOf(merits, reach),
    fittedOn: integerSetting(file, "fittedOn"),
  });
}

function reachOfFile({ settings }: ModelFile): PurchaseReach {
  const reach = settings["reach"];
  if (reach !== "list" && reach !== "catalogue")
    throw new InvalidFile(`The ${kind} model says not what it reaches for.`);
  return reach;
}

function createPurchaseRanker(trained: Trained): PurchaseRanker {
  const { parts, weights, choices, fittedOn } = trained;
  const { productCount } = parts;
  const ranker = createCatalogueRanker(purchasePlan(parts), weights);
  const speak = createSpeakers(parts);
  const recommend = (query: PurchaseQuestion, count: number): Ranked => {
    requireHistory(query.history);
    requireInteger("count", count, 0);
    return knowsSomeOf(query, productCount) ? ranker.rank(query, count) : nothing;
  };
  return {
    kind,
    productCount,
    fittedOn,
    choices,
    recommend,
    explain: (query, product) => speak(query, product, ranker.sharesOf(query, product)),
    signalsOf: (query, product) => ranker.sharesOf(query, product),
    nextBasket(query, count, { repeatShare } = {}) {
      const owned = new Set(Array.from(query.history));
      const question = { ...query, repeats: true };
      const ranked = recommend(question, count);
      if (repeatShare === undefined || ranked.products.length === 0) return markPurchases(ranked, owned);
      const exclude = new Set([...(query.exclude ?? []), ...owned]);
      return mixPurchases(
        markPurchases(ranker.rank(question, count, owned), owned),
        markPurchases(ranker.rank({ ...question, exclude }, count), owned),
        { count, repeatShare },
      );
    },
    save: () => fileOf(trained),
  };
}

const nothing: Ranked = { products: new Uint32Array(0), scores: new Float64Array(0) };

/** Without a product it knows, the ranker would answer everyone with the same popular ones: others do that better. */
function knowsSomeOf({ history }: PurchaseQuestion, productCount: number): boolean {
  for (let i = 0; i < history.length; i++) if (history[i] < productCount) return true;
  return false;
}

const kindsOfQuestions = (parts: PurchaseParts): number => purchasePlan(parts).bucketCount;

function fileOf({ parts, weights, reach, choices, fittedOn }: Trained): ModelFile {
  const { build, dated, productCount, attributes } = parts;
  const { bucketCount } = weights;
  return {
    kind,
    settings: { build, dated, productCount, attributeCount: attributes.columns, bucketCount, reach, fittedOn },
    columns: { ...columnsOfPurchases(parts), weights: weights.values, merits: meritsOf(choices) },
  };
}

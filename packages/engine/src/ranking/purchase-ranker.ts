/** The purchase ranker as a model: trained on a shop's baskets, asked about a customer, saved as a file. */
import { InvalidOption, requireInteger } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import type { InPieces } from "../matrix/pieces.ts";
import type { Ranked } from "../matrix/top-k.ts";
import { requireHistory } from "../models/history.ts";
import { columnOf, integerSetting, requireKind } from "../models/model-columns.ts";
import type { Contribution, Recommender } from "../models/recommender.ts";
import { sharesOf } from "../models/shares.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import type { CustomerBaskets } from "../history/customer-baskets.ts";
import type { PurchaseQuestion } from "../sequences/index.ts";
import { createCatalogueRanker } from "./catalogue-ranker.ts";
import { fitPurchases, splitPurchases, type HeldBackPurchases, type PurchaseReach } from "./purchase-fit.ts";
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
import { defaultPurchaseWeights } from "./purchase-weights.ts";
import { featureNames, type Ranker, type SignalShare } from "./ranker.ts";
import { namedWeights, type Weights } from "./weights.ts";

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
  /** Customers the weights were fitted on; 0 where there were too few, and the default weights serve. */
  readonly fittedOn: number;
}

/** What a trained model consists of. */
interface Trained {
  readonly parts: PurchaseParts;
  readonly weights: Weights;
  readonly fittedOn: number;
}

/**
 * Trains on the baskets of known customers. Queries name baskets by `basketEnds`; without them every entry of the
 * history is a basket. Memory: 8 bytes a kept pair (at most 300 to 1,000 a product and table, by build), 36 bytes a
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
  const fit = await fitPurchases(data, { build, reach, heldBack, mostCustomers, attributes, ...controls });
  const known = readsHeldBack ? data : splitPurchases(data, heldBack).older;
  const parts = await buildPurchaseParts(known, build, { attributes, ...controls });
  return createPurchaseRanker({ parts, weights: fit.weights ?? defaultWeights(parts), fittedOn: fit.customers });
}

/** The same weights for both kinds of questions. */
function defaultWeights(parts: PurchaseParts): Weights {
  const names = featureNames(purchasePlan(parts));
  return namedWeights(names, defaultPurchaseWeights(names, parts.build));
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
  return createPurchaseRanker({
    parts,
    weights: { width, bucketCount, values },
    fittedOn: integerSetting(file, "fittedOn"),
  });
}

function createPurchaseRanker(trained: Trained): PurchaseRanker {
  const { parts, weights, fittedOn } = trained;
  const { productCount } = parts;
  const ranker = createCatalogueRanker(purchasePlan(parts), weights);
  const recommend = (query: PurchaseQuestion, count: number): Ranked => {
    requireHistory(query.history);
    requireInteger("count", count, 0);
    return knowsSomeOf(query, productCount) ? ranker.rank(query, count) : nothing;
  };
  return {
    kind,
    productCount,
    fittedOn,
    recommend,
    explain: (query, product) => explainByHistory(ranker, query, product),
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

/** How much of the score goes when a product is taken out of all baskets. */
function explainByHistory(ranker: Ranker<PurchaseQuestion>, query: PurchaseQuestion, product: number): Contribution[] {
  const scoreOf = (question: PurchaseQuestion): number =>
    ranker.sharesOf(question, product).reduce((sum, { amount }) => sum + amount, 0);
  const whole = scoreOf(query);
  const distinct = [...new Set(Array.from(query.history))];
  const losses = distinct.map((left) => Math.max(0, whole - scoreOf(without(query, left))));
  return sharesOf(distinct, losses);
}

/** The same customer, had they never bought a product: its baskets stay, though some may be empty. */
function without(query: PurchaseQuestion, product: number): PurchaseQuestion {
  const history = Array.from(query.history);
  const ends = query.basketEnds ? Array.from(query.basketEnds) : history.map((_, place) => place + 1);
  const removedBefore = (end: number): number => history.slice(0, end).filter((other) => other === product).length;
  return {
    ...query,
    history: history.filter((other) => other !== product),
    basketEnds: ends.map((end) => end - removedBefore(end)),
  };
}

function fileOf({ parts, weights, fittedOn }: Trained): ModelFile {
  const { build, dated, productCount, attributes } = parts;
  const { bucketCount } = weights;
  return {
    kind,
    settings: { build, dated, productCount, attributeCount: attributes.columns, bucketCount, fittedOn },
    columns: { ...columnsOfPurchases(parts), weights: weights.values },
  };
}

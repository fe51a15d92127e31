/** Joins what was trained or loaded with a policy: the state that decisions stand on. */
import type { Affinities } from "../association/index.ts";
import { productsAPiece, type Catalogue } from "../catalogue/catalogue.ts";
import type { Product } from "../catalogue/product.ts";
import { stockShelves } from "../catalogue/shelf.ts";
import type { Economics, ProductFacts } from "../decision/product-facts.ts";
import type * as refinementModule from "../decision/refinements.ts";
import type { Location } from "../decision/request.ts";
import { sourceNames, type DecisionState, type Holdout, type SourceModel, type SourceName } from "../decision/state.ts";
import { defaultPlacements, defaultStrategies, type Strategy } from "../decision/strategy.ts";
import { InvalidInput, requireNumber } from "../errors.ts";
import { newArrivalsInPieces } from "../filtering/new-arrivals.ts";
import type { MerchandisingRule } from "../merchandising/index.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { hashColumnsInPieces } from "../random/hash.ts";
import type { CustomerPurchaseColumns } from "./customer-purchases.ts";
import { sourcesOf } from "./sources.ts";

/** How an engine decides. */
export interface Policy {
  readonly strategies?: readonly Strategy[];
  readonly placements?: Partial<Readonly<Record<Location, string>>>;
  /** Measured by default: 5 % of the visitors who bring an id see nothing. */
  readonly holdout?: Holdout;
  /** The merchant's rules, asked at every decision. */
  readonly rules?: readonly MerchandisingRule[];
  /** For margins after returns. */
  readonly economics?: Economics;
}

/** The holdout of an engine whose owner says nothing. */
const defaultHoldout: Holdout = { salt: "basketlift-holdout", share: 0.05 };

/** What a state is made of, whether it was just trained or read from files. */
export interface EngineParts {
  readonly catalogue: Catalogue;
  /** Version of the data that the models were trained on. */
  readonly dataVersion: string;
  readonly affinities: Affinities;
  readonly models: ReadonlyMap<SourceName, SourceModel>;
  readonly purchases: CustomerPurchaseColumns;
  /** Absent in files that were written before products were measured. */
  readonly facts?: ProductFacts;
}

/** All that a shop's own strategies and rules take, loaded where there are any. */
export type Refinements = typeof refinementModule;

/** Loads what rules, limits of age or country and a shop's own strategies take: shops without any do not pay for it. */
export async function loadRefinements(
  { strategies, rules }: Policy,
  { products }: Catalogue,
): Promise<Refinements | undefined> {
  const isNeeded = strategies ?? rules ?? products.some(({ restrictions }) => restrictions);
  return isNeeded ? import("../decision/refinements.ts") : undefined;
}

/** Joins trained parts and a policy into the state that decisions stand on, pausing on the way. */
export function* assembleState(
  { catalogue, dataVersion, affinities, models, purchases, facts }: EngineParts,
  policy: Policy,
  refinements?: Refinements,
): InPieces<DecisionState> {
  const { strategies = defaultStrategies, placements, holdout = defaultHoldout, rules, economics } = policy;
  requireNumber("holdout.share", holdout.share, 0, 1);
  refinements?.checkStrategies(strategies, sourceNames);
  const placed = { ...defaultPlacements, ...placements };
  const byId = new Map(strategies.map((strategy) => [strategy.id, strategy]));
  for (const [location, id] of Object.entries(placed)) {
    if (!byId.has(id)) throw new InvalidInput(`placements.${location}`, id, `one of ${[...byId.keys()].join(", ")}`);
  }
  yield* stockShelves(catalogue);
  // News follow the catalogue: they are neither trained nor saved.
  const allModels = new Map(models).set("new-arrivals", yield* newArrivalsInPieces(catalogue));
  const { markets, products } = catalogue;
  // What is left out leaves no mark: states of shops without it keep their versions.
  const asked = [rules, economics].filter(Boolean);
  const content = [dataVersion, markets, strategies, placed, holdout, ...asked];
  return {
    version: yield* hashColumnsInPieces(contentOf(content, products, facts)),
    catalogue,
    sources: sourcesOf(allModels, affinities),
    strategies: byId,
    placements: placed,
    holdout,
    customers: purchases,
    ...(facts && { facts }),
    ...(economics && { economics }),
    ...(refinements && rules && { rules: refinements.compileRules(rules, catalogue) }),
  };
}

/** Everything a version names, as bytes: pieces of products, since one text of them all could only be made in one go. */
function* contentOf(
  policy: unknown,
  products: readonly Product[],
  facts: ProductFacts | undefined,
): Generator<ArrayBufferView> {
  if (facts) yield* [facts.returnRate, facts.dailyDemand, facts.exposures];
  const encoder = new TextEncoder();
  yield encoder.encode(JSON.stringify(policy));
  for (let begin = 0; begin < products.length; begin += productsAPiece) {
    yield encoder.encode(JSON.stringify(products.slice(begin, begin + productsAPiece)));
  }
}

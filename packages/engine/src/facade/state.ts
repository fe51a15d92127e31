/** Joins what was trained or loaded with a policy: the state that decisions stand on. */
import type { Affinities } from "../association/index.ts";
import { productsAPiece, type Catalogue } from "../catalogue/catalogue.ts";
import type { Product } from "../catalogue/product.ts";
import { stockShelves } from "../catalogue/shelf.ts";
import type { Location } from "../decision/request.ts";
import { sourceNames, type DecisionState, type Holdout, type SourceModel, type SourceName } from "../decision/state.ts";
import { checkStrategy, defaultPlacements, defaultStrategies, type Strategy } from "../decision/strategy.ts";
import { InvalidInput, requireNumber } from "../errors.ts";
import { newArrivalsInPieces } from "../filtering/new-arrivals.ts";
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
}

/** Joins trained parts and a policy into the state that decisions stand on, pausing on the way. */
export function* assembleState(
  { catalogue, dataVersion, affinities, models, purchases }: EngineParts,
  { strategies = defaultStrategies, placements, holdout = defaultHoldout }: Policy,
): InPieces<DecisionState> {
  requireNumber("holdout.share", holdout.share, 0, 1);
  for (const strategy of strategies) checkStrategy(strategy, sourceNames);
  const placed = { ...defaultPlacements, ...placements };
  const byId = new Map(strategies.map((strategy) => [strategy.id, strategy]));
  for (const [location, id] of Object.entries(placed)) {
    if (!byId.has(id)) throw new InvalidInput(`placements.${location}`, id, `one of ${[...byId.keys()].join(", ")}`);
  }
  yield* stockShelves(catalogue);
  // News follow the catalogue: they are neither trained nor saved.
  const allModels = new Map(models).set("new-arrivals", yield* newArrivalsInPieces(catalogue));
  const { markets, products } = catalogue;
  const policy = [dataVersion, markets, strategies, placed, holdout];
  return {
    version: yield* hashColumnsInPieces(contentOf(policy, products)),
    catalogue,
    sources: sourcesOf(allModels, affinities),
    strategies: byId,
    placements: placed,
    holdout,
    customers: purchases,
  };
}

/** Everything a version names, as bytes: pieces of products, since one text of them all could only be made in one go. */
function* contentOf(policy: unknown, products: readonly Product[]): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(JSON.stringify(policy));
  for (let begin = 0; begin < products.length; begin += productsAPiece) {
    yield encoder.encode(JSON.stringify(products.slice(begin, begin + productsAPiece)));
  }
}

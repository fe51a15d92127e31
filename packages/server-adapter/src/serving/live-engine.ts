/**
 * A trained engine over the catalogue as it is now. Models are the trained ones; prices, stock and what is on sale are
 * live. Products keep the places the models know them by; younger ones are appended behind, where models have nothing
 * to say about them and popularity and the catalogue's own order fill in.
 */
import type { Engine } from "@basketlift/engine";
import { companionsOf } from "@basketlift/engine/association";
import { createCatalogue, type Catalogue, type Market, type Product } from "@basketlift/engine/catalogue";
import { decide, replay, traceOf, type DecisionState, type Occasion } from "@basketlift/engine/decision";
import { hashColumns } from "@basketlift/engine/random";
import { newArrivals, newArrivalsSource } from "./new-arrivals.ts";
import { withPolicy, type ShopPolicy } from "./policy.ts";
import { routeStrategies } from "./strategies.ts";

/** An engine whose catalogue can be changed: each change makes a new one, the old one stays as it was. */
export interface LiveEngine {
  readonly engine: Engine;
  /**
   * @param changed products as they are now; unknown ones are new
   * @returns the engine over the changed catalogue, and the ids of products that cannot be used, with the reason
   */
  withProducts(changed: readonly Product[]): { live: LiveEngine; refused: readonly { id: string; why: string }[] };
  /** The same engine and catalogue under what the shop has set now. */
  withSettings(settings: ShopSettings): LiveEngine;
  /** The products that are not as they were at the training, in the order of the catalogue. */
  changes(): readonly Product[];
}

/** What the shop decides about its recommendations. */
export interface ShopSettings {
  /** Share of the visitors who are held out; the trained engine's own when left out. */
  readonly holdoutShare?: number | undefined;
  /** Its strategies and where they serve; the engine's own when left out. */
  readonly policy?: ShopPolicy | undefined;
}

export interface LiveEngineOptions extends ShopSettings {
  /** Milliseconds since 1970, UTC. */
  readonly now?: () => number;
  readonly createId?: () => string;
}

/**
 * @param trained as it came out of its files
 * @example
 * const live = liveEngine(trained).withProducts(changed).live;
 * live.engine.recommend({ placement: "homepage" });
 */
export function liveEngine(trained: Engine, options: LiveEngineOptions = {}): LiveEngine {
  const { catalogue, state } = trained;
  return assemble({ trained, catalogue, rules: state.rules, differences: new Map(), options });
}

interface Parts {
  readonly trained: Engine;
  readonly catalogue: Catalogue;
  /** The merchant's, over `catalogue`: what they are about may be priced, stocked and called otherwise than at the training. */
  readonly rules: DecisionState["rules"];
  /** Hashes of the products that are not as they were at the training, by index. */
  readonly differences: ReadonlyMap<number, string>;
  readonly options: LiveEngineOptions;
}

function assemble(parts: Parts): LiveEngine {
  const { catalogue, differences, options } = parts;
  return {
    engine: engineOver(parts),
    withProducts: (changed) => change(parts, changed),
    withSettings: ({ holdoutShare, policy }) => assemble({ ...parts, options: { ...options, holdoutShare, policy } }),
    changes: () => [...differences.keys()].sort((a, b) => a - b).map((index) => catalogue.products[index]),
  };
}

function change(parts: Parts, given: readonly Product[]): ReturnType<LiveEngine["withProducts"]> {
  const { catalogue, trained } = parts;
  const changed = new Map(given.map((product) => [product.id, product]));
  const ownerOf = variantOwners(catalogue, changed);
  const refused: { id: string; why: string }[] = [];
  const products = [...catalogue.products];
  const differences = new Map(parts.differences);
  let sameShape = true;
  for (const product of changed.values()) {
    const why = faultOf(product, catalogue.markets) ?? ownerOf.conflictOf(product);
    if (why !== undefined) {
      refused.push({ id: product.id, why });
      continue;
    }
    ownerOf.take(product);
    const known = catalogue.ids.indexOf(product.id);
    const index = known ?? products.length;
    sameShape &&= known !== undefined && hasShapeOf(product, catalogue.products[known]);
    products[index] = product;
    const hash = hashOf(product);
    if (hash === hashOf(trained.catalogue.products[index])) differences.delete(index);
    else differences.set(index, hash);
  }
  // A price or a stock leaves every index as it was: nothing needs to be made again.
  const next = sameShape ? { ...catalogue, products } : createCatalogue({ products, markets: catalogue.markets });
  const rules = parts.rules?.withCatalogue(next);
  return { live: assemble({ ...parts, catalogue: next, rules, differences }), refused };
}

function faultOf(product: Product, markets: readonly Market[]): string | undefined {
  try {
    createCatalogue({ products: [product], markets });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Which product each variant belongs to; those that a changed product no longer lists are free. */
function variantOwners(
  { ids, variantIds, productOfVariant, products }: Catalogue,
  changed: ReadonlyMap<string, Product>,
): { conflictOf(product: Product): string | undefined; take(product: Product): void } {
  const taken = new Map<string, string | undefined>();
  for (const product of changed.values()) {
    const index = ids.indexOf(product.id);
    for (const { id } of index === undefined ? [] : products[index].variants) taken.set(id, undefined);
  }
  const ownerOf = (id: string): string | undefined => {
    if (taken.has(id)) return taken.get(id);
    const variant = variantIds.indexOf(id);
    return variant === undefined ? undefined : ids.idOf(productOfVariant[variant]);
  };
  return {
    conflictOf(product) {
      const foreign = product.variants.find(({ id }) => (ownerOf(id) ?? product.id) !== product.id);
      return foreign && `Variant ${foreign.id} belongs to product ${ownerOf(foreign.id)}.`;
    },
    take(product) {
      for (const { id } of product.variants) taken.set(id, product.id);
    },
  };
}

/** Whether all indices of the catalogue still hold: same variants, category and brand. */
function hasShapeOf(product: Product, known: Product): boolean {
  return (
    product.brand === known.brand &&
    product.category?.join(" / ") === known.category?.join(" / ") &&
    product.variants.length === known.variants.length &&
    product.variants.every(({ id }, index) => id === known.variants[index].id)
  );
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function hashOf(product: Product | undefined): string {
  return hashColumns([bytesOf(JSON.stringify(product) ?? "")]);
}

/** Equal for equal models, strategies, placements and products, in whatever order the changes came. */
function versionOf({ trained, differences, options: { holdoutShare, policy } }: Parts): string {
  const changed = Array.from(differences).sort(([a], [b]) => a - b);
  const content = [trained.version, Object.values(routeStrategies), changed, holdoutShare];
  return hashColumns([bytesOf(JSON.stringify(policy ? [...content, policy] : content))]);
}

function stateOf(parts: Parts): DecisionState {
  const { trained, catalogue, rules, options } = parts;
  const { holdout, sources } = trained.state;
  return {
    ...trained.state,
    version: versionOf(parts),
    catalogue,
    ...withPolicy(options.policy, trained.state),
    holdout: { ...holdout, share: options.holdoutShare ?? holdout.share },
    sources: new Map(sources).set(newArrivals, newArrivalsSource(catalogue)),
    ...(rules && { rules }),
  };
}

function engineOver(parts: Parts): Engine {
  const { trained, catalogue, options } = parts;
  const { now = Date.now, createId = () => crypto.randomUUID() } = options;
  const state = stateOf(parts);
  const occasion = (): Occasion => ({ decisionId: createId(), now: now() });
  return {
    ...trained,
    version: state.version,
    state,
    parts: { ...trained.parts, catalogue },
    catalogue,
    recommend: (request) => decide(request, state, occasion()).recommendation,
    trace(request) {
      const { recommendation, steps } = decide(request, state, occasion());
      return { recommendation, trace: traceOf(steps, catalogue) };
    },
    replay: (receipt) => replay(receipt, state),
    companions(productId, count = 10) {
      const product = catalogue.ids.indexOf(productId);
      if (product === undefined || product >= trained.affinities.pairsOf.rows) return [];
      return companionsOf(trained.affinities, product, count).map(({ product: companion, ...figures }) => ({
        productId: catalogue.ids.idOf(companion),
        title: catalogue.products[companion].title,
        ...figures,
      }));
    },
  };
}

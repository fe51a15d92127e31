/**
 * The map of what is bought together: products as nodes, affinities as edges, few enough to draw. Hubs, bridges and dead
 * ends are told from all affinities; only the drawing is pruned.
 */
import { InvalidOption, requireInteger } from "../errors.ts";
import { rowOf } from "../matrix/sparse.ts";
import { partnerOf } from "./companions.ts";
import type { Affinities } from "./affinity.ts";
import { findCommunities } from "./communities.ts";

export interface AffinityGraphOptions {
  /** Edges in all. */
  readonly maximumEdges?: number;
  /** Each product's strongest edges come before those that are merely strong in the whole shop. */
  readonly edgesPerProduct?: number;
  /** Only what lies within `radius` steps of this product. */
  readonly around?: number;
  readonly radius?: number;
}

/** A product of the map. Degree, strength and participation are of all its affinities, drawn or not. */
export interface AffinityNode {
  readonly product: number;
  /** Baskets that hold it. */
  readonly baskets: number;
  /** Partners. */
  readonly degree: number;
  /** Sum over partners of the baskets beyond chance that it shares with them. */
  readonly strength: number;
  readonly community: number;
  /**
   * How evenly its strength is spread over communities: 0 for all in one, towards 1 for many. Guimera and Amaral,
   * "Functional cartography of complex metabolic networks", Nature 433 (2005).
   */
  readonly participation: number;
}

export interface AffinityEdge {
  /** Place of the pair in the affinities. */
  readonly pair: number;
  readonly productA: number;
  readonly productB: number;
  /** Baskets beyond chance, at the lower end of the interval. */
  readonly weight: number;
  readonly lift: number;
}

export interface AffinityGraph {
  /** Ascending by product: those with a drawn edge. */
  readonly nodes: readonly AffinityNode[];
  /** The strongest first. */
  readonly edges: readonly AffinityEdge[];
  /** The strongest products first. */
  readonly hubs: readonly number[];
  /** Products that tie communities together, by strength outside the community in which most of it lies. */
  readonly bridges: readonly number[];
  /** Products that are sold and have no affinity: nothing to recommend beside them. The bestseller first. */
  readonly deadEnds: readonly number[];
  readonly communityCount: number;
  readonly modularity: number;
  /** Affinities that were not drawn. */
  readonly prunedEdges: number;
}

/** How many hubs and bridges are named. */
const named = 10;

/**
 * Edges are chosen in three turns until the budget is spent: those of the maximum spanning forest, which keep together what
 * hangs together and hold each product's strongest edge; each product's next strongest; the strongest left.
 * O(pairs log pairs); memory about 100 bytes a pair.
 * @throws InvalidOption on wrong options
 * @example
 * const { nodes, edges } = drawAffinityGraph(affinities, { maximumEdges: 300 });
 */
export function drawAffinityGraph(
  affinities: Affinities,
  { maximumEdges = 500, edgesPerProduct = 3, around, radius = 2 }: AffinityGraphOptions = {},
): AffinityGraph {
  requireInteger("maximumEdges", maximumEdges, 0);
  requireInteger("edgesPerProduct", edgesPerProduct, 0);
  requireInteger("radius", radius, 0);
  const weight = weightsOf(affinities);
  const byWeight = Uint32Array.from(weight.keys()).sort((a, b) => weight[b] - weight[a] || a - b);
  const near = around === undefined ? undefined : neighbourhood(affinities, around, radius);
  const inView = near
    ? byWeight.filter((pair) => near.has(affinities.productA[pair]) && near.has(affinities.productB[pair]))
    : byWeight;
  const drawn = choose(affinities, inView, maximumEdges, edgesPerProduct);
  const { nodes: all, ...communities } = describeNodes(affinities, weight);
  const shown = new Set(drawn.flatMap((pair) => [affinities.productA[pair], affinities.productB[pair]]));
  const connected = all.filter(({ degree }) => degree > 0);
  const outside = (node: AffinityNode): number => node.strength * node.participation;
  return {
    nodes: all.filter(({ product }) => shown.has(product)),
    edges: drawn
      .toSorted((a, b) => weight[b] - weight[a] || a - b)
      .map((pair) => ({
        pair,
        productA: affinities.productA[pair],
        productB: affinities.productB[pair],
        weight: weight[pair],
        lift: affinities.lift[pair],
      })),
    hubs: best(connected, ({ strength }) => strength),
    bridges: best(
      connected.filter((node) => outside(node) > 0),
      outside,
    ),
    deadEnds: deadEndsOf(affinities),
    ...communities,
    prunedEdges: inView.length - drawn.length,
  };
}

/**
 * Products that are sold and stand in no affinity, the bestseller first.
 * @example
 * deadEndsOf(affinities).slice(0, 10).map((product) => catalogue.ids.idOf(product));
 */
export function deadEndsOf({ productBaskets, pairsOf }: Affinities): readonly number[] {
  return Array.from(productBaskets.keys())
    .filter((product) => productBaskets[product] > 0 && pairsOf.offsets[product] === pairsOf.offsets[product + 1])
    .sort((a, b) => productBaskets[b] - productBaskets[a] || a - b);
}

/** Baskets beyond chance, at the least, of each pair. */
export function weightsOf({ expected, liftLower }: Pick<Affinities, "expected" | "liftLower">): Float64Array {
  return expected.map((chance, pair) => chance * (liftLower[pair] - 1));
}

function choose(affinities: Affinities, pairs: Uint32Array, budget: number, perProduct: number): number[] {
  const { productA, productB } = affinities;
  const chosen = new Set<number>();
  const take = (pair: number): void => {
    if (chosen.size < budget) chosen.add(pair);
  };
  const forest = createForest(affinities.productBaskets.length);
  for (const pair of pairs) if (forest.join(productA[pair], productB[pair])) take(pair);
  const rank = new Uint32Array(affinities.productBaskets.length);
  for (const pair of pairs) {
    if (rank[productA[pair]]++ < perProduct) take(pair);
    if (rank[productB[pair]]++ < perProduct) take(pair);
  }
  for (const pair of pairs) take(pair);
  return [...chosen];
}

/** Which products hang together so far: Tarjan's disjoint sets, with path halving. */
function createForest(products: number): { join(one: number, other: number): boolean } {
  const parent = Uint32Array.from({ length: products }, (_, product) => product);
  const rootOf = (product: number): number => {
    let at = product;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  return {
    join(one, other) {
      const [a, b] = [rootOf(one), rootOf(other)];
      parent[Math.max(a, b)] = Math.min(a, b);
      return a !== b;
    },
  };
}

function neighbourhood(affinities: Affinities, around: number, radius: number): ReadonlySet<number> {
  requireInteger("around", around, 0);
  if (around >= affinities.pairsOf.rows) {
    throw new InvalidOption("around", around, `a product index below ${affinities.pairsOf.rows}`);
  }
  const reached = new Set([around]);
  let edge = [around];
  for (let step = 0; step < radius; step++) {
    const next: number[] = [];
    for (const product of edge) {
      for (const pair of rowOf(affinities.pairsOf, product)) {
        const partner = partnerOf(affinities, pair, product);
        if (reached.has(partner)) continue;
        reached.add(partner);
        next.push(partner);
      }
    }
    edge = next;
  }
  return reached;
}

function describeNodes(affinities: Affinities, weight: Float64Array) {
  const { productA, productB, productBaskets, pairsOf } = affinities;
  const { communityOf, modularity } = findCommunities({
    nodeCount: productBaskets.length,
    from: productA,
    to: productB,
    weight,
  });
  const nodes = Array.from(productBaskets, (baskets, product): AffinityNode => {
    const pairs = rowOf(pairsOf, product);
    const byCommunity = new Map<number, number>();
    let strength = 0;
    for (const pair of pairs) {
      const community = communityOf[partnerOf(affinities, pair, product)];
      byCommunity.set(community, (byCommunity.get(community) ?? 0) + weight[pair]);
      strength += weight[pair];
    }
    let inOne = 0;
    for (const part of byCommunity.values()) inOne += (part / strength) ** 2;
    return {
      product,
      baskets,
      degree: pairs.length,
      strength,
      community: communityOf[product],
      participation: byCommunity.size > 1 ? 1 - inOne : 0,
    };
  });
  const communityCount = new Set(nodes.filter(({ degree }) => degree > 0).map(({ community }) => community)).size;
  return { nodes, communityCount, modularity };
}

function best(nodes: readonly AffinityNode[], score: (node: AffinityNode) => number): readonly number[] {
  const ranked = nodes.toSorted((a, b) => score(b) - score(a) || a.product - b.product);
  return ranked.slice(0, named).map(({ product }) => product);
}

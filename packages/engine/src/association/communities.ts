/**
 * Communities of a weighted graph: sets of nodes that hold together more than chance would have it. Blondel, Guillaume,
 * Lambiotte and Lefebvre, "Fast unfolding of communities in large networks" (the Louvain method), Journal of Statistical
 * Mechanics (2008). Nodes are visited in their order and ties go to the lowest community, so that the same graph gives the
 * same communities.
 */
import { InvalidInput } from "../errors.ts";

/** Edges between nodes `0 .. nodeCount - 1`, each once, in any direction. Columns of one length. */
export interface WeightedEdges {
  readonly nodeCount: number;
  readonly from: ArrayLike<number>;
  readonly to: ArrayLike<number>;
  /** Zero or more. */
  readonly weight: ArrayLike<number>;
}

export interface Communities {
  /** Community of each node; numbered by their first nodes, nodes without an edge alone in theirs. */
  readonly communityOf: Uint32Array;
  readonly count: number;
  /** Share of the weight inside communities beyond chance: Newman and Girvan's Q, at most 1. 0 without an edge. */
  readonly modularity: number;
}

/**
 * O(edges) a sweep, a few dozen sweeps; memory 40 bytes an edge.
 * @throws InvalidInput when an edge leaves the graph or a weight is negative or not finite
 * @example
 * findCommunities({ nodeCount: 4, from: [0, 2], to: [1, 3], weight: [1, 1] }).communityOf; // [0, 0, 1, 1]
 */
export function findCommunities(edges: WeightedEdges): Communities {
  checkEdges(edges);
  let communityOf = Uint32Array.from({ length: edges.nodeCount }, (_, node) => node);
  let graph = graphOf(edges);
  for (;;) {
    const merged = renumber(sweep(graph));
    if (merged.count === graph.nodeCount) break;
    communityOf = communityOf.map((node) => merged.communityOf[node]);
    graph = condense(graph, merged);
  }
  return { ...renumber(communityOf), modularity: modularityOf(edges, communityOf) };
}

/** Neighbours with weights; loops apart, counted once. */
interface Graph {
  readonly nodeCount: number;
  readonly neighbours: readonly ReadonlyMap<number, number>[];
  readonly loop: Float64Array;
}

function graphOf({ nodeCount, from, to, weight }: WeightedEdges): Graph {
  const neighbours = Array.from({ length: nodeCount }, () => new Map<number, number>());
  const loop = new Float64Array(nodeCount);
  for (let edge = 0; edge < from.length; edge++) {
    const [one, other] = [from[edge], to[edge]];
    if (one === other) loop[one] += weight[edge];
    else {
      neighbours[one].set(other, (neighbours[one].get(other) ?? 0) + weight[edge]);
      neighbours[other].set(one, (neighbours[other].get(one) ?? 0) + weight[edge]);
    }
  }
  return { nodeCount, neighbours, loop };
}

/** Moves nodes to the community of a neighbour for as long as that raises the modularity. */
function sweep({ nodeCount, neighbours, loop }: Graph): Uint32Array {
  const communityOf = Uint32Array.from({ length: nodeCount }, (_, node) => node);
  const degree = loop.map((own, node) => 2 * own + sumOf(neighbours[node].values()));
  const total = degree.reduce((sum, value) => sum + value, 0);
  const inCommunity = degree.slice();
  // Rounding could let two nodes change places for ever; a gain has to be one.
  const least = 1e-12 * total;
  for (let moved = true; moved && total > 0;) {
    moved = false;
    for (let node = 0; node < nodeCount; node++) {
      const own = communityOf[node];
      const ties = new Map<number, number>();
      for (const [other, weight] of neighbours[node]) {
        ties.set(communityOf[other], (ties.get(communityOf[other]) ?? 0) + weight);
      }
      inCommunity[own] -= degree[node];
      const gainOf = (community: number): number =>
        (ties.get(community) ?? 0) - (degree[node] * inCommunity[community]) / total;
      let best = own;
      for (const community of [...ties.keys()].sort((a, b) => a - b)) {
        if (gainOf(community) > gainOf(best) + least) best = community;
      }
      communityOf[node] = best;
      inCommunity[best] += degree[node];
      moved ||= best !== own;
    }
  }
  return communityOf;
}

/** Each community becomes a node. */
function condense(
  { neighbours, loop }: Graph,
  { communityOf, count }: Pick<Communities, "communityOf" | "count">,
): Graph {
  const condensed = Array.from({ length: count }, () => new Map<number, number>());
  const loops = new Float64Array(count);
  for (const [node, ties] of neighbours.entries()) {
    const own = communityOf[node];
    loops[own] += loop[node];
    for (const [other, weight] of ties) {
      const target = communityOf[other];
      // Every tie is met from both of its ends.
      if (target === own) loops[own] += weight / 2;
      else condensed[own].set(target, (condensed[own].get(target) ?? 0) + weight);
    }
  }
  return { nodeCount: count, neighbours: condensed, loop: loops };
}

/** Numbers communities by their first nodes. */
function renumber(communityOf: Uint32Array): Pick<Communities, "communityOf" | "count"> {
  const names = new Map<number, number>();
  const renamed = communityOf.map((community) => {
    const name = names.get(community) ?? names.size;
    names.set(community, name);
    return name;
  });
  return { communityOf: renamed, count: names.size };
}

function modularityOf({ from, to, weight }: WeightedEdges, communityOf: Uint32Array): number {
  const degree = new Float64Array(communityOf.length);
  let total = 0;
  let inside = 0;
  for (let edge = 0; edge < from.length; edge++) {
    total += weight[edge];
    degree[communityOf[from[edge]]] += weight[edge];
    degree[communityOf[to[edge]]] += weight[edge];
    if (communityOf[from[edge]] === communityOf[to[edge]]) inside += weight[edge];
  }
  if (total === 0) return 0;
  return inside / total - degree.reduce((sum, value) => sum + (value / (2 * total)) ** 2, 0);
}

function checkEdges({ nodeCount, from, to, weight }: WeightedEdges): void {
  for (let edge = 0; edge < from.length; edge++) {
    for (const node of [from[edge], to[edge]]) {
      if (!(Number.isInteger(node) && node >= 0 && node < nodeCount)) {
        throw new InvalidInput(`edge ${edge}`, node, `nodes below ${nodeCount}`);
      }
    }
    if (!(weight[edge] >= 0 && weight[edge] < Infinity)) {
      throw new InvalidInput(`weight[${edge}]`, weight[edge], "a finite number, zero or more");
    }
  }
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

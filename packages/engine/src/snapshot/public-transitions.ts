/**
 * What may be said in public about which products follow which: products seen next in visits, and products bought
 * together beyond chance. Each has at least ten different people behind it, and leaves as a ratio within its row.
 */
import { affinityRecommender, type Affinities } from "../association/index.ts";
import { lineFlag, type OrderHistory, type SessionHistory } from "../history/index.ts";
import type { TrainingControls } from "../models/training.ts";
import { countBackedPairs, type BackedPairs, type Trails } from "./backed-pairs.ts";
import { relation } from "./shard.ts";

/** One product behind another, by catalogue index. */
export interface RankedTransition {
  readonly to: number;
  /** From 1 to 255, relative to the best of the row. */
  readonly score: number;
  /** Code of `relation`. */
  readonly relation: number;
}

export interface TransitionRow {
  readonly from: number;
  /** Different people behind the row's transitions, for deciding what to drop. Never written. */
  readonly backing: number;
  /** Best first. */
  readonly transitions: readonly RankedTransition[];
}

/** The shop's histories, bots removed. */
export interface SnapshotEvidence {
  readonly orders: OrderHistory;
  readonly sessions?: SessionHistory | undefined;
}

/** Steps after a product that still count as following it. */
const window = 4;
/** Orders with more products are bulk: they say little about taste, and cost the square of their size. */
const largestBasket = 100;

/** @returns a row for each product that has something to say, by catalogue index */
export async function publicTransitions(
  affinities: Affinities,
  { orders, sessions }: SnapshotEvidence,
  minimumPeople: number,
  controls: TrainingControls,
): Promise<TransitionRow[]> {
  const rows = new Map<number, { backing: number; transitions: RankedTransition[] }>();
  const rowOf = (from: number) => {
    const row = rows.get(from) ?? { backing: 0, transitions: [] };
    rows.set(from, row);
    return row;
  };
  const bought = await countBackedPairs(buyerTrails(orders), { minimumPeople, window: Infinity, ...controls });
  addPairs(rowOf, bought, surplusOf(affinities, bought), relation.boughtTogether);
  if (sessions) {
    const seen = await countBackedPairs(visitorTrails(sessions), { minimumPeople, window, ...controls });
    addPairs(rowOf, seen, dampedByPopularity(seen, sessions), relation.seenNext);
  }
  return Array.from(rows, ([from, { backing, transitions }]) => ({
    from,
    backing,
    transitions: bestOfEach(transitions),
  })).sort((a, b) => a.from - b.from);
}

/** Orders are trails without an order of their own: each product stands next to all that follow it, both ways. */
function buyerTrails(orders: OrderHistory): Trails {
  const { lineOffsets, lineProduct, lineFlags, customerOf, customers, productCount } = orders;
  const count = customerOf.length;
  const offsets = new Uint32Array(count + 1);
  const product: number[] = [];
  for (let index = 0; index < count; index++) {
    const bought = new Set<number>();
    for (let line = lineOffsets[index]; line < lineOffsets[index + 1]; line++) {
      if ((lineFlags[line] & lineFlag.cancelled) === 0) bought.add(lineProduct[line]);
    }
    // Twice in a row, so that every product comes before every other one.
    for (let repeat = 0; bought.size <= largestBasket && repeat < 2; repeat++) {
      for (const each of bought) product.push(each);
    }
    offsets[index + 1] = product.length;
  }
  let people = customers.size;
  // A guest is a person of their own: nothing says otherwise.
  const personOf = Uint32Array.from(customerOf, (customer) => (customer < 0 ? people++ : customer));
  return { personOf, people, offsets, product: Uint32Array.from(product), productCount };
}

function visitorTrails({ visitors, visitorOf, offsets, product, productCount }: SessionHistory): Trails {
  return { personOf: visitorOf, people: visitors.size, offsets, product, productCount };
}

/** Only pairs that beat chance may be called bought together; the others get nothing. */
function surplusOf(affinities: Affinities, { from, to }: BackedPairs): Float64Array {
  const model = affinityRecommender(affinities);
  const surplus = new Map<number, ReadonlyMap<number, number>>();
  return Float64Array.from(from, (product, pair) => {
    let known = surplus.get(product);
    if (!known) {
      const { products, scores } = model.recommend({ history: [product] }, model.productCount);
      known = new Map(Array.from(products, (companion, place) => [companion, scores[place]]));
      surplus.set(product, known);
    }
    return known.get(to[pair]) ?? 0;
  });
}

/** Everything is followed by bestsellers: what is seen by everybody says little (cosine's square root of popularity). */
function dampedByPopularity({ to, weight }: BackedPairs, { product, productCount }: SessionHistory): Float64Array {
  const views = new Uint32Array(productCount);
  for (const seen of product) views[seen]++;
  return weight.map((amount, pair) => amount / Math.sqrt(views[to[pair]]));
}

/** Scales each product's pairs to 1 ... 255 of its best one. */
function addPairs(
  rowOf: (from: number) => { backing: number; transitions: RankedTransition[] },
  { from, to, people }: BackedPairs,
  scores: Float64Array,
  kind: number,
): void {
  let begin = 0;
  while (begin < from.length) {
    let end = begin;
    let best = 0;
    for (; end < from.length && from[end] === from[begin]; end++) best = Math.max(best, scores[end]);
    const row = best > 0 ? rowOf(from[begin]) : undefined;
    for (let pair = begin; row && pair < end; pair++) {
      if (scores[pair] <= 0) continue;
      row.backing += people[pair];
      const score = Math.max(1, Math.round((255 * scores[pair]) / best));
      row.transitions.push({ to: to[pair], score, relation: kind });
    }
    begin = end;
  }
}

/** A product that is both seen next and bought together speaks once, with its louder voice. */
function bestOfEach(transitions: readonly RankedTransition[]): RankedTransition[] {
  const best = new Map<number, RankedTransition>();
  for (const transition of transitions) {
    const known = best.get(transition.to);
    if (!known || transition.score > known.score) best.set(transition.to, transition);
  }
  return [...best.values()].sort((a, b) => b.score - a.score || a.to - b.to);
}

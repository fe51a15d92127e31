/**
 * Ordered pairs of products with the number of different people behind each: what keeps a public table from telling
 * one person's visits. A person who does the same thing a hundred times still counts once.
 */
import { order, groupByRow } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";

/** Things people did, grouped: products of a session in the order of events, or of an order in any. */
export interface Trails {
  /** Person behind each trail, from 0; below `people`. */
  readonly personOf: Uint32Array;
  readonly people: number;
  readonly offsets: Uint32Array;
  readonly product: Uint32Array;
  readonly productCount: number;
}

/** Pairs `from` -> `to`, ascending by `from`. Columns of one length. */
export interface BackedPairs {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Different people behind the pair. */
  readonly people: Uint32Array;
  /** Sum over people of the nearness of their first such pair: 1 for neighbours, 1/2 for two steps apart ... */
  readonly weight: Float64Array;
}

export interface BackedPairOptions extends TrainingControls {
  /** Pairs with fewer different people are not kept. */
  readonly minimumPeople: number;
  /** How many steps after a product still count as following it. */
  readonly window: number;
}

/**
 * @returns every pair with at least `minimumPeople` different people
 * @example
 * const pairs = await countBackedPairs(trails, { minimumPeople: 10, window: 4 });
 */
export async function countBackedPairs(
  trails: Trails,
  { minimumPeople, window, ...controls }: BackedPairOptions,
): Promise<BackedPairs> {
  const { product, ...events } = arrangeByPerson(trails);
  const occurrences = groupByRow({
    rows: trails.productCount,
    columns: product.length,
    row: product,
    column: product.map((_, event) => event),
  });
  const lastPerson = new Int32Array(trails.productCount).fill(-1);
  const people = new Uint32Array(trails.productCount);
  const weight = new Float64Array(trails.productCount);
  const kept = { from: [] as number[], to: [] as number[], people: [] as number[], weight: [] as number[] };

  const pace = createPacer("counting public transitions", trails.productCount, controls);
  for (let from = 0; from < trails.productCount; from++) {
    if (pace.isDue()) await pace.rest(from);
    const touched: number[] = [];
    for (let i = occurrences.offsets[from]; i < occurrences.offsets[from + 1]; i++) {
      const event = occurrences.indices[i];
      const end = Math.min(events.trailEnd[event], event + 1 + window);
      for (let next = event + 1; next < end; next++) {
        const to = product[next];
        if (to === from || lastPerson[to] === events.person[event]) continue;
        if (people[to] === 0) touched.push(to);
        lastPerson[to] = events.person[event];
        people[to]++;
        weight[to] += 1 / (next - event);
      }
    }
    for (const to of touched.sort((a, b) => a - b)) {
      if (people[to] >= minimumPeople) {
        kept.from.push(from);
        kept.to.push(to);
        kept.people.push(people[to]);
        kept.weight.push(weight[to]);
      }
      lastPerson[to] = -1;
      people[to] = 0;
      weight[to] = 0;
    }
  }
  pace.finish();
  return {
    from: Uint32Array.from(kept.from),
    to: Uint32Array.from(kept.to),
    people: Uint32Array.from(kept.people),
    weight: Float64Array.from(kept.weight),
  };
}

/** Events with the trails of one person side by side, so that one remembered person a product tells repetitions. */
function arrangeByPerson({ personOf, people, offsets, product }: Trails): {
  product: Uint32Array;
  person: Uint32Array;
  /** Where the trail of each event ends. */
  trailEnd: Uint32Array;
} {
  const arranged = new Uint32Array(product.length);
  const person = new Uint32Array(product.length);
  const trailEnd = new Uint32Array(product.length);
  let at = 0;
  for (const trail of order(people, personOf)) {
    const length = offsets[trail + 1] - offsets[trail];
    arranged.set(product.subarray(offsets[trail], offsets[trail + 1]), at);
    person.fill(personOf[trail], at, at + length);
    trailEnd.fill(at + length, at, at + length);
    at += length;
  }
  return { product: arranged, person, trailEnd };
}

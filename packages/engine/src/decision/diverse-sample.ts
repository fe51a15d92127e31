/**
 * Step 6 where an answer must not be the same thing many times over, or where rules pin and cap. What a candidate is
 * worth changes with the picks before it:
 *
 *   worth = (1 - c) x (lambda x score - (1 - lambda) x best x greatest likeness to a pick) + c x best x gain
 *
 * maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998) and calibration with weight c (Steck, RecSys 2018; see `calibration.ts`), in units of the
 * pool's best score. Each place is drawn anew from exp(worth / temperature) over what is open, by one uniform number:
 * noise drawn once, as `sample.ts` does, would no longer be independent of the picks when worths move with them. So the
 * propensity of each pick, given those before it, is exact here too. A pinned place has propensity 1.
 */
import { createRandom } from "../random/generator.ts";
import { createCalibration, tasteOf, type Calibration } from "./calibration.ts";
import { capsOf, keepCaps, type Cap } from "./caps.ts";
import { likenessTo } from "./likeness.ts";
import type { Question } from "./question.ts";
import { bestOpen, type Pick } from "./sample.ts";
import type { ScoredPool } from "./scored-pool.ts";
import type { Strategy } from "./strategy.ts";

/** What rules ask of the answer. */
export interface Fixed {
  /** Products by place from 0; those that are not in the pool may not be shown and are passed over. */
  readonly pins: ReadonlyMap<number, number>;
  /** Hold even where they leave places empty. */
  readonly caps: readonly Cap[];
}

/** Fills `limit` places, or as many as the pool and the rules' caps allow. Equal arguments give equal slates. */
export function sampleDiversely(
  pool: ScoredPool,
  { context, state: { catalogue }, occasion }: Question,
  strategy: Strategy,
  { pins, caps }: Fixed,
  limit: number,
): Pick[] {
  const { products, scores } = pool;
  const draw = createDraw(strategy.temperature, `${occasion.decisionId}#diverse`);
  const worth = createWorth(pool, strategy, context, catalogue);
  const floor = createFloor(products, capsOf(strategy, catalogue), caps);
  const pinned = placesOf(pins, products, limit);
  floor.reserve(pinned.values());
  const picks: Pick[] = [];
  while (picks.length < limit) {
    const fixed = pinned.get(picks.length);
    const drawn = fixed === undefined ? draw(worth.now(floor.open), floor.open) : { place: fixed, propensity: 1 };
    if (drawn === undefined) {
      if (floor.liftCaps()) continue;
      break;
    }
    const { place, propensity } = drawn;
    picks.push({ product: products[place], score: scores[place], propensity });
    floor.take(place);
    worth.note(products[place]);
  }
  return [...picks, ...leftPins(pinned, picks.length, pool)].slice(0, limit);
}

/** @returns places of the pool by place of the answer */
function placesOf(pins: ReadonlyMap<number, number>, products: Uint32Array, limit: number): Map<number, number> {
  const places = new Map<number, number>();
  for (const [position, product] of pins) {
    const place = products.indexOf(product);
    if (place >= 0 && position < limit) places.set(position, place);
  }
  return places;
}

/** Pins behind the end of an answer that is too short for them close it. */
function leftPins(pinned: ReadonlyMap<number, number>, length: number, { products, scores }: ScoredPool): Pick[] {
  return Array.from(pinned)
    .filter(([position]) => position >= length)
    .sort(([a], [b]) => a - b)
    .map(([, place]) => ({ product: products[place], score: scores[place], propensity: 1 }));
}

/** Which places may still be picked. */
function createFloor(products: Uint32Array, soft: readonly Cap[], hard: readonly Cap[]) {
  const open = new Uint8Array(products.length).fill(1);
  const isTaken = new Uint8Array(products.length);
  const allowed = new Uint8Array(products.length).fill(1);
  for (const [place, product] of products.entries()) {
    if (hard.some(({ kindOf, most }) => most === 0 && kindOf(product) >= 0)) allowed[place] = open[place] = 0;
  }
  const noteHard = keepCaps(hard, products, allowed);
  let noteSoft = keepCaps(soft, products, open);
  return {
    open,
    /** Keeps places for later. */
    reserve(places: Iterable<number>): void {
      for (const place of places) {
        isTaken[place] = 1;
        open[place] = 0;
      }
    },
    take(place: number): void {
      isTaken[place] = 1;
      noteHard(products[place]);
      noteSoft(products[place]);
      for (let other = 0; other < open.length; other++) if (isTaken[other] || !allowed[other]) open[other] = 0;
    },
    /** Opens what only the strategy's caps had closed, and counts anew. @returns whether that opened anything */
    liftCaps(): boolean {
      noteSoft = keepCaps(soft, products, open);
      let lifted = false;
      for (let place = 0; place < open.length; place++) {
        if (isTaken[place] || !allowed[place]) continue;
        open[place] = 1;
        lifted = true;
      }
      return lifted;
    },
  };
}

/** What each candidate is worth now. */
function createWorth(
  { products, scores }: ScoredPool,
  { diversity: { lambda = 1, calibration: pull = 0 } = {} }: Strategy,
  context: Question["context"],
  catalogue: Question["state"]["catalogue"],
) {
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  const crowd = new Float64Array(products.length);
  const taste = pull > 0 ? tasteOf(context, catalogue) : undefined;
  const calibration: Calibration | undefined = taste && taste.size > 0 ? createCalibration(taste) : undefined;
  const worth = new Float64Array(products.length);
  return {
    now(open: Uint8Array): Float64Array {
      for (let place = 0; place < worth.length; place++) {
        if (!open[place]) continue;
        const own = lambda * scores[place] - (1 - lambda) * best * crowd[place];
        const gain = calibration?.gainOf(catalogue.categoryOf[products[place]]);
        worth[place] = gain === undefined ? own : (1 - pull) * own + pull * best * gain;
      }
      return worth;
    },
    note(picked: number): void {
      calibration?.note(catalogue.categoryOf[picked]);
      if (lambda === 1) return;
      const likeness = likenessTo(catalogue, picked);
      for (let place = 0; place < crowd.length; place++)
        crowd[place] = Math.max(crowd[place], likeness(products[place]));
    },
  };
}

type Draw = (worth: Float64Array, open: Uint8Array) => { place: number; propensity: number } | undefined;

/** Draws one open place; undefined when none is open. */
function createDraw(temperature: number, seed: string): Draw {
  if (temperature === 0) {
    return (worth, open) => {
      const place = bestOpen(worth, open);
      return place < 0 ? undefined : { place, propensity: 1 };
    };
  }
  const random = createRandom(seed);
  let mass = new Float64Array();
  return (worth, open) => {
    const best = bestOpen(worth, open);
    if (best < 0) return undefined;
    if (mass.length !== worth.length) mass = new Float64Array(worth.length);
    let total = 0;
    for (let place = 0; place < worth.length; place++) {
      mass[place] = open[place] ? Math.exp((worth[place] - worth[best]) / temperature) : 0;
      total += mass[place];
    }
    const drawn = placeAt(mass, random.next() * total, best);
    return { place: drawn, propensity: mass[drawn] / total };
  };
}

/** The first place up to which there is more mass than `target`; `otherwise` where rounding leaves none. */
function placeAt(mass: Float64Array, target: number, otherwise: number): number {
  let sum = 0;
  for (let place = 0; place < mass.length; place++) {
    sum += mass[place];
    if (sum > target) return place;
  }
  return otherwise;
}

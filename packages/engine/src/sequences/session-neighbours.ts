/**
 * Finds the sessions most like a history among the most recent ones that share a product with it.
 *
 * The paper collects the m newest sessions with a heap on time and stops each posting list at the first session older
 * than the heap's oldest. All posting lists being sorted by time, merging them newest first meets the very same
 * sessions, each once and with its whole similarity, and needs neither heap nor table of similarities.
 */
import { TopK } from "../matrix/top-k.ts";
import { recentSteps, type HistoryStep } from "../models/history.ts";
import type { Query } from "../models/recommender.ts";
import type { SessionIndex } from "./session-index.ts";

/** A product of the history with what it adds to the similarity of every session that holds it. */
export interface WeighedStep extends HistoryStep {
  /** |L| - p, not yet divided by |distinct L|: sums of whole numbers are exact, so that equal similarities are equal. */
  readonly weight: number;
}

/** The distinct products among the last `maxItems` entries, newest first and weighing most. */
export function weighedSteps(query: Query, productCount: number, maxItems: number): WeighedStep[] {
  const entries = Math.min(query.history.length, maxItems);
  const steps = recentSteps(query, productCount, maxItems);
  return steps.map(({ product, stepsBack }) => ({ product, stepsBack, weight: entries - stepsBack }));
}

/** Neighbours in columns that every search overwrites. */
export interface NeighbourSearch {
  /** Looks for neighbours; @returns how many stand at the beginning of the columns, newest first */
  find(steps: readonly WeighedStep[]): number;
  readonly session: Uint32Array;
  /** Sums of the weights of the steps that the session holds. */
  readonly similarity: Float64Array;
  /** Steps back in the history to the newest product that the session holds. */
  readonly newestMatch: Uint32Array;
}

/**
 * @param m most recent sessions to look at
 * @param k most similar of them to keep; of equal ones the newer
 */
export function createNeighbourSearch({ sessions, postings }: SessionIndex, m: number, k: number): NeighbourSearch {
  const capacity = Math.min(m, sessions.rows);
  const session = new Uint32Array(capacity);
  const similarity = new Float64Array(capacity);
  const newestMatch = new Uint32Array(capacity);

  /** Merges the posting lists of the steps, newest session first, until `capacity` sessions are met. */
  function mergePostings(steps: readonly WeighedStep[]): number {
    const cursors = steps.map(({ product }) => postings.offsets[product]);
    const ends = steps.map(({ product }) => postings.offsets[product + 1]);
    let found = 0;
    while (found < capacity) {
      let newest = sessions.rows;
      for (let list = 0; list < cursors.length; list++) {
        if (cursors[list] < ends[list] && postings.indices[cursors[list]] < newest) {
          newest = postings.indices[cursors[list]];
        }
      }
      if (newest === sessions.rows) break;

      let sum = 0;
      // Backwards, so that the newest match is written last.
      for (let list = cursors.length - 1; list >= 0; list--) {
        if (cursors[list] === ends[list] || postings.indices[cursors[list]] !== newest) continue;
        sum += steps[list].weight;
        newestMatch[found] = steps[list].stepsBack;
        cursors[list]++;
      }
      session[found] = newest;
      similarity[found++] = sum;
    }
    return found;
  }

  /** Moves the k most similar of the `found` sessions to the front, keeping their order. */
  function keepMostSimilar(found: number): number {
    const best = new TopK(k);
    for (let n = 0; n < found; n++) best.offer(n, similarity[n]);
    const places = best.ranked().products.sort();
    for (const [n, place] of places.entries()) {
      session[n] = session[place];
      similarity[n] = similarity[place];
      newestMatch[n] = newestMatch[place];
    }
    return k;
  }
  // Explaining an answer asks the same question again, once a product.
  let lastSteps: readonly WeighedStep[] | undefined;
  let lastFound = 0;
  return {
    find(steps) {
      if (lastSteps && areEqual(steps, lastSteps)) return lastFound;
      const found = mergePostings(steps);
      lastFound = found > k ? keepMostSimilar(found) : found;
      lastSteps = steps;
      return lastFound;
    },
    session,
    similarity,
    newestMatch,
  };
}

function areEqual(steps: readonly WeighedStep[], others: readonly WeighedStep[]): boolean {
  return (
    steps.length === others.length &&
    steps.every(({ product, stepsBack, weight }, at) => {
      const other = others[at];
      return product === other.product && stepsBack === other.stepsBack && weight === other.weight;
    })
  );
}

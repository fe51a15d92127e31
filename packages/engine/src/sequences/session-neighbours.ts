/**
 * Finds the sessions most like a history among the most recent ones that share a product with it.
 *
 * The paper collects the m newest sessions with a heap on time and stops each posting list at the first session older
 * than the heap's oldest. All posting lists being sorted by time, merging them newest first meets the very same
 * sessions, each once and with its whole similarity, and needs neither heap nor table of similarities.
 */
import { rowOf } from "../matrix/sparse.ts";
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

/** Neighbours in columns, newest first. */
interface NeighbourColumns {
  readonly session: Uint32Array;
  /** Sums of the weights of the steps that the session holds. */
  readonly similarity: Uint32Array;
  /** Steps back in the history to the newest product that the session holds. */
  readonly newestMatch: Uint32Array;
}

/** Columns that every search overwrites. */
export interface NeighbourSearch extends NeighbourColumns {
  /** Looks for neighbours; @returns how many stand at the beginning of the columns */
  find(steps: readonly WeighedStep[]): number;
}

/**
 * @param m most recent sessions to look at
 * @param k most similar of them to keep; of equal ones the newer
 */
export function createNeighbourSearch(index: SessionIndex, m: number, k: number): NeighbourSearch {
  const capacity = Math.min(m, index.sessions.rows);
  const columns: NeighbourColumns = {
    session: new Uint32Array(capacity),
    similarity: new Uint32Array(capacity),
    newestMatch: new Uint32Array(capacity),
  };
  return {
    ...columns,
    find(steps) {
      const found = mergePostings(index, steps, columns);
      const largest = steps.reduce((sum, { weight }) => sum + weight, 0);
      return found > k ? keepMostSimilar(columns, found, k, largest) : found;
    },
  };
}

/** Merges the posting lists of the steps, newest session first, until the columns are full. */
function mergePostings(
  { sessions, postings }: SessionIndex,
  steps: readonly WeighedStep[],
  { session, similarity, newestMatch }: NeighbourColumns,
): number {
  const end = sessions.rows;
  const lists = steps.map(({ product }) => rowOf(postings, product));
  const next = new Uint32Array(lists.length);
  const heads = Uint32Array.from(lists, (list) => list[0] ?? end);
  let found = 0;
  while (found < session.length) {
    let newest = end;
    for (let list = 0; list < heads.length; list++) if (heads[list] < newest) newest = heads[list];
    if (newest === end) break;

    let sum = 0;
    // Backwards, so that the newest match is written last.
    for (let list = heads.length - 1; list >= 0; list--) {
      if (heads[list] !== newest) continue;
      sum += steps[list].weight;
      newestMatch[found] = steps[list].stepsBack;
      heads[list] = lists[list][++next[list]] ?? end;
    }
    session[found] = newest;
    similarity[found++] = sum;
  }
  return found;
}

/**
 * Moves the k most similar of the `found` sessions to the front, keeping their order. Similarities are small whole
 * numbers: counting them shows where the bar lies and how many of those right at it still have room.
 */
function keepMostSimilar(
  { session, similarity, newestMatch }: NeighbourColumns,
  found: number,
  k: number,
  largest: number,
): number {
  const counts = new Uint32Array(largest + 1);
  for (let n = 0; n < found; n++) counts[similarity[n]]++;
  let bar = largest;
  let room = k;
  while (counts[bar] < room) room -= counts[bar--];

  let kept = 0;
  for (let n = 0; n < found; n++) {
    if (similarity[n] < bar || (similarity[n] === bar && room-- <= 0)) continue;
    session[kept] = session[n];
    similarity[kept] = similarity[n];
    newestMatch[kept++] = newestMatch[n];
  }
  return kept;
}

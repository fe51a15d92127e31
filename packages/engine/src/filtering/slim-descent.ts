/**
 * Coordinate descent for one column of SLIM. What is left of the product, x_j - X w, is kept customer by customer, so
 * that a step on one weight costs the customers of its product.
 */
import type { CandidateRegression } from "./candidate-regression.ts";
import type { CustomerGraph } from "./graph-filter-graph.ts";

/** What weights cost. */
export interface ElasticNet {
  readonly lasso: number;
  readonly ridge: number;
}

/** Rounds over the weights end when none moved by more than this, or after so many. */
const steps = { tolerance: 1e-4, maximumRounds: 100 } as const;

/** @returns a function that overwrites the weights of candidates with the solution, zeros included */
export function createElasticNet(
  { byCustomer, byProduct }: CustomerGraph,
  { lasso, ridge }: ElasticNet,
): CandidateRegression["solve"] {
  const left = new Float64Array(byCustomer.rows);

  function addToCustomers(product: number, amount: number): void {
    const end = byProduct.offsets[product + 1];
    for (let i = byProduct.offsets[product]; i < end; i++) left[byProduct.indices[i]] += amount;
  }
  function clearCustomers(product: number): void {
    const end = byProduct.offsets[product + 1];
    for (let i = byProduct.offsets[product]; i < end; i++) left[byProduct.indices[i]] = 0;
  }
  /** @returns how far the weight moves to its best value, all others standing still */
  function bestMove(source: number, weight: number): number {
    const begin = byProduct.offsets[source];
    const end = byProduct.offsets[source + 1];
    let pull = 0;
    for (let i = begin; i < end; i++) pull += left[byProduct.indices[i]];
    const count = end - begin;
    return Math.max(0, (pull + count * weight - lasso) / (count + ridge)) - weight;
  }
  /** @param isAsked which weights to move. @returns the longest move */
  function descend(candidates: Uint32Array, weights: Float64Array, isAsked: (weight: number) => boolean): number {
    let longest = 0;
    for (let place = 0; place < candidates.length; place++) {
      if (!isAsked(weights[place])) continue;
      const move = bestMove(candidates[place], weights[place]);
      if (move === 0) continue;
      weights[place] += move;
      addToCustomers(candidates[place], -move);
      longest = Math.max(longest, Math.abs(move));
    }
    return longest;
  }
  return function* (product, candidates, weights) {
    weights.fill(0, 0, candidates.length);
    addToCustomers(product, 1);
    // Weights that the lasso holds at zero are looked at again only when the others have come to rest.
    let looksAtAll = true;
    for (let round = 0; round < steps.maximumRounds; round++) {
      const isAtRest: boolean = descend(candidates, weights, looksAtAll ? any : isAbove0) <= steps.tolerance;
      yield;
      if (isAtRest && looksAtAll) break;
      looksAtAll = isAtRest;
    }
    clearCustomers(product);
    for (const candidate of candidates) clearCustomers(candidate);
  };
}

const any = (): boolean => true;
const isAbove0 = (weight: number): boolean => weight > 0;

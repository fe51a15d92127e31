/**
 * The ridge regression of one product on its candidates, (G_CC + diag(ridge)) w = G_Cj, never written down as a
 * matrix: G = X' diag(v) X is applied customer by customer. Those who hold one candidate only touch the diagonal, which
 * is known beforehand; what is left is a handful of short lists, and the conjugate gradients need few steps because the
 * ridge is strong. A product costs the customers of its candidates; the dense solution would cost candidates cubed.
 */
import { createConjugateGradientSpace, solveInPieces, type LinearSystem } from "../matrix/conjugate-gradient.ts";
import { gramDiagonal, type WeighedRows } from "../matrix/gram.ts";
import type { InPieces } from "../matrix/pieces.ts";

/** What keeps the regression from trusting rare products: strength x (weighed customers of the source)^exponent. */
export interface RidgePenalty {
  readonly strength: number;
  readonly exponent: number;
}

/** Steps are few: about 10 with the defaults. The bound is for penalties near zero. */
const steps = { tolerance: 1e-4, maximumSteps: 100 } as const;

/** Solves for one product after another in the same room. */
export interface LocalRidge {
  /** The diagonal of G. */
  readonly diagonal: Float64Array;
  /**
   * @param candidates distinct products, not the product itself
   * @param weights overwritten with one weight for each candidate
   */
  solve(product: number, candidates: Uint32Array, weights: Float64Array): InPieces<void>;
}

/** @param largest bound on the number of candidates */
export function createLocalRidge(rows: WeighedRows, penalty: RidgePenalty, largest: number): LocalRidge {
  const diagonal = gramDiagonal(rows);
  const space = createConjugateGradientSpace(largest);
  const ridged = new Float64Array(largest);
  const right = new Float64Array(largest);
  const lists = createCandidateLists(rows, largest);
  return {
    diagonal,
    *solve(product, candidates, weights) {
      lists.collect(product, candidates, right);
      yield;
      for (let place = 0; place < candidates.length; place++) {
        const own = diagonal[candidates[place]];
        ridged[place] = own + penalty.strength * own ** penalty.exponent;
      }
      weights.fill(0, 0, candidates.length);
      const system: LinearSystem = {
        size: candidates.length,
        diagonal: ridged,
        right,
        multiply: (vector, product) => lists.multiply(ridged, vector, product),
      };
      yield* solveInPieces(system, weights, space, steps);
    },
  };
}

/** Which candidates of the current product each customer holds. */
interface CandidateLists {
  /** @param right overwritten with G_Cj */
  collect(product: number, candidates: Uint32Array, right: Float64Array): void;
  /** Writes (G_CC - diag(G_CC) + diag(diagonal)) `vector` to `product`. */
  multiply(diagonal: Float64Array, vector: Float64Array, product: Float64Array): void;
}

function createCandidateLists({ byRow, byColumn, weights }: WeighedRows, largest: number): CandidateLists {
  const held = new Uint32Array(byRow.rows);
  const next = new Uint32Array(byRow.rows);
  // One more, for the customer that is written down before it is known to be new.
  const customers = new Uint32Array(byRow.rows + 1);
  const placeOf = new Uint32Array(byRow.columns);
  const inner = new Float64Array(largest);
  let entries = new Uint32Array(1024);
  let size = 0;
  let listCount = 0;
  let ends = new Uint32Array(1024);
  let listWeights = new Float64Array(1024);

  /** How many candidates each customer holds. @returns how many customers hold any */
  function countHeld(candidates: Uint32Array): number {
    let count = 0;
    for (const candidate of candidates) {
      for (let i = byColumn.offsets[candidate]; i < byColumn.offsets[candidate + 1]; i++) {
        const customer = byColumn.indices[i];
        customers[count] = customer;
        if (held[customer]++ === 0) count++;
      }
    }
    return count;
  }
  /** Room for the list of every customer who holds two or more. */
  function layOut(count: number): void {
    let length = 0;
    listCount = 0;
    if (ends.length < count) [ends, listWeights] = [new Uint32Array(2 * count), new Float64Array(2 * count)];
    for (let i = 0; i < count; i++) {
      const customer = customers[i];
      if (held[customer] < 2) continue;
      next[customer] = length;
      length += held[customer];
      ends[listCount] = length;
      listWeights[listCount++] = weights[customer];
    }
    if (entries.length < length) entries = new Uint32Array(2 * length);
  }
  function fillLists(candidates: Uint32Array): void {
    for (let place = 0; place < candidates.length; place++) {
      const candidate = candidates[place];
      for (let i = byColumn.offsets[candidate]; i < byColumn.offsets[candidate + 1]; i++) {
        const customer = byColumn.indices[i];
        if (held[customer] >= 2) entries[next[customer]++] = place;
      }
    }
  }
  /** Row `product` of G, on the candidates. */
  function fillRight(product: number, candidates: Uint32Array, right: Float64Array): void {
    right.fill(0, 0, candidates.length);
    candidates.forEach((candidate, place) => (placeOf[candidate] = place + 1));
    for (let i = byColumn.offsets[product]; i < byColumn.offsets[product + 1]; i++) {
      const customer = byColumn.indices[i];
      if (held[customer] === 0) continue;
      for (let cell = byRow.offsets[customer]; cell < byRow.offsets[customer + 1]; cell++) {
        const place = placeOf[byRow.indices[cell]];
        if (place > 0) right[place - 1] += weights[customer];
      }
    }
    for (const candidate of candidates) placeOf[candidate] = 0;
  }
  return {
    collect(product, candidates, right) {
      size = candidates.length;
      const count = countHeld(candidates);
      layOut(count);
      fillLists(candidates);
      fillRight(product, candidates, right);
      for (let i = 0; i < count; i++) held[customers[i]] = 0;
      // Each customer of a list adds to the diagonal, where the whole of G already stands.
      inner.fill(0, 0, candidates.length);
      for (let list = 0, entry = 0; list < listCount; list++) {
        for (; entry < ends[list]; entry++) inner[entries[entry]] += listWeights[list];
      }
    },
    multiply(diagonal, vector, product) {
      for (let place = 0; place < size; place++) {
        product[place] = (diagonal[place] - inner[place]) * vector[place];
      }
      for (let list = 0, begin = 0; list < listCount; list++) {
        const end = ends[list];
        let sum = 0;
        for (let entry = begin; entry < end; entry++) sum += vector[entries[entry]];
        sum *= listWeights[list];
        for (let entry = begin; entry < end; entry++) product[entries[entry]] += sum;
        begin = end;
      }
    },
  };
}

/**
 * VMIS-kNN: next products by the most similar of the most recent sessions.
 * Kersbergen, Sprangers and Schelter, "Serenade - low-latency session-based recommendation in e-commerce at scale",
 * SIGMOD 2022. Training O(clicks), memory 4 bytes x (kept clicks + postings), a query O(maxItems x m + k x session).
 *
 * With L the last `maxItems` entries of the history and p = 0 for the newest of them:
 *   similarity of a session n = sum over the distinct products i of L in n of (|L| - p(i)) / |distinct L|,
 *   among the m newest sessions that share a product with L; the k most similar stay, equal ones by age;
 *   score of a product = idf x sum over these n that hold it of similarity(n) x max(0, 1 - (p(n) + 1) / 10),
 * where p(n) is the place of the newest product of L in n. (Without the maximum, weights turn negative beyond ten items.)
 */
import { requireInteger, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { Accumulator } from "../matrix/accumulator.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { columnOf, integerSetting, requireKind, rowsOf } from "../models/model-columns.ts";
import type { Contribution, Query, Recommender } from "../models/recommender.ts";
import { rankScores } from "../models/scoring.ts";
import { sharesOf } from "../models/shares.ts";
import type { TrainingControls } from "../models/training.ts";
import { buildSessionIndex, type SessionIndex } from "./session-index.ts";
import { createNeighbourSearch, weighedSteps } from "./session-neighbours.ts";
import { createVoteCounter } from "./session-votes.ts";

const kind = "vmis-knn";

export interface VmisKnnOptions {
  /** Most recent sessions kept for each product, and looked at in a query. */
  readonly m?: number | undefined;
  /** Most similar of them that vote. */
  readonly k?: number | undefined;
  /** Newest entries of the history that are read. */
  readonly maxItems?: number | undefined;
  /** Weight of rarity, ln(clicks / clicks of the product): 0 leaves it out. */
  readonly idfWeight?: number | undefined;
}

/** What a trained model consists of. */
interface VmisKnn {
  readonly index: SessionIndex;
  /** Rarity of each product, 1 where it plays no part. */
  readonly idf: Float64Array;
  readonly m: number;
  readonly k: number;
  readonly maxItems: number;
}

/**
 * @param data sessions x products in the order of the sessions' end, oldest first, repetitions allowed: a `TrainingView`
 * @returns a model for browsing sessions. Products of the history come back only with `repeats`; next-item benchmarks
 * ask with `repeats` and exclude the newest product.
 * @throws InvalidOption when a setting is out of its range
 * @example
 * const sessions = await trainVmisKnn(view, { maxItems: 3 });
 * sessions.recommend({ history: [3, 17, 5] }, 20);
 */
export async function trainVmisKnn(
  { sessions }: { readonly sessions: Incidence },
  { m = 500, k = 500, maxItems = 2, idfWeight = 1, ...controls }: VmisKnnOptions & TrainingControls = {},
): Promise<Recommender> {
  requireInteger("m", m, 1);
  requireInteger("k", k, 1);
  requireInteger("maxItems", maxItems, 1);
  requireNumber("idfWeight", idfWeight, 0);
  const { index, clicks } = await buildSessionIndex(sessions, m, controls);
  return createVmisKnn({ index, idf: rarity(clicks, idfWeight), m, k, maxItems });
}

/** @throws InvalidFile when the file is damaged or holds another kind of model */
export function loadVmisKnn(file: ModelFile): Recommender {
  requireKind(file, kind);
  const columns = integerSetting(file, "productCount");
  const sessions = rowsOf(file, "sessionOffsets", "sessionProducts", { columns });
  const postings = rowsOf(file, "postingOffsets", "postings", { rows: columns, columns: sessions.rows });
  return createVmisKnn({
    index: { sessions, postings },
    idf: columnOf(file, "idf", Float64Array, columns),
    m: integerSetting(file, "m", 1),
    k: integerSetting(file, "k", 1),
    maxItems: integerSetting(file, "maxItems", 1),
  });
}

function createVmisKnn(model: VmisKnn): Recommender {
  const { index, idf, m, k, maxItems } = model;
  const { offsets, indices, columns: productCount } = index.sessions;
  const scores = new Accumulator(productCount);
  const neighbours = createNeighbourSearch(index, m, k);
  const most = Math.min(m, k, index.sessions.rows);
  const vote = new Float64Array(most);
  const countVotes = createVoteCounter(index.sessions, most);

  function addVotes(query: Query): void {
    const steps = weighedSteps(query, productCount, maxItems);
    const found = neighbours.find(steps);
    for (let n = 0; n < found; n++) {
      vote[n] = (neighbours.similarity[n] / steps.length) * matchWeight(neighbours.newestMatch[n]);
    }
    countVotes(scores, { session: neighbours.session, vote }, found);
    const { touched, values } = scores;
    for (let i = 0; i < touched.length; i++) values[touched[i]] *= idf[touched[i]];
  }

  function holds(session: number, product: number): boolean {
    for (let i = offsets[session]; i < offsets[session + 1]; i++) if (indices[i] === product) return true;
    return false;
  }

  /** A session's similarity is a sum over the products it shares with the history, and so is each of its votes. */
  function explain(query: Query, product: number): Contribution[] {
    const steps = weighedSteps(query, productCount, maxItems);
    const amounts = new Float64Array(steps.length);
    const found = neighbours.find(steps);
    for (let n = 0; n < found; n++) {
      const session = neighbours.session[n];
      if (!holds(session, product)) continue;
      const weight = matchWeight(neighbours.newestMatch[n]);
      for (const [at, step] of steps.entries()) {
        if (holds(session, step.product)) amounts[at] += weight * step.weight;
      }
    }
    return sharesOf(
      steps.map((step) => step.product),
      amounts,
    );
  }
  return {
    kind,
    productCount,
    recommend: (query, count) => rankScores(scores, query, count, () => addVotes(query)),
    explain,
    save: () => fileOf(model),
  };
}

function fileOf({ index: { sessions, postings }, idf, m, k, maxItems }: VmisKnn): ModelFile {
  return {
    kind,
    settings: { productCount: sessions.columns, m, k, maxItems },
    columns: {
      sessionOffsets: sessions.offsets,
      sessionProducts: sessions.indices,
      postingOffsets: postings.offsets,
      postings: postings.indices,
      idf,
    },
  };
}

/** A session counts less the further back its newest shared product lies. */
function matchWeight(stepsBack: number): number {
  return Math.max(0, 1 - (stepsBack + 1) / 10);
}

/** w ln(all clicks / clicks of the product), and 1 for all when w is 0. */
function rarity(clicks: Uint32Array, weight: number): Float64Array {
  if (weight === 0) return new Float64Array(clicks.length).fill(1);
  let total = 0;
  for (const count of clicks) total += count;
  return Float64Array.from(clicks, (count) => (count === 0 ? 0 : weight * Math.log(total / count)));
}

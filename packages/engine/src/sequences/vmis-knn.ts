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
import { sharedAccumulator, type Accumulator } from "../matrix/accumulator.ts";
import type { InPieces } from "../matrix/pieces.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { columnOf, integerSetting, requireKind, rowsOf } from "../models/model-columns.ts";
import type { Contribution, Query, Recommender } from "../models/recommender.ts";
import { rankScores } from "../models/scoring.ts";
import { sharesOf } from "../models/shares.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { createNeighbourSessions } from "./neighbour-sessions.ts";
import { buildSessionIndex, type SessionIndex } from "./session-index.ts";
import { createNeighbourSearch, weighedSteps, type WeighedStep } from "./session-neighbours.ts";
import { createVoteSplitter, type WeighedNeighbours } from "./vote-splitter.ts";

const kind = "vmis-knn";

/** How far and how deep to look among past sessions. */
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

/** Who was found for a question, kept until the next one: explaining an answer asks the same again, once a product. */
interface Neighbourhood extends WeighedNeighbours {
  readonly steps: readonly WeighedStep[];
  /** Sums of the weights of the steps that each neighbour holds. */
  readonly similarity: Uint32Array;
  /** What each step adds to the products; worked out when the first one is explained. */
  parts?: readonly Float64Array[];
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

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const sessions = await loadVmisKnn(readModel(bytes));
 */
export function loadVmisKnn(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading sessions", readVmisKnn(file), controls);
}

function* readVmisKnn(file: ModelFile): InPieces<Recommender> {
  requireKind(file, kind);
  const columns = integerSetting(file, "productCount");
  const sessions = yield* rowsOf(file, "sessionOffsets", "sessionProducts", { columns });
  const postings = yield* rowsOf(file, "postingOffsets", "postings", { rows: columns, columns: sessions.rows });
  return createVmisKnn({
    index: { sessions, postings },
    idf: yield* columnOf(file, "idf", Float64Array, columns),
    m: integerSetting(file, "m", 1),
    k: integerSetting(file, "k", 1),
    maxItems: integerSetting(file, "maxItems", 1),
  });
}

function createVmisKnn(model: VmisKnn): Recommender {
  const { index, idf } = model;
  const { columns: productCount } = index.sessions;
  const scores = sharedAccumulator(productCount);
  const visit = createNeighbourhoods(model);
  const splitVotes = createVoteSplitter(productCount);

  function explain(query: Query, product: number): Contribution[] {
    const neighbourhood = visit(query);
    neighbourhood.parts ??= splitVotes(neighbourhood.steps, neighbourhood);
    return sharesOf(
      neighbourhood.steps.map((step) => step.product),
      neighbourhood.parts.map((part) => part[product] ?? 0),
    );
  }
  return {
    kind,
    productCount,
    recommend: (query, count) => rankScores(scores, query, count, () => addVotes(visit(query), idf, scores)),
    explain,
    save: () => fileOf(model),
  };
}

/** @returns a function that finds the neighbours of a question; what it returns is valid until its next call */
function createNeighbourhoods({ index, m, k, maxItems }: VmisKnn): (query: Query) => Neighbourhood {
  const most = Math.min(m, k, index.sessions.rows);
  const neighbours = createNeighbourSearch(index, m, k);
  const { offsets, products, copy } = createNeighbourSessions(index.sessions, most);
  const worth = new Float64Array(most);
  const columns = { offsets, products, similarity: neighbours.similarity, worth };
  let asked: Neighbourhood = { ...columns, steps: [], count: 0 };
  return (query) => {
    const steps = weighedSteps(query, index.sessions.columns, maxItems);
    if (areEqual(steps, asked.steps)) return asked;
    const count = neighbours.find(steps);
    copy(neighbours.session, count);
    for (let n = 0; n < count; n++) worth[n] = matchWeight(neighbours.newestMatch[n]);
    asked = { ...columns, steps, count };
    return asked;
  };
}

/** Lets every neighbour vote for what it holds, by its similarity and worth, and the rare count for more. */
function addVotes(
  { steps, count, offsets, products, similarity, worth }: Neighbourhood,
  idf: Float64Array,
  scores: Accumulator,
): void {
  for (let n = 0; n < count; n++) {
    const vote = (similarity[n] / steps.length) * worth[n];
    // A vote of nothing would still bring its products into the answer.
    if (vote === 0) continue;
    for (let i = offsets[n]; i < offsets[n + 1]; i++) scores.add(products[i], vote);
  }
  const { touched, values } = scores;
  for (let i = 0; i < touched.length; i++) values[touched[i]] *= idf[touched[i]];
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

function areEqual(steps: readonly WeighedStep[], others: readonly WeighedStep[]): boolean {
  return (
    steps.length === others.length &&
    steps.every(({ product, stepsBack, weight }, at) => {
      const other = others[at];
      return product === other.product && stepsBack === other.stepsBack && weight === other.weight;
    })
  );
}

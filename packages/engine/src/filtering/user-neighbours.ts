/**
 * User neighbours: what customers like this one have bought. A customer is whatever history the query holds - strangers
 * are folded in by it, nobody needs to have been there at training.
 *   similarity(u, v) = u v / (|u|^(2a) |v|^(2(1 - a)) + shrinkage),   score(i) = sum over neighbours v of similarity^q v_i
 * with a = `asymmetry`: asymmetric cosine as in Aiolli, "Efficient top-N recommendation for very large scale binary rated
 * datasets", RecSys 2013, and in UP-CF (Faggioli, Polato, Aiolli, UMAP 2020). A customer of the training meets themselves
 * among the neighbours, which adds to what they have only.
 * Query: at most `readings` entries of the inverted index, rarest products first, then neighbours x row. Memory 16 bytes
 * a cell, 16 a customer.
 */
import { InvalidFile, requireInteger, requireNumber } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { Accumulator, sharedAccumulator } from "../matrix/accumulator.ts";
import { countBelow } from "../matrix/bisect.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { rowSizes, transposeInPieces, type Incidence, type SparseMatrix } from "../matrix/sparse.ts";
import { TopK } from "../matrix/top-k.ts";
import { recentSteps } from "../models/history.ts";
import { columnOf, integerSetting, numberSetting, requireKind, rowsOf } from "../models/model-columns.ts";
import { requireRecency } from "../models/neighbour-table.ts";
import type { Query, Recommender } from "../models/recommender.ts";
import { rankScores } from "../models/scoring.ts";
import { sharesOf } from "../models/shares.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import { withoutLongRows } from "./interactions.ts";

const kind = "user-neighbours";

/**
 * How customers are compared, and how much work a query may be. Defaults were chosen on validation parts of Gowalla and
 * Amazon Beauty (recall@20 .1559 and .1139; with 100 neighbours and power 1, .1475 and .1124).
 */
export interface UserNeighboursOptions {
  /** Customers whose purchases speak. */
  readonly neighbours?: number | undefined;
  /** 0.5 is the cosine; above, customers with much more than the query's history are held against less. */
  readonly asymmetry?: number | undefined;
  /** Added under the fraction, so that one purchase in common proves little. */
  readonly shrinkage?: number | undefined;
  /** Exponent on the similarity: larger ones listen to the nearest only. */
  readonly power?: number | undefined;
  /** Weight of an entry of a query's history against the one after it, in (0, 1]. 1 treats all alike. */
  readonly recency?: number | undefined;
  /** Entries of the inverted index that a query reads at most. */
  readonly readings?: number | undefined;
  /** Rows with more products than this (resellers, robots) are left out. */
  readonly longestRow?: number | undefined;
}

type Settings = Required<{
  [Name in Exclude<keyof UserNeighboursOptions, "longestRow">]: NonNullable<UserNeighboursOptions[Name]>;
}>;

/**
 * @param interactions customers x products, values of zero or more: `customerMatrix(view)`
 * @returns a model whose scores are sums of similarities: comparable within one query only
 * @throws InvalidOption when a setting is out of its range; InvalidInput when a value is negative or not finite
 * @example
 * const alike = await trainUserNeighbours(customerMatrix(view), { neighbours: 100 });
 * alike.recommend({ history: [42, 7] }, 5);
 */
export async function trainUserNeighbours(
  interactions: Incidence | SparseMatrix,
  {
    neighbours = 300,
    asymmetry = 0.5,
    shrinkage = 2,
    power = 2,
    recency = 1,
    readings = 50_000,
    longestRow = 1000,
    ...controls
  }: UserNeighboursOptions & TrainingControls = {},
): Promise<Recommender> {
  requireInteger("neighbours", neighbours, 1);
  requireNumber("asymmetry", asymmetry, 0, 1);
  requireNumber("shrinkage", shrinkage, 0);
  requireNumber("power", power, 0);
  requireRecency(recency);
  requireInteger("readings", readings, 1);
  requireInteger("longestRow", longestRow, 1);
  const pace = createPacer("indexing customers", 2, controls);
  const rows = await pace.through(withoutLongRows(interactions, longestRow), 0);
  const postings = await pace.through(transposeInPieces(rows), 1);
  pace.finish();
  return createUserNeighbours(rows, postings, { neighbours, asymmetry, shrinkage, power, recency, readings });
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const alike = await loadUserNeighbours(readModel(bytes));
 */
export function loadUserNeighbours(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading customers", readUserNeighbours(file), controls);
}

function* readUserNeighbours(file: ModelFile): InPieces<Recommender> {
  requireKind(file, kind);
  const productCount = integerSetting(file, "productCount");
  const pattern = yield* rowsOf(file, "offsets", "products", { columns: productCount });
  const values = yield* columnOf(file, "values", Float64Array, pattern.indices.length);
  const settings: Settings = {
    neighbours: integerSetting(file, "neighbours", 1),
    asymmetry: numberSetting(file, "asymmetry"),
    shrinkage: numberSetting(file, "shrinkage"),
    power: numberSetting(file, "power"),
    recency: numberSetting(file, "recency", Number.MIN_VALUE),
    readings: integerSetting(file, "readings", 1),
  };
  if (!values.every((value) => value >= 0) || settings.asymmetry > 1 || settings.recency > 1) {
    throw new InvalidFile(`The ${kind} model holds a number out of its range.`);
  }
  const rows = { ...pattern, values };
  return createUserNeighbours(rows, yield* transposeInPieces(rows), settings);
}

function createUserNeighbours(rows: SparseMatrix, postings: SparseMatrix, settings: Settings): Recommender {
  const { columns: productCount, offsets, indices, values } = rows;
  const { neighbours, asymmetry, shrinkage, power, recency, readings } = settings;
  const squares = squaredLengths(rows);
  const frequency = rowSizes(postings);
  const dots = new Accumulator(rows.rows);
  const scores = sharedAccumulator(productCount);

  /** The query as a vector, rarest products first: their customers say most, and fewest entries are read for them. */
  function vectorOf(query: Query): Voice[] {
    return recentSteps(query, productCount)
      .map(({ product, stepsBack }) => ({ product, weight: recency ** stepsBack }))
      .sort((a, b) => frequency[a.product] - frequency[b.product] || a.product - b.product);
  }
  function nearest(vector: readonly Voice[]): Neighbour[] {
    let left = readings;
    for (const { product, weight } of vector) {
      const begin = postings.offsets[product];
      // Customers stand in the order of their first basket: the newest last.
      const end = postings.offsets[product + 1];
      for (let i = Math.max(begin, end - left); i < end; i++)
        dots.add(postings.indices[i], weight * postings.values[i]);
      left -= Math.min(left, end - begin);
      if (left === 0) break;
    }
    const own = vector.reduce((sum, { weight }) => sum + weight * weight, 0) ** asymmetry;
    const best = new TopK(Math.min(neighbours, dots.touched.length));
    for (const customer of dots.touched) {
      const length = own * squares[customer] ** (1 - asymmetry);
      if (dots.values[customer] > 0) best.offer(customer, dots.values[customer] / (length + shrinkage));
    }
    dots.clear();
    const { products: customers, scores: similarities } = best.ranked();
    return Array.from(customers, (customer, place) => ({ customer, voice: similarities[place] ** power }));
  }
  function valueOf(customer: number, product: number): number {
    const row = indices.subarray(offsets[customer], offsets[customer + 1]);
    const place = countBelow(row, product);
    return row[place] === product ? values[offsets[customer] + place] : 0;
  }
  return {
    kind,
    productCount,
    recommend(query, count) {
      const found = nearest(vectorOf(query));
      return rankScores(scores, query, count, () => {
        for (const { customer, voice } of found) {
          for (let i = offsets[customer]; i < offsets[customer + 1]; i++) scores.add(indices[i], voice * values[i]);
        }
      });
    },
    explain(query, product) {
      const vector = vectorOf(query);
      const amounts = new Float64Array(vector.length);
      for (const { customer, voice } of nearest(vector)) {
        const said = voice * valueOf(customer, product);
        if (said === 0) continue;
        // A neighbour's word is divided among what made it one.
        const common = vector.map((own) => own.weight * valueOf(customer, own.product));
        const dot = common.reduce((sum, part) => sum + part, 0);
        for (const [place, part] of common.entries()) amounts[place] += (said * part) / dot;
      }
      return sharesOf(
        vector.map((own) => own.product),
        amounts,
      );
    },
    save: () => ({ kind, settings: { productCount, ...settings }, columns: { offsets, products: indices, values } }),
  };
}

/** A product of the query and how much it counts. */
interface Voice {
  readonly product: number;
  readonly weight: number;
}

/** A customer and the weight of their word. */
interface Neighbour {
  readonly customer: number;
  readonly voice: number;
}

function squaredLengths({ rows, offsets, values }: SparseMatrix): Float64Array {
  const squares = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let i = offsets[row]; i < offsets[row + 1]; i++) squares[row] += values[i] * values[i];
  }
  return squares;
}

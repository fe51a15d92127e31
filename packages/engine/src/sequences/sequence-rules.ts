/**
 * Rules from one product to the next, the simplest session models: sequence rules (SR), association rules of two products
 * (AR) and a first-order Markov chain. Ludewig and Jannach, "Evaluation of session-based recommendation algorithms",
 * UMUAI 2018. A table lookup a question: SR is the smallest model that a browser can hold, and what others are measured by.
 * Training O(clicks x steps), memory 8 bytes a rule.
 */
import { InvalidOption, requireInteger } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { Accumulator, sharedAccumulator } from "../matrix/accumulator.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { order, type Incidence } from "../matrix/sparse.ts";
import { TopK } from "../matrix/top-k.ts";
import { columnOf, integerSetting, requireKind, rowsOf } from "../models/model-columns.ts";
import { requireHistory } from "../models/history.ts";
import {
  createNeighbourTableBuilder,
  type NeighbourTable,
  type NeighbourTableBuilder,
} from "../models/neighbour-table.ts";
import type { Query, Recommender } from "../models/recommender.ts";
import { rankScores } from "../models/scoring.ts";
import { sharesOf } from "../models/shares.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import { sessionOfEachEntry } from "./session-log.ts";

const kind = "sequence-rules";

/** Sessions x products in the order of events, repetitions kept: a `TrainingView`. */
interface Sessions {
  readonly sessions: Incidence;
}

export interface SequenceRuleOptions {
  /** Entries after a product that a rule may lead to. */
  readonly steps?: number | undefined;
  /** How a rule's weight falls with the gap: as 1 / gap, or as 1 / gap squared. */
  readonly weighting?: "division" | "quadratic" | undefined;
  /** Rules kept for each product. */
  readonly rules?: number | undefined;
}

/**
 * Sequence rules: what follows a product within some steps, the nearer the more. Answers from the newest product alone.
 * @throws InvalidOption when a setting is out of its range
 * @example
 * const rules = await trainSequenceRules(view, { steps: 8 });
 * rules.recommend({ history: [3, 17] }, 5);
 */
export async function trainSequenceRules(
  { sessions }: Sessions,
  { steps = 10, weighting = "division", rules = 20, ...controls }: SequenceRuleOptions & TrainingControls = {},
): Promise<Recommender> {
  requireInteger("steps", steps, 1);
  if (weighting !== "division" && weighting !== "quadratic") {
    throw new InvalidOption("weighting", weighting, "division or quadratic");
  }
  const power = weighting === "division" ? -1 : -2;
  return trainRules(sessions, { steps, weightOf: (gap) => gap ** power, isMutual: false, rules }, controls);
}

/**
 * Association rules of two products: what stands in the same sessions, before or after.
 * @throws InvalidOption when `rules` is not a positive integer
 * @example
 * const rules = await trainPairRules(view);
 */
export async function trainPairRules(
  { sessions }: Sessions,
  { rules = 20, ...controls }: Pick<SequenceRuleOptions, "rules"> & TrainingControls = {},
): Promise<Recommender> {
  return trainRules(sessions, { steps: Infinity, weightOf: () => 1, isMutual: true, rules }, controls);
}

/**
 * A first-order Markov chain: what follows a product directly.
 * @throws InvalidOption when `rules` is not a positive integer
 * @example
 * const chain = await trainMarkovChain(view);
 */
export async function trainMarkovChain(
  { sessions }: Sessions,
  { rules = 20, ...controls }: Pick<SequenceRuleOptions, "rules"> & TrainingControls = {},
): Promise<Recommender> {
  return trainRules(sessions, { steps: 1, weightOf: () => 1, isMutual: false, rules }, controls);
}

interface RuleCount {
  readonly steps: number;
  readonly weightOf: (gap: number) => number;
  /** Whether what stands before a product follows from it too. */
  readonly isMutual: boolean;
  readonly rules: number;
}

/** Entries that are read between two looks at the clock. */
const entriesAPiece = 256;

async function trainRules(sessions: Incidence, count: RuleCount, controls: TrainingControls): Promise<Recommender> {
  requireInteger("rules", count.rules, 1);
  const { columns, indices } = sessions;
  const entries = order(columns, indices);
  const sessionOf = sessionOfEachEntry(sessions);
  const table = createNeighbourTableBuilder(columns, count.rules);
  const row = new Accumulator(columns);
  const pace = createPacer("counting what follows", entries.length, controls);
  let read = 0;
  for (let product = 0; product < columns; product++) {
    for (; read < entries.length && indices[entries[read]] === product; read++) {
      if (read % entriesAPiece === 0 && pace.isDue()) await pace.rest(read);
      addFollowers(row, sessions, sessionOf[entries[read]], entries[read], count);
    }
    offerStrongest(table, row, count.rules);
    table.endRow();
    row.clear();
  }
  const finished = await pace.through(table.finish(), read);
  pace.finish();
  return createRuleRecommender(finished);
}

function addFollowers(
  row: Accumulator,
  { offsets, indices }: Incidence,
  session: number,
  entry: number,
  { steps, weightOf, isMutual }: RuleCount,
): void {
  if (isMutual) {
    const first = Math.max(offsets[session], entry - steps);
    for (let at = first; at < entry; at++) row.add(indices[at], weightOf(entry - at));
  }
  const last = Math.min(offsets[session + 1] - 1, entry + steps);
  for (let at = entry + 1; at <= last; at++) row.add(indices[at], weightOf(at - entry));
}

/** Offers the strongest rules of a row; of equal ones those that were seen first stay, as in session-rec. */
function offerStrongest(table: NeighbourTableBuilder, { touched, values }: Accumulator, rules: number): void {
  const best = new TopK(Math.min(rules, touched.length));
  for (let place = 0; place < touched.length; place++) best.offer(place, values[touched[place]]);
  for (const place of best.ranked().products) table.offer(touched[place], values[touched[place]]);
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const rules = await loadSequenceRules(readModel(bytes));
 */
export function loadSequenceRules(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading rules", readRules(file), controls);
}

function* readRules(file: ModelFile): InPieces<Recommender> {
  requireKind(file, kind);
  const productCount = integerSetting(file, "productCount");
  const rows = yield* rowsOf(file, "offsets", "targets", { rows: productCount, columns: productCount });
  return createRuleRecommender({
    ...rows,
    weights: yield* columnOf(file, "weights", Float32Array, rows.indices.length),
  });
}

function createRuleRecommender({ rows: productCount, offsets, indices, weights }: NeighbourTable): Recommender {
  const scores = sharedAccumulator(productCount);
  return {
    kind,
    productCount,
    recommend(query, count) {
      const newest = newestProduct(query, productCount);
      return rankScores(scores, query, count, () => {
        if (newest !== undefined) scores.addRow(indices, weights, offsets[newest], offsets[newest + 1], 1);
      });
    },
    explain(query, product) {
      const newest = newestProduct(query, productCount);
      if (newest === undefined) return [];
      const leads = indices.subarray(offsets[newest], offsets[newest + 1]).includes(product);
      return sharesOf([newest], [leads ? 1 : 0]);
    },
    save: () => ({ kind, settings: { productCount }, columns: { offsets, targets: indices, weights } }),
  };
}

/** The newest product of the history that the model knows. */
function newestProduct({ history }: Query, productCount: number): number | undefined {
  requireHistory(history);
  for (let i = history.length - 1; i >= 0; i--) if (history[i] < productCount) return history[i];
  return undefined;
}

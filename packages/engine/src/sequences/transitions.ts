/**
 * Which products follow which: directly, within ten steps, and backwards; newer sessions count more. Rows are cut to
 * the strongest followers and sorted by them, so that a walk can stop early.
 */
import { requireInteger, requireNumber } from "../errors.ts";
import { Accumulator } from "../matrix/accumulator.ts";
import { GrowingColumn } from "../matrix/growing-column.ts";
import { order, type Incidence } from "../matrix/sparse.ts";
import { TopK } from "../matrix/top-k.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { sessionOfEachEntry, type SessionLog } from "./session-log.ts";

/** One row a product: what came after and before it. Columns run side by side with `targets`. */
export interface Transitions {
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** Decayed counts: right after; up to ten steps after; up to ten steps before, each fading with the gap. */
  readonly next: Float32Array;
  readonly skip: Float32Array;
  readonly back: Float32Array;
  /** Sums over all products a row, also over those that were cut. */
  readonly nextTotal: Float32Array;
  readonly skipTotal: Float32Array;
  readonly backTotal: Float32Array;
}

export interface TransitionOptions {
  /** Days after which a session counts a third (1 / e). */
  readonly fadeDays: number;
  /** Products kept a row. */
  readonly rowLength: number;
}

/** How much each step of a gap takes off. */
const gapDecay = 0.6;
const longestGap = 10;
/** Entries that are read between two looks at the clock. */
const entriesAPiece = 1024;
/** What a transition backwards is worth next to one forwards when rows are cut. */
const backWorth = 0.5;

/**
 * @example
 * const transitions = await countTransitions(log, { fadeDays: 5, rowLength: 80 });
 */
export async function countTransitions(
  { sessions, age }: Pick<SessionLog, "sessions" | "age">,
  { fadeDays, rowLength }: TransitionOptions,
  controls: TrainingControls = {},
): Promise<Transitions> {
  requireNumber("fadeDays", fadeDays, Number.MIN_VALUE);
  requireInteger("rowLength", rowLength, 1);
  const weight = age.map((days) => Math.exp(-days / fadeDays));
  const entries = order(sessions.columns, sessions.indices);
  const sessionOf = sessionOfEachEntry(sessions);
  const rows = new TransitionRows(sessions.columns, rowLength);
  const pace = createPacer("counting transitions", entries.length, controls);
  for (let i = 0; i < entries.length; i++) {
    if (i % entriesAPiece === 0 && pace.isDue()) await pace.rest(i);
    const entry = entries[i];
    const product = sessions.indices[entry];
    rows.startRowOf(product);
    const session = sessionOf[entry];
    addSurroundings(rows, sessions, entry, session, weight[session]);
  }
  pace.finish();
  return rows.finished();
}

/** Adds what stands around one entry to the open row. */
function addSurroundings(
  rows: TransitionRows,
  { offsets, indices }: Incidence,
  entry: number,
  session: number,
  weight: number,
): void {
  const last = Math.min(offsets[session + 1] - 1, entry + longestGap);
  let fade = weight;
  if (last > entry) rows.next.add(indices[entry + 1], weight);
  for (let i = entry + 1; i <= last; i++, fade *= gapDecay) rows.skip.add(indices[i], fade);
  const first = Math.max(offsets[session], entry - longestGap);
  fade = weight;
  for (let i = entry - 1; i >= first; i--, fade *= gapDecay) rows.back.add(indices[i], fade);
}

/** Rows that are written product by product, in ascending order. */
class TransitionRows {
  readonly next: Accumulator;
  readonly skip: Accumulator;
  readonly back: Accumulator;
  readonly #rowLength: number;
  readonly #offsets: Uint32Array;
  readonly #targets = new GrowingColumn(Uint32Array);
  readonly #next = new GrowingColumn(Float64Array);
  readonly #skip = new GrowingColumn(Float64Array);
  readonly #back = new GrowingColumn(Float64Array);
  readonly #totals: Record<"nextTotal" | "skipTotal" | "backTotal", Float32Array>;
  #open = 0;

  constructor(productCount: number, rowLength: number) {
    this.next = new Accumulator(productCount);
    this.skip = new Accumulator(productCount);
    this.back = new Accumulator(productCount);
    this.#rowLength = rowLength;
    this.#offsets = new Uint32Array(productCount + 1);
    this.#totals = {
      nextTotal: new Float32Array(productCount),
      skipTotal: new Float32Array(productCount),
      backTotal: new Float32Array(productCount),
    };
  }

  /** Closes the rows before that of `product`. */
  startRowOf(product: number): void {
    while (this.#open < product) this.#close();
  }

  finished(): Transitions {
    this.startRowOf(this.#offsets.length - 1);
    return {
      offsets: this.#offsets,
      targets: this.#targets.trimmed(),
      next: Float32Array.from(this.#next.trimmed()),
      skip: Float32Array.from(this.#skip.trimmed()),
      back: Float32Array.from(this.#back.trimmed()),
      ...this.#totals,
    };
  }

  #close(): void {
    const { next, skip, back } = this;
    const best = new TopK(this.#rowLength);
    const worth = (target: number): number => skip.values[target] + backWorth * back.values[target];
    for (const target of skip.touched) best.offer(target, worth(target));
    for (const target of back.touched) if (skip.values[target] === 0) best.offer(target, worth(target));
    for (const target of best.ranked().products) {
      this.#targets.push(target);
      this.#next.push(next.values[target]);
      this.#skip.push(skip.values[target]);
      this.#back.push(back.values[target]);
    }
    this.#totals.nextTotal[this.#open] = totalOf(next);
    this.#totals.skipTotal[this.#open] = totalOf(skip);
    this.#totals.backTotal[this.#open] = totalOf(back);
    this.#offsets[++this.#open] = this.#targets.length;
    for (const column of [next, skip, back]) column.clear();
  }
}

function totalOf({ touched, values }: Accumulator): number {
  let total = 0;
  for (const target of touched) total += values[target];
  return total;
}

/**
 * Sequential patterns with gap limits: what shoppers do after what, by PrefixSpan (Pei et al., "Mining sequential patterns
 * by pattern-growth", IEEE TKDE 2004) with the gap constraints of cSPADE (Zaki, CIKM 2000). A pattern grows by one product
 * at a time; only the places where it ends are kept, never a copy of what follows.
 *
 * Under an upper limit every place counts where a pattern may end, since a later end may reach what an earlier one does
 * not; without one the earliest end reaches the most. Patterns are runs of single products.
 */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import { GrowingColumn } from "../matrix/growing-column.ts";
import type { InPieces } from "../matrix/pieces.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { paced, type TrainingControls } from "../models/training.ts";

/** What patterns are looked for in: sessions by place, or customers' purchases by time. */
export interface SequenceData {
  /** Sequences x products, each in its order, repetitions allowed. */
  readonly sequences: Incidence;
  /** When each entry happened, ascending within a sequence, in any unit; its place in the sequence when left out. */
  readonly at?: ArrayLike<number> | undefined;
}

export interface PrefixSpanOptions {
  /** Share of all sequences that must show a pattern, above 0 and at most 1, rounded up to whole sequences. */
  readonly minimumSupport: number;
  /** Smallest gap between one product and the next, in the unit of `at`. Equal times are never one after the other. */
  readonly minimumGap?: number | undefined;
  /** Largest gap; no limit when left out. */
  readonly maximumGap?: number | undefined;
  /** Products of the longest patterns. */
  readonly longest?: number | undefined;
}

/** Patterns by index, in the order of their products. */
export interface SequentialPatterns {
  /** `products[offsets[p] .. offsets[p + 1])` is pattern `p`, first product first. */
  readonly offsets: Uint32Array;
  readonly products: Uint32Array;
  /** How many sequences show each pattern. */
  readonly count: Uint32Array;
  /** How many sequences there are. */
  readonly sequenceCount: number;
}

/**
 * Memory: 4 bytes an entry and 8 a place where the patterns on the way to the longest end, and 4 a product.
 * @returns all patterns of one product and more
 * @throws InvalidOption when a setting is out of its range
 * @throws InvalidInput when `at` does not fit the entries or does not ascend
 * @example
 * const day = 86_400_000;
 * const patterns = await findSequentialPatterns({ sequences, at }, { minimumSupport: 0.01, maximumGap: 60 * day });
 */
export async function findSequentialPatterns(
  { sequences, at }: SequenceData,
  {
    minimumSupport,
    minimumGap = 0,
    maximumGap = Infinity,
    longest = 5,
    ...controls
  }: PrefixSpanOptions & TrainingControls,
): Promise<SequentialPatterns> {
  requireNumber("minimumSupport", minimumSupport, Number.MIN_VALUE, 1);
  requireNumber("minimumGap", minimumGap, 0);
  if (maximumGap !== Infinity) requireNumber("maximumGap", maximumGap, minimumGap);
  requireInteger("longest", longest, 1);
  const times = at ?? placesOf(sequences);
  checkTimes(times, sequences);
  const least = Math.max(1, Math.ceil(minimumSupport * sequences.rows));
  const growth = new PatternGrowth(sequences, times, { least, minimumGap, maximumGap, longest });
  await paced("growing patterns", growth.run(), controls);
  return growth.patterns();
}

interface Limits {
  readonly least: number;
  readonly minimumGap: number;
  readonly maximumGap: number;
  readonly longest: number;
}

/** Places where a pattern ends: entries side by side with their sequences, which ascend. */
interface Ends {
  readonly sequence: Uint32Array;
  readonly entry: Uint32Array;
}

/** Ends of the patterns that a product makes of another pattern. */
interface Extension extends Ends {
  readonly product: number;
  readonly count: number;
}

/** Entries that are looked at between two pauses. */
const endsAPiece = 4096;

class PatternGrowth {
  readonly #sequences: Incidence;
  readonly #at: ArrayLike<number>;
  readonly #limits: Limits;
  readonly #prefix: number[] = [];
  readonly #offsets = new GrowingColumn(Uint32Array);
  readonly #products = new GrowingColumn(Uint32Array);
  readonly #count = new GrowingColumn(Uint32Array);
  /** The round in which an entry was reached last: several ends may reach it. */
  readonly #reachedIn: Uint32Array;
  #round = 0;

  constructor(sequences: Incidence, at: ArrayLike<number>, limits: Limits) {
    this.#sequences = sequences;
    this.#at = at;
    this.#limits = limits;
    this.#reachedIn = new Uint32Array(sequences.indices.length);
    this.#offsets.push(0);
  }

  *run(): InPieces<void> {
    const reached = new Reached();
    const { rows, offsets } = this.#sequences;
    for (let sequence = 0; sequence < rows; sequence++) {
      if (sequence % endsAPiece === 0) yield;
      for (let entry = offsets[sequence]; entry < offsets[sequence + 1]; entry++) reached.push(sequence, entry);
    }
    yield* this.#growFrom(reached);
  }

  patterns(): SequentialPatterns {
    return {
      offsets: this.#offsets.trimmed(),
      products: this.#products.trimmed(),
      count: this.#count.trimmed(),
      sequenceCount: this.#sequences.rows,
    };
  }

  /** Writes down every frequent extension of the prefix by what it reaches, and grows on from there. */
  *#growFrom(reached: Reached): InPieces<void> {
    const extensions = this.#frequentExtensions(reached);
    for (const { product, count, ...ends } of extensions) {
      this.#prefix.push(product);
      for (const ofPrefix of this.#prefix) this.#products.push(ofPrefix);
      this.#offsets.push(this.#products.length);
      this.#count.push(count);
      if (this.#prefix.length < this.#limits.longest) yield* this.#growFrom(yield* this.#reachFrom(ends));
      this.#prefix.pop();
    }
  }

  /** The entries that lie within the gap limits of some end. */
  *#reachFrom({ sequence, entry }: Ends): InPieces<Reached> {
    const { offsets } = this.#sequences;
    const { minimumGap, maximumGap } = this.#limits;
    const reached = new Reached();
    const round = ++this.#round;
    for (let n = 0; n < entry.length; n++) {
      if (n % endsAPiece === 0) yield;
      const last = offsets[sequence[n] + 1];
      for (let next = entry[n] + 1; next < last; next++) {
        const gap = this.#at[next] - this.#at[entry[n]];
        if (gap > maximumGap) break;
        if (gap <= 0 || gap < minimumGap || this.#reachedIn[next] === round) continue;
        this.#reachedIn[next] = round;
        reached.push(sequence[n], next);
      }
    }
    return reached;
  }

  /** Sorts what was reached by product, and keeps products that enough sequences show. */
  #frequentExtensions(reached: Reached): Extension[] {
    const { indices } = this.#sequences;
    const { least, maximumGap } = this.#limits;
    const byProduct = new Map<number, Reached>();
    for (let n = 0; n < reached.length; n++) {
      const { sequence, entry } = reached.at(n);
      const product = indices[entry];
      const ends = byProduct.get(product) ?? new Reached();
      if (ends.length === 0) byProduct.set(product, ends);
      // Without an upper limit the earliest end is enough.
      if (maximumGap === Infinity && ends.lastSequence === sequence) continue;
      ends.push(sequence, entry);
    }
    return [...byProduct]
      .filter(([, { sequenceCount }]) => sequenceCount >= least)
      .sort(([one], [other]) => one - other)
      .map(([product, ends]) => ({ product, count: ends.sequenceCount, ...ends.trimmed() }));
  }
}

/** Entries with their sequences, as they are reached: sequences ascend. */
class Reached {
  readonly #sequence = new GrowingColumn(Uint32Array, 8);
  readonly #entry = new GrowingColumn(Uint32Array, 8);
  lastSequence = -1;
  sequenceCount = 0;

  get length(): number {
    return this.#entry.length;
  }

  push(sequence: number, entry: number): void {
    if (sequence !== this.lastSequence) this.sequenceCount++;
    this.lastSequence = sequence;
    this.#sequence.push(sequence);
    this.#entry.push(entry);
  }

  at(place: number): { readonly sequence: number; readonly entry: number } {
    return { sequence: this.#sequence.store[place], entry: this.#entry.store[place] };
  }

  trimmed(): Ends {
    return { sequence: this.#sequence.trimmed(), entry: this.#entry.trimmed() };
  }
}

/** The place of each entry in its sequence. */
function placesOf({ rows, offsets, indices }: Incidence): Uint32Array {
  const places = new Uint32Array(indices.length);
  for (let row = 0; row < rows; row++) {
    for (let i = offsets[row]; i < offsets[row + 1]; i++) places[i] = i - offsets[row];
  }
  return places;
}

function checkTimes(at: ArrayLike<number>, { rows, offsets, indices }: Incidence): void {
  if (at.length !== indices.length)
    throw new InvalidInput("at", at.length, `a time for each of ${indices.length} entries`);
  for (let row = 0; row < rows; row++) {
    for (let i = offsets[row]; i < offsets[row + 1]; i++) {
      const isLater = i === offsets[row] || at[i] >= at[i - 1];
      if (!Number.isFinite(at[i]) || !isLater) {
        throw new InvalidInput(`at[${i}]`, at[i], "a finite time, no earlier than the entry before");
      }
    }
  }
}

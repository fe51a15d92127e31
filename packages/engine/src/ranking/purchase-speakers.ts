/**
 * Which purchases speak for a product: those that the loudest table or attribute signal was heard from, each by what it
 * added to the signal. One look into short rows, where taking purchases out one by one would rank the catalogue again
 * for each of them.
 */
import type { NeighbourTable } from "../models/neighbour-table.ts";
import type { Contribution } from "../models/recommender.ts";
import { sharesOf } from "../models/shares.ts";
import type { SparseMatrix } from "../matrix/sparse.ts";
import { createPurchaseReader, type PurchaseQuestion } from "../sequences/index.ts";
import type { PurchaseParts } from "./purchase-parts.ts";
import { newestOf } from "./purchase-plan.ts";
import { attributeReadings, purchaseSettings } from "./purchase-settings.ts";
import type { SignalShare } from "./ranker.ts";

/** What one purchase adds to a product's signal, at full voice. */
type Voice = (spoken: number, product: number) => number;

/**
 * @returns the purchases behind a score of which the signals' shares are given; empty where purchases play no part
 * @example
 * createSpeakers(parts)(question, product, ranker.sharesOf(question, product));
 */
export function createSpeakers({
  build,
  productCount,
  tables,
  attributes,
}: PurchaseParts): (question: PurchaseQuestion, product: number, shares: readonly SignalShare[]) => Contribution[] {
  const { tables: tableSettings, longestMemory } = purchaseSettings[build];
  const read = newestOf(createPurchaseReader(productCount), longestMemory);
  const voices = new Map<string, { readonly memory: number; readonly voice: Voice }>();
  for (const { name, memory } of tableSettings) {
    const table = tables.get(name);
    if (table) voices.set(name, { memory, voice: (spoken, product) => weightIn(table, spoken, product) });
  }
  for (const { name, memory } of attributeReadings) {
    if (!voices.has(name))
      voices.set(name, { memory, voice: (spoken, product) => alikeness(attributes, spoken, product) });
  }
  return (question, product, shares) => {
    const { products, basketsAgo } = read(question);
    for (const { signal, amount } of shares) {
      const heard = voices.get(signal);
      if (!heard || amount <= 0) continue;
      const added = new Map<number, number>();
      for (let entry = 0; entry < products.length; entry++) {
        const spoken = products[entry];
        const voice = heard.voice(spoken, product);
        if (voice > 0) added.set(spoken, (added.get(spoken) ?? 0) + heard.memory ** basketsAgo[entry] * voice);
      }
      if (added.size === 0) continue;
      const speakers = sharesOf([...added.keys()], [...added.values()]);
      if (speakers.length > 0) return speakers;
    }
    return [];
  };
}

function weightIn({ offsets, indices, weights }: NeighbourTable, row: number, product: number): number {
  const end = offsets[row + 1];
  for (let i = offsets[row]; i < end; i++) if (indices[i] === product) return weights[i];
  return 0;
}

/** Dot product of two rows: attributes ascend in each. */
function alikeness({ offsets, indices, values }: SparseMatrix, one: number, other: number): number {
  let [i, j] = [offsets[one], offsets[other]];
  let dot = 0;
  while (i < offsets[one + 1] && j < offsets[other + 1]) {
    if (indices[i] === indices[j]) dot += values[i++] * values[j++];
    else if (indices[i] < indices[j]) i++;
    else j++;
  }
  return dot;
}

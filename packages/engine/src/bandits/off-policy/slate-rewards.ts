/**
 * What a slate will still bring from a position on: the reward model of Cascade-DR, fitted from the last position up, so
 * that each one learns from its own reward plus what the next model expects of the policy (Kiyohara et al. 2022, section
 * 4.2). Means of each item by position and kind of visitor, drawn towards their common mean; each slate is asked about by
 * a model that has not seen it.
 */
import { InvalidInput, requireInteger } from "../../errors.ts";
import { shuffle, type Random } from "../../random/index.ts";
import { cellMeans } from "./cell-means.ts";
import type { SlateLog } from "./slate-log.ts";

/** @returns by item, what the slate is expected to bring from a position on with that item there */
export type SlateModels = (slate: number, position: number) => Float64Array;

/** @param distribution of the policy to be judged: slates x positions x items */
export function crossFitSlates(
  log: SlateLog,
  distribution: ArrayLike<number>,
  { folds, random }: { readonly folds: number; readonly random: Random },
): SlateModels {
  const slates = log.item.length / log.positions;
  requireInteger("folds", folds, 2);
  if (slates < folds) throw new InvalidInput("slates", slates, `at least ${folds}, one for each fold`);
  const foldOf = shuffle(
    random,
    Uint32Array.from({ length: slates }, (_, slate) => slate % folds),
  );
  const tables = Array.from({ length: folds }, (_, fold) =>
    fitBackwards(
      log,
      distribution,
      Uint32Array.from(foldOf.keys()).filter((slate) => foldOf[slate] !== fold),
    ),
  );
  return (slate, position) => {
    const begin = segmentOf(log, slate) * log.items;
    return tables[foldOf[slate]][position].subarray(begin, begin + log.items);
  };
}

/** @returns for each position a table of segments x items */
function fitBackwards(log: SlateLog, distribution: ArrayLike<number>, slates: Uint32Array): Float64Array[] {
  const { positions, items, item, reward } = log;
  const tables: Float64Array[] = [];
  for (let position = positions - 1; position >= 0; position--) {
    const next = tables[0];
    const target = Float64Array.from(slates, (slate) => {
      const cell = slate * positions + position;
      let sum = reward[cell];
      if (!next) return sum;
      const begin = segmentOf(log, slate) * items;
      for (let a = 0; a < items; a++) sum += distribution[(cell + 1) * items + a] * next[begin + a];
      return sum;
    });
    const cellOf = Uint32Array.from(
      slates,
      (slate) => segmentOf(log, slate) * items + item[slate * positions + position],
    );
    tables.unshift(cellMeans(target, cellOf, segmentsOf(log) * items));
  }
  return tables;
}

function segmentOf({ segment }: SlateLog, slate: number): number {
  return segment ? segment[slate] : 0;
}

function segmentsOf({ segment }: SlateLog): number {
  let most = 0;
  if (segment) for (let slate = 0; slate < segment.length; slate++) most = Math.max(most, segment[slate]);
  return most + 1;
}

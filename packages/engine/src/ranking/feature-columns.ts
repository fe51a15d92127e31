/** Writes down the features of candidates: the innermost loop of ranking, over flat columns, a logarithm a knot. */
import type { Query } from "../models/recommender.ts";
import type { SignalColumn, SignalColumns } from "../models/signal-columns.ts";
import type { RankingPlan } from "./plan.ts";

/** A signal with the features that are made of it, side by side. */
interface SignalReading {
  readonly column: SignalColumn;
  readonly places: Uint32Array;
  /** 0 where the signal enters as it is. */
  readonly knots: Float64Array;
}

/** A prior that is a feature as it is. */
interface PriorReading {
  readonly column: Float32Array;
  readonly place: number;
}

/**
 * @param heard a column a signal, in the order of `names`
 * @returns a function that writes candidates x features; what it returns is overwritten by its next call
 */
export function createFeatureWriter<Question extends Query>(
  { features, priors }: Pick<RankingPlan<Question>, "features" | "priors">,
  names: readonly string[],
  heard: SignalColumns,
): (candidates: Uint32Array) => Float32Array {
  const signals = names.map((name, s): SignalReading => {
    const own = features.flatMap((feature, place) =>
      "signal" in feature && feature.signal === name ? [{ place, curve: feature.curve }] : [],
    );
    return {
      column: heard.columns[s],
      places: Uint32Array.from(own, ({ place }) => place),
      knots: Float64Array.from(own, ({ curve }) => (curve === "linear" ? 0 : curve.knot)),
    };
  });
  const priorReadings = features.flatMap((feature, place): PriorReading[] =>
    "prior" in feature ? [{ column: priors[feature.prior], place }] : [],
  );
  const width = features.length;
  let written = new Float32Array(0);
  return (candidates) => {
    const length = candidates.length * width;
    if (written.length < length) written = new Float32Array(2 * length);
    else written.fill(0, 0, length);
    for (const reading of signals) {
      if (reading.places.length > 0) writeSignal(written, width, candidates, reading);
    }
    for (const { column, place } of priorReadings) {
      for (let c = 0, at = place; c < candidates.length; c++, at += width) written[at] = column[candidates[c]];
    }
    return written;
  };
}

/** Products that the signal does not touch keep the 0 that stands there; the others get what `bend` makes of them. */
function writeSignal(
  written: Float32Array,
  width: number,
  candidates: Uint32Array,
  { column, places, knots }: SignalReading,
): void {
  for (let c = 0, row = 0; c < candidates.length; c++, row += width) {
    const value = column.valueOf(candidates[c]);
    if (value === 0) continue;
    for (let i = 0; i < places.length; i++) {
      written[row + places[i]] = knots[i] === 0 ? value : Math.log(value / knots[i] + 1);
    }
  }
}

/**
 * What the linear ranker sees of a candidate: signals bent by a curve, and priors as they are. Every curve maps 0 to
 * 0, so that a product of which a signal says nothing costs nothing, and a catalogue of any size can be ranked whole.
 */
import { InvalidInput } from "../errors.ts";

/**
 * How a signal's value enters: as it is, or as ln(value + knot) - ln(knot). Three knots side by side let a straight
 * sum of weights follow any smooth rising curve, steep for small values and flat for large ones.
 */
export type Curve = "linear" | { readonly knot: number };

/** One number of a candidate. */
export type Feature =
  | { readonly signal: string; readonly curve: Curve }
  /** A column with one value a product, the same in every question: popularity, age. */
  | { readonly prior: string };

/** The knots that served sessions, baskets and purchases alike: below a thousandth, about a hundredth, about a fifth. */
export const threeKnots: readonly number[] = [1e-4, 0.01, 0.2];

/**
 * A feature a knot for each signal.
 * @example
 * bent(["next", "skip"]); // 6 features
 */
export function bent(signals: readonly string[], knots: readonly number[] = threeKnots): Feature[] {
  return signals.flatMap((signal) => knots.map((knot): Feature => ({ signal, curve: { knot } })));
}

/**
 * A feature for each signal, as it is.
 * @example
 * straight(["isNewest", "count"]);
 */
export function straight(signals: readonly string[]): Feature[] {
  return signals.map((signal): Feature => ({ signal, curve: "linear" }));
}

/**
 * A feature for each prior.
 * @example
 * priorFeatures(["popularity", "age"]);
 */
export function priorFeatures(priors: readonly string[]): Feature[] {
  return priors.map((prior): Feature => ({ prior }));
}

/**
 * Name of a feature, as it stands in saved weights.
 * @example
 * featureName({ signal: "next", curve: { knot: 0.01 } }); // "next@0.01"
 */
export function featureName(feature: Feature): string {
  if ("prior" in feature) return feature.prior;
  return feature.curve === "linear" ? feature.signal : `${feature.signal}@${feature.curve.knot}`;
}

/** The signal or prior behind a feature: what an explanation adds up by. */
export function featureOrigin(feature: Feature): string {
  return "prior" in feature ? feature.prior : feature.signal;
}

/** Value of a signal, bent. */
export function bend(curve: Curve, value: number): number {
  return curve === "linear" ? value : Math.log(value / curve.knot + 1);
}

/**
 * @throws InvalidInput when a feature names a signal or prior that is not there, bends by no positive knot, or stands twice
 */
export function checkFeatures(
  features: readonly Feature[],
  signals: readonly string[],
  priors: readonly string[],
): void {
  const seen = new Set<string>();
  for (const [place, feature] of features.entries()) {
    const path = `features[${place}]`;
    const name = featureName(feature);
    const known = "prior" in feature ? priors : signals;
    const origin = featureOrigin(feature);
    if (!known.includes(origin)) throw new InvalidInput(path, origin, `one of ${known.join(", ")}`);
    if (seen.has(name)) throw new InvalidInput(path, name, "a feature that does not stand there already");
    if (!("prior" in feature) && feature.curve !== "linear" && !(feature.curve.knot > 0)) {
      throw new InvalidInput(`${path}.curve.knot`, feature.curve.knot, "a number above 0");
    }
    seen.add(name);
  }
}

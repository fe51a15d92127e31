/**
 * How an order is shared out among the touches before it. All of these are conventions: they say who gets the credit, not
 * what would have happened without.
 */
import { InvalidInput, InvalidOption, requireNumber } from "../errors.ts";

export type CreditModel =
  | { readonly kind: "last-touch" | "first-touch" | "linear" }
  /** A touch counts half as much as one that is `halfLife` milliseconds younger; seven days when left out. */
  | { readonly kind: "time-decay"; readonly halfLife?: number }
  /** Fixed shares for the first and the last touch, 0.4 each when left out; those between share the rest. */
  | { readonly kind: "position"; readonly first?: number; readonly last?: number };

/** Seven days. */
const usualHalfLife = 7 * 86_400_000;
/** Share of the first and of the last touch. */
const usualEnd = 0.4;

/** The five models, each as it usually is. */
export const creditModels: readonly CreditModel[] = [
  { kind: "last-touch" },
  { kind: "first-touch" },
  { kind: "linear" },
  { kind: "time-decay" },
  { kind: "position" },
];

/**
 * @param model one of the five
 * @param times of the touches, ascending; at least one
 * @returns the weight of each touch, zero or more, at least one above zero
 * @throws InvalidOption when a setting of the model is out of range; InvalidInput when times do not ascend
 * @example
 * creditWeights({ kind: "position" }, [0, 1, 2, 3]); // [0.4, 0.1, 0.1, 0.4]
 */
export function creditWeights(model: CreditModel, times: readonly number[]): number[] {
  for (const [place, at] of times.entries()) {
    if (!(Number.isFinite(at) && at >= (times[place - 1] ?? at))) {
      throw new InvalidInput(`times[${place}]`, at, "milliseconds since 1970, not before the touch before it");
    }
  }
  checkModel(model);
  return weighTouches(model, times);
}

/**
 * @throws InvalidOption when a setting of the model is out of range
 * @example
 * checkModel({ kind: "position", first: 0.5, last: 0.3 });
 */
export function checkModel(model: CreditModel): void {
  switch (model.kind) {
    case "last-touch":
    case "first-touch":
    case "linear":
      return;
    case "time-decay":
      requireNumber("halfLife", model.halfLife ?? usualHalfLife, 1);
      return;
    case "position": {
      const { first = usualEnd, last = usualEnd } = model;
      requireNumber("first", first, 0, 1);
      requireNumber("last", last, 0, 1);
      if (first + last > 1) throw new InvalidOption("last", last, `at most what the first leaves (${1 - first})`);
      return;
    }
    default:
      throw new InvalidOption("model.kind", (model as CreditModel).kind, "one of the five credit models");
  }
}

/**
 * What `creditWeights` gives, of what was checked before.
 * @example
 * weighTouches({ kind: "linear" }, [0, 1]); // [1, 1]
 */
export function weighTouches(model: CreditModel, times: readonly number[]): number[] {
  const last = times.length - 1;
  switch (model.kind) {
    case "last-touch":
      return times.map((_, place) => (place === last ? 1 : 0));
    case "first-touch":
      return times.map((_, place) => (place === 0 ? 1 : 0));
    case "linear":
      return times.map(() => 1);
    case "time-decay": {
      const { halfLife = usualHalfLife } = model;
      return times.map((at) => 2 ** ((at - times[last]) / halfLife));
    }
    case "position":
      return positionWeights(model, times.length);
  }
}

function positionWeights(
  { first = usualEnd, last = usualEnd }: { readonly first?: number; readonly last?: number },
  count: number,
): number[] {
  if (count === 1) return [1];
  if (count === 2) return first + last > 0 ? [first, last] : [1, 1];
  // 1 - 0.9 - 0.1 is a hair below 0.
  const between = Math.max(0, 1 - first - last) / (count - 2);
  const weights = [first];
  while (weights.length < count - 1) weights.push(between);
  return [...weights, last];
}

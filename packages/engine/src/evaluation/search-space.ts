/**
 * Settings to search, and draws from them. Chance finds more than a grid of the same size where few settings matter:
 * Bergstra and Bengio, "Random search for hyper-parameter optimization", JMLR 13 (2012).
 */
import { InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import type { Random } from "../random/generator.ts";

/** `log` draws each order of magnitude alike, as penalties and numbers of neighbours want. */
export type Scale = "linear" | "log";

/** Draws one setting. */
export interface Draw {
  /** A number between two others. */
  number(from: number, to: number, scale?: Scale): number;
  /** A whole number between two others, both included. */
  integer(from: number, to: number, scale?: Scale): number;
  oneOf<Value>(values: readonly Value[]): Value;
}

/**
 * Draws one set of settings, the same for the same draws; settings may depend on one another.
 * @example
 * const space = (draw: Draw) => ({ alpha: draw.number(0.4, 2), neighbours: draw.integer(50, 500, "log") });
 */
export type SearchSpace<Settings> = (draw: Draw) => Settings;

/** Repetitions in a row after which a space of few settings counts as known. */
const mostRepetitions = 200;

/**
 * Draws distinct settings, as JSON tells them apart.
 * @param start settings that come first
 * @returns `count` of them, or fewer where chance finds no others in the space
 * @throws InvalidOption when a range or a choice of the space holds nothing
 * @example
 * drawSettings((draw) => ({ neighbours: draw.oneOf([50, 100, 200]) }), 20, createRandom("tuning")); // 3 of them
 */
export function drawSettings<Settings>(
  space: SearchSpace<Settings>,
  count: number,
  random: Random,
  start: readonly Settings[] = [],
): Settings[] {
  const draw = createDraw(random);
  const drawn = new Map(start.map((settings) => [JSON.stringify(settings), settings]));
  for (let repetitions = 0; drawn.size < count && repetitions < mostRepetitions; repetitions++) {
    const settings = space(draw);
    const key = JSON.stringify(settings);
    if (drawn.has(key)) continue;
    drawn.set(key, settings);
    repetitions = 0;
  }
  return [...drawn.values()].slice(0, count);
}

function createDraw(random: Random): Draw {
  return {
    number: (from, to, scale = "linear") => numberBetween(random, from, to, scale),
    integer(from, to, scale = "linear") {
      requireInteger("from", from, scale === "log" ? 1 : -Infinity);
      requireInteger("to", to, from);
      // Half a step on either side gives the ends the chance of any other whole number.
      const drawn = Math.round(numberBetween(random, from - 0.5, to + 0.5, scale));
      return Math.min(to, Math.max(from, drawn));
    },
    oneOf(values) {
      if (values.length === 0) throw new InvalidOption("values", "[]", "at least one value");
      return values[random.integer(values.length)];
    },
  };
}

function numberBetween(random: Random, from: number, to: number, scale: Scale): number {
  requireNumber("from", from, scale === "log" ? Number.MIN_VALUE : -Infinity);
  requireNumber("to", to, from);
  if (scale === "linear") return from + (to - from) * random.next();
  return Math.min(to, from * Math.exp(Math.log(to / from) * random.next()));
}

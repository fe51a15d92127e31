/**
 * Logged slates whose truth is known: kinds of visitors with tastes of their own, lists drawn item by item without
 * repeats (Plackett-Luce), and clicks that depend on the item alone, on the items down to it, or on the whole slate, the
 * three worlds told apart by McInerney et al. 2020 and Kiyohara et al. 2022. Everything is worked out by going through
 * all lists, so keep them short.
 */
import { InvalidOption, requireInteger } from "../../errors.ts";
import { categorical, createRandom, normal, type Random } from "../../random/index.ts";
import { pseudoinverseTable } from "./pseudoinverse.ts";
import type { SlateLog, SlateTarget } from "./slate-log.ts";
import { softmax } from "./softmax.ts";

/** What the click at a position depends on. */
export type SlateWorld = "independent" | "cascade" | "whole";

export interface SyntheticSlateOptions {
  readonly seed: string | number;
  readonly world: SlateWorld;
  readonly items?: number;
  readonly positions?: number;
  readonly segments?: number;
  /** How much the logging policy follows tastes; the policy to be judged follows them by `targetSharpness`. */
  readonly loggingSharpness?: number;
  readonly targetSharpness?: number;
}

/** The columns of a log and of the policy to be judged, none missing. */
export interface SyntheticSlates {
  readonly log: {
    readonly [Column in keyof Required<SlateLog>]: SlateLog[Column] extends number ? number : Float64Array;
  };
  readonly target: { readonly [Column in keyof Required<SlateTarget>]: Float64Array };
  /** What a slate of the policy to be judged truly brings, on the visitors of the log. */
  readonly truth: number;
}

/** A world with fixed tastes that writes logs. */
export interface SyntheticSlateSource {
  draw(slates: number): SyntheticSlates;
}

/** Share of its clicks that an item loses to one just like it elsewhere in the list. */
const interference = 0.8;

/**
 * @throws InvalidOption when a number is out of range
 * @example
 * const { log, target, truth } = createSyntheticSlateSource({ seed: 1, world: "cascade" }).draw(5000);
 */
export function createSyntheticSlateSource({
  seed,
  world,
  items = 5,
  positions = 3,
  segments = 3,
  loggingSharpness = 0.3,
  targetSharpness = 1.2,
}: SyntheticSlateOptions): SyntheticSlateSource {
  requireInteger("segments", segments, 1);
  requireInteger("positions", positions, 1);
  requireInteger("items", items, positions);
  if (items > 8) throw new InvalidOption("items", items, "at most 8, for all lists are gone through");
  for (const [option, sharpness] of Object.entries({ loggingSharpness, targetSharpness })) {
    if (!Number.isFinite(sharpness)) throw new InvalidOption(option, sharpness, "a finite number");
  }
  const random = createRandom(seed);
  const likeness = drawLikeness(random.fork("likeness"), items);
  const kinds = Array.from({ length: segments }, (_, segment): Kind => {
    const own = random.fork(`segment ${segment}`);
    const tastes = Float64Array.from({ length: items }, () => normal(own));
    return describeKind({ tastes, likeness, world, positions }, loggingSharpness, targetSharpness);
  });
  const drawing = random.fork("slates");
  return {
    draw(slates) {
      requireInteger("slates", slates, 1);
      return drawSlates(kinds, slates, { items, positions, random: drawing });
    },
  };
}

/** A kind of visitor: how both policies draw lists for it, and what those bring. */
interface Kind {
  /** Sharpened tastes. */
  readonly logging: Float64Array;
  readonly target: Float64Array;
  readonly loggingMarginal: Float64Array;
  readonly targetMarginal: Float64Array;
  readonly table: Float64Array;
  readonly truth: number;
  /** Chance of a click at a position of a list. */
  readonly clickChance: (list: readonly number[], position: number) => number;
}

interface Tastes {
  readonly tastes: Float64Array;
  readonly likeness: Float64Array;
  readonly world: SlateWorld;
  readonly positions: number;
}

function describeKind({ tastes, likeness, world, positions }: Tastes, sharp: number, sharper: number): Kind {
  const items = tastes.length;
  const logging = tastes.map((taste) => sharp * taste);
  const target = tastes.map((taste) => sharper * taste);
  const clickChance = (list: readonly number[], position: number): number => {
    let chance = 1 / (1 + Math.exp(1 - tastes[list[position]]));
    const end = world === "independent" ? 0 : world === "cascade" ? position : list.length;
    for (let other = 0; other < end; other++) {
      if (other !== position) chance *= 1 - interference * likeness[list[other] * items + list[position]];
    }
    return chance;
  };
  const size = positions * items;
  const pairs = new Float64Array(size * size);
  const loggingMarginal = new Float64Array(size);
  const targetMarginal = new Float64Array(size);
  let truth = 0;
  for (const list of allLists(items, positions)) {
    const logged = listChance(list, logging);
    const judged = listChance(list, target);
    const slots = list.map((item, position) => position * items + item);
    for (const [position, slot] of slots.entries()) {
      loggingMarginal[slot] += logged;
      targetMarginal[slot] += judged;
      truth += judged * clickChance(list, position);
      for (const other of slots) pairs[slot * size + other] += logged;
    }
  }
  const table = pseudoinverseTable(pairs, targetMarginal);
  return { logging, target, loggingMarginal, targetMarginal, table, truth, clickChance };
}

function drawSlates(
  kinds: readonly Kind[],
  slates: number,
  { items, positions, random }: { readonly items: number; readonly positions: number; readonly random: Random },
): SyntheticSlates {
  const column = (): Float64Array => new Float64Array(slates * positions);
  const [item, reward, propensity, marginal] = [column(), column(), column(), column()];
  const [chance, targetMarginal] = [column(), column()];
  const distribution = new Float64Array(slates * positions * items);
  const additiveWeight = new Float64Array(slates);
  const segment = Float64Array.from({ length: slates }, () => random.integer(kinds.length));
  let truth = 0;
  for (let slate = 0; slate < slates; slate++) {
    const kind = kinds[segment[slate]];
    truth += kind.truth / slates;
    const list: number[] = [];
    for (let position = 0; position < positions; position++) {
      const cell = slate * positions + position;
      const logged = nextChances(list, kind.logging);
      const judged = nextChances(list, kind.target);
      distribution.set(judged, cell * items);
      item[cell] = categorical(random, logged);
      propensity[cell] = logged[item[cell]];
      chance[cell] = judged[item[cell]];
      const slot = position * items + item[cell];
      marginal[cell] = Math.min(1, kind.loggingMarginal[slot]);
      targetMarginal[cell] = Math.min(1, kind.targetMarginal[slot]);
      additiveWeight[slate] += kind.table[slot];
      list.push(item[cell]);
    }
    for (let position = 0; position < positions; position++) {
      reward[slate * positions + position] = random.next() < kind.clickChance(list, position) ? 1 : 0;
    }
  }
  const log = { positions, items, item, reward, propensity, marginal, segment };
  return { log, target: { chance, marginal: targetMarginal, distribution, additiveWeight }, truth };
}

/** Chances of the next item: softmax of the scores of those not yet in the list. */
function nextChances(list: readonly number[], scores: Float64Array): Float64Array {
  const chances = scores.slice();
  for (const item of list) chances[item] = -Infinity;
  softmax(chances);
  return chances;
}

function listChance(list: readonly number[], scores: Float64Array): number {
  return list.reduce((chance, item, position) => chance * nextChances(list.slice(0, position), scores)[item], 1);
}

/** Every list of distinct items. */
function allLists(items: number, positions: number): number[][] {
  let lists: number[][] = [[]];
  for (let position = 0; position < positions; position++) {
    lists = lists.flatMap((list) =>
      Array.from({ length: items }, (_, item) => item)
        .filter((item) => !list.includes(item))
        .map((item) => [...list, item]),
    );
  }
  return lists;
}

/** Symmetric, in [0, 1): how far one item does for the other. */
function drawLikeness(random: Random, items: number): Float64Array {
  const likeness = new Float64Array(items * items);
  for (let one = 0; one < items; one++) {
    for (let other = 0; other < one; other++) {
      likeness[one * items + other] = likeness[other * items + one] = random.next();
    }
  }
  return likeness;
}

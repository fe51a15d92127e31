/** Logged lists of products, and how another policy would have drawn them: columns for the slate estimators. */
import { InvalidInput, requireInteger } from "../../errors.ts";
import { largest } from "../observation.ts";
import { heaviest } from "./overlap.ts";

/** Lists that were shown, each drawn from the top down; columns are slates x positions, slate after slate. */
export interface SlateLog {
  readonly positions: number;
  /** Products to draw from, numbered from 0. */
  readonly items: number;
  readonly item: ArrayLike<number>;
  /** What each position brought; the value of a slate is the sum. */
  readonly reward: ArrayLike<number>;
  /** Chance, in (0, 1], of the item at its position given those above it. */
  readonly propensity: ArrayLike<number>;
  /** Chance of the item at its position whatever stands above it, for the independent estimator. */
  readonly marginal?: ArrayLike<number>;
  /** Kind of visitor of each slate, from 0, by which rewards may differ; for the cascade's reward model. */
  readonly segment?: ArrayLike<number>;
}

/** The policy to be judged, at the slates of the log. */
export interface SlateTarget {
  /** Its chance of the item at its position given those above it: slates x positions. */
  readonly chance: ArrayLike<number>;
  /** Its chance of the item at its position whatever stands above it: slates x positions. */
  readonly marginal?: ArrayLike<number>;
  /** Its chance of every item given the logged ones above: slates x positions x items; for the cascade's reward model. */
  readonly distribution?: ArrayLike<number>;
  /** What the pseudoinverse estimator weighs each slate with; see `independentSlotWeights` and `pseudoinverseTable`. */
  readonly additiveWeight?: ArrayLike<number>;
}

/** @throws InvalidInput that names the first bad slate and position, for example `slates[3].propensity[1]` */
export function requireSlates(log: SlateLog, target: SlateTarget): void {
  const { positions, items, item } = log;
  requireInteger("positions", positions, 1);
  requireInteger("items", items, 1);
  const cells = item.length;
  if (cells === 0 || cells % positions !== 0) {
    throw new InvalidInput("item.length", cells, `slates x ${positions} positions, at least one slate`);
  }
  const slates = cells / positions;
  requireLength("reward", log.reward, cells);
  requireLength("segment", log.segment, slates);
  requireLength("target.distribution", target.distribution, cells * items);
  requireLength("target.additiveWeight", target.additiveWeight, slates);
  for (let cell = 0; cell < cells; cell++) {
    const path = (name: string): string => `slates[${Math.floor(cell / positions)}].${name}[${cell % positions}]`;
    if (!Number.isInteger(item[cell]) || item[cell] < 0 || item[cell] >= items) {
      throw new InvalidInput(path("item"), item[cell], `a whole number from 0 to ${items - 1}`);
    }
    if (!(Math.abs(log.reward[cell]) <= largest)) {
      throw new InvalidInput(path("reward"), log.reward[cell], "a finite number");
    }
  }
  requireEach(log.segment, (own) => Number.isInteger(own) && own >= 0 && own < 2 ** 16, {
    path: (slate) => `slates[${slate}].segment`,
    expected: `a whole number from 0 to ${2 ** 16 - 1}`,
  });
  requireEach(target.additiveWeight, (own) => Math.abs(own) <= heaviest, {
    path: (slate) => `target.additiveWeight[${slate}]`,
    expected: "a finite number",
  });
  requireEach(target.distribution, (own) => own >= 0 && own <= 1, {
    path: (cell) => `target.distribution[${cell}]`,
    expected: "a chance of at least 0 and at most 1",
  });
  requireChances("propensity", log.propensity, log, Number.MIN_VALUE);
  requireChances("marginal", log.marginal, log, Number.MIN_VALUE);
  requireChances("target.chance", target.chance, log, 0);
  requireChances("target.marginal", target.marginal, log, 0);
}

function requireEach(
  column: ArrayLike<number> | undefined,
  isGood: (own: number) => boolean,
  { path, expected }: { readonly path: (index: number) => string; readonly expected: string },
): void {
  if (!column) return;
  for (let index = 0; index < column.length; index++) {
    if (!isGood(column[index])) throw new InvalidInput(path(index), column[index], expected);
  }
}

function requireLength(name: string, column: ArrayLike<number> | undefined, length: number): void {
  if (column && column.length !== length) throw new InvalidInput(`${name}.length`, column.length, String(length));
}

function requireChances(
  name: string,
  column: ArrayLike<number> | undefined,
  { positions, item }: SlateLog,
  least: number,
): void {
  if (!column) return;
  requireLength(name, column, item.length);
  for (let cell = 0; cell < column.length; cell++) {
    if (column[cell] >= least && column[cell] <= 1) continue;
    const path = `slates[${Math.floor(cell / positions)}].${name}[${cell % positions}]`;
    throw new InvalidInput(path, column[cell], `a chance ${least > 0 ? "above 0" : "of at least 0"} and at most 1`);
  }
}

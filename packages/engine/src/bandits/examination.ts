/**
 * How likely each place of a slate is looked at, from a log in which the same arms stood in different places. In the
 * position-based model clicks = views x examination(place) x rate(arm) on average: a Poisson regression on place and
 * arm, whose equations (clicks expected = clicks seen, for every place and every arm) are solved in turn. Consistent
 * for clicks that are 0 or 1 as well, as only the mean must be right (Wooldridge, "Quasi-likelihood methods for count
 * data", 1997).
 */
import { InvalidInput } from "../errors.ts";
import type { SettledShowing } from "./ledger.ts";

/** How often an arm stood in a place, and was clicked there. */
export interface PlaceCount {
  /** 0 is the first. */
  readonly place: number;
  readonly arm: string;
  readonly views: number;
  readonly clicks: number;
}

export interface Examination {
  /** By place, relative to the place that is looked at most, which has 1. */
  readonly examination: readonly number[];
  /** Clicks of each arm per look, on the same scale. */
  readonly rates: readonly { readonly arm: string; readonly rate: number }[];
}

/**
 * Counts a log by place and arm.
 * @example
 * const { examination } = estimateExamination(countPlaces(settled));
 */
export function countPlaces(settled: readonly SettledShowing[]): PlaceCount[] {
  const counts = new Map<string, { place: number; arm: string; views: number; clicks: number }>();
  for (const { slate, rewards } of settled) {
    for (const [place, { arm }] of slate.entries()) {
      const key = `${place} ${arm}`;
      const count = counts.get(key) ?? { place, arm, views: 0, clicks: 0 };
      count.views++;
      if (rewards[place] > 0) count.clicks++;
      counts.set(key, count);
    }
  }
  return Array.from(counts.values());
}

/**
 * Estimates examination by place. Slates that a policy chose at random, by its propensities, identify it well.
 * @throws InvalidInput when a place has no click, or places share no clicked arms, so that nothing compares them
 * @example
 * const { examination } = estimateExamination([
 *   { place: 0, arm: "mug", views: 1000, clicks: 100 },
 *   { place: 1, arm: "mug", views: 1000, clicks: 50 },
 * ]); // [1, 0.5]
 */
export function estimateExamination(counts: readonly PlaceCount[]): Examination {
  checkCounts(counts);
  // Arms nobody clicked fit every examination with a rate of 0: they tell nothing.
  const clicked = new Set(counts.filter(({ clicks }) => clicks > 0).map(({ arm }) => arm));
  const telling = counts.filter(({ arm }) => clicked.has(arm));
  const places = 1 + counts.reduce((most, { place }) => Math.max(most, place), 0);
  checkComparable(telling, places);
  const names = Array.from(clicked);
  const cells = telling.map((count) => ({ ...count, arm: names.indexOf(count.arm) }));
  const { examination, rates } = solve(cells, places, names.length);
  const most = Math.max(...examination);
  return {
    examination: Array.from(examination, (probability) => probability / most),
    rates: names.map((arm, index) => ({ arm, rate: rates[index] * most })),
  };
}

interface Cell extends Omit<PlaceCount, "arm"> {
  readonly arm: number;
}

const rounds = 10_000;
const precision = 1e-10;

/** Rates given examination, examination given rates, until neither moves. Every step raises the likelihood. */
function solve(cells: readonly Cell[], places: number, arms: number): Record<"examination" | "rates", Float64Array> {
  const examination = new Float64Array(places).fill(1);
  const rates = new Float64Array(arms).fill(1);
  const byArm = (cell: Cell): number => cell.arm;
  const byPlace = (cell: Cell): number => cell.place;
  for (let round = 0; round < rounds; round++) {
    refit(rates, byArm, examination, byPlace, cells);
    if (refit(examination, byPlace, rates, byArm, cells) < precision) break;
  }
  return { examination, rates };
}

/**
 * Sets one factor so that each of its groups expects the clicks it saw, given the other factor.
 * @returns the largest relative change
 */
function refit(
  factor: Float64Array,
  groupOf: (cell: Cell) => number,
  other: Float64Array,
  otherOf: (cell: Cell) => number,
  cells: readonly Cell[],
): number {
  const seen = new Float64Array(factor.length);
  const looks = new Float64Array(factor.length);
  for (const cell of cells) {
    seen[groupOf(cell)] += cell.clicks;
    looks[groupOf(cell)] += cell.views * other[otherOf(cell)];
  }
  let change = 0;
  for (let group = 0; group < factor.length; group++) {
    const next = seen[group] / looks[group];
    change = Math.max(change, Math.abs(next / factor[group] - 1));
    factor[group] = next;
  }
  return change;
}

function checkCounts(counts: readonly PlaceCount[]): void {
  if (counts.length === 0) throw new InvalidInput("counts", "[]", "at least one place and arm");
  for (const [index, { place, views, clicks }] of counts.entries()) {
    const path = `counts[${index}]`;
    // Every place has counts of its own: one beyond them would stand behind places without a click.
    if (!Number.isInteger(place) || place < 0 || place >= counts.length) {
      throw new InvalidInput(`${path}.place`, place, "an integer from 0 on, with counts for every place before it");
    }
    if (!(views > 0 && views <= Number.MAX_SAFE_INTEGER)) {
      throw new InvalidInput(`${path}.views`, views, "a positive number");
    }
    if (!(clicks >= 0 && clicks <= views))
      throw new InvalidInput(`${path}.clicks`, clicks, `from 0 to the ${views} views`);
  }
}

/** Places are compared through arms that stood in both, or through a chain of such places. */
function checkComparable(cells: readonly PlaceCount[], places: number): void {
  const clicks = new Float64Array(places);
  const placesOf = Map.groupBy(cells, ({ arm }) => arm);
  for (const { place, clicks: seen } of cells) clicks[place] += seen;
  const without = clicks.indexOf(0);
  if (without >= 0) {
    throw new InvalidInput("counts", `no click in place ${without}`, "counts with a click in every place, from 0 on");
  }
  const reached = new Set([0]);
  for (let size = 0; size < reached.size;) {
    size = reached.size;
    for (const group of placesOf.values()) {
      if (group.some(({ place }) => reached.has(place))) for (const { place } of group) reached.add(place);
    }
  }
  if (reached.size < places) {
    const apart = clicks.findIndex((_, place) => !reached.has(place));
    throw new InvalidInput(
      "counts",
      `no clicked arm links place ${apart} to place 0`,
      "arms shown in several places each",
    );
  }
}

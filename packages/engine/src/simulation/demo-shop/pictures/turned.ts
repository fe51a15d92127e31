/**
 * Solids of revolution, seen from the front: mugs, vases, bottles, pans. One profile gives the body, the shadow on its
 * right and the shine on its left, so that everything in the shop is lit by the same lamp.
 *
 * The profile is a monotone cubic through its knots (Fritsch & Carlson 1980): smooth, and never wider than was asked.
 */
import { path, round, type Mark } from "./pen.ts";
import { shadow, shine } from "./tones.ts";

/** Radius at a height; heights grow downwards, as in SVG. */
export type Knot = readonly [y: number, radius: number];

export interface Finish {
  /** The axis. Default 100, the middle of the picture. */
  readonly x?: number;
  readonly opacity?: number;
  /** Strength of shadow and shine. Default 1; 0 for flat. */
  readonly relief?: number;
}

/**
 * @param knots from top to bottom, at least two
 * @example
 * turned([[84, 36], [150, 36], [166, 26]], "#357a97"); // a mug without its handle
 */
export function turned(knots: readonly Knot[], fill: string, { x = 100, opacity = 1, relief = 1 }: Finish = {}): Mark {
  const body = path(slab(knots, x, -1, 1), fill, opacity);
  if (relief === 0) return body;
  return (
    body +
    path(slab(knots, x, 0.38, 1), shadow, round(1.3 * relief) / 10) +
    path(slab(inset(knots), x, -0.8, -0.64), shine, round(3.4 * relief) / 10)
  );
}

/** The part of a turned body between two heights: a glaze, a label, what is in a glass. */
export function band(
  knots: readonly Knot[],
  top: number,
  bottom: number,
  fill: string,
  { x = 100, opacity = 1 }: Finish = {},
): Mark {
  return path(slab(between(knots, top, bottom), x, -1, 1), fill, opacity);
}

/** Knots with the slope of the profile at each of them. */
interface Bend {
  readonly y: number;
  readonly r: number;
  readonly slope: number;
}

/** Closed outline between two multiples of the radius. */
function slab(knots: readonly Knot[] | readonly Bend[], x: number, left: number, right: number): string {
  const bends = knots.map((knot) => ("slope" in knot ? knot : undefined));
  const profile = bends.every((bend) => bend !== undefined) ? bends : bendsOf(knots.filter(isKnot));
  const down = curve(profile, x, right);
  const up = curve(profile.toReversed(), x, left);
  return `M${down.start}${down.rest}L${up.start}${up.rest}Z`;
}

function isKnot(knot: Knot | Bend): knot is Knot {
  return !("slope" in knot);
}

function curve(profile: readonly Bend[], x: number, scale: number): { start: string; rest: string } {
  const at = (y: number, r: number) => `${round(x + scale * r)} ${round(y)}`;
  let rest = "";
  for (let i = 1; i < profile.length; i++) {
    const from = profile[i - 1];
    const to = profile[i];
    const third = (to.y - from.y) / 3;
    if (isStraight(from, to)) rest += `L${at(to.y, to.r)}`;
    else
      rest += `C${at(from.y + third, from.r + from.slope * third)} ${at(to.y - third, to.r - to.slope * third)} ${at(to.y, to.r)}`;
  }
  return { start: at(profile[0].y, profile[0].r), rest };
}

function isStraight(from: Bend, to: Bend): boolean {
  const chord = (to.r - from.r) / (to.y - from.y);
  return Math.abs(from.slope - chord) < 0.02 && Math.abs(to.slope - chord) < 0.02;
}

function bendsOf(knots: readonly Knot[]): readonly Bend[] {
  const chords = knots.slice(1).map(([y, r], i) => (r - knots[i][1]) / (y - knots[i][0]));
  return knots.map(([y, r], i) => {
    const before = chords[i - 1];
    const after = chords[i];
    if (before === undefined || after === undefined) return { y, r, slope: before ?? after };
    return { y, r, slope: before * after <= 0 ? 0 : (2 * before * after) / (before + after) };
  });
}

/** The same cubic, cut at two heights. */
function between(knots: readonly Knot[], top: number, bottom: number): readonly Bend[] {
  const bends = bendsOf(knots);
  const inner = bends.filter((bend) => bend.y > top + 0.5 && bend.y < bottom - 0.5);
  return [bendAt(bends, top), ...inner, bendAt(bends, bottom)];
}

function bendAt(bends: readonly Bend[], y: number): Bend {
  const next = Math.max(
    1,
    bends.findIndex((bend) => bend.y >= y),
  );
  const from = bends[next - 1];
  const to = bends[next];
  const height = to.y - from.y;
  const t = (y - from.y) / height;
  const a = 2 * from.r - 2 * to.r + (from.slope + to.slope) * height;
  const b = 3 * to.r - 3 * from.r - (2 * from.slope + to.slope) * height;
  return {
    y,
    r: from.r + t * (from.slope * height + t * (b + t * a)),
    slope: from.slope + (t * (2 * b + 3 * a * t)) / height,
  };
}

/** Leaves a little of the top and the bottom without shine. */
function inset(knots: readonly Knot[]): readonly Bend[] {
  const top = knots[0][0];
  const bottom = knots[knots.length - 1][0];
  const margin = (bottom - top) * 0.12;
  return between(knots, top + margin, bottom - margin);
}

/**
 * How long customers take to buy a product again. Who has not come back yet may still do so: such spells are censored at
 * the end of the data and count as waiting until then (Kaplan and Meier), so that young customers do not make the
 * interval look short, nor a growing shop the product look bought once.
 */
import { InvalidInput, InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import { GrowingColumn } from "../matrix/growing-column.ts";
import { groupByRowInPieces, rowOf, type Incidence } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import {
  kaplanMeier,
  survivalQuantile,
  type SurvivalCurve,
  type SurvivalQuantile,
} from "../statistics/kaplan-meier.ts";
import { normalQuantile } from "../statistics/normal.ts";
import { basketsByCustomerInPieces, type DatedPurchases } from "../history/customer-baskets.ts";

const day = 86_400_000;
/** Orders of the same half day are one purchase made in two steps. */
const shortestSpell = 0.5;

/** Every wait for a product: one for each purchase of it by a known customer. */
export interface RepurchaseSpells {
  /** Products x spells: places in the columns. */
  readonly spellsOf: Incidence;
  /** Days until the next purchase, or until the end of the data. */
  readonly days: Float64Array;
  /** 1 where the product was bought again. */
  readonly isRepeat: Uint8Array;
}

/**
 * Guests are left out. O(cells); memory 17 bytes a cell.
 * @throws InvalidInput when there is not one customer and time a basket, or a basket is younger than `until`
 * @example
 * const spells = await collectSpells(view);
 * describeRepurchase(spells, tea).again.time; // 31.2 days
 */
export async function collectSpells(
  purchases: DatedPurchases,
  controls: TrainingControls = {},
): Promise<RepurchaseSpells> {
  const { baskets, basketAt, basketCustomer, until } = purchases;
  const product = new GrowingColumn(Uint32Array);
  const days = new GrowingColumn(Float64Array);
  const isRepeat = new GrowingColumn(Uint8Array);
  /** The spell that is open for each product, and whose it is. */
  const openSpell = new Uint32Array(baskets.columns);
  const owner = new Int32Array(baskets.columns).fill(-1);
  const boughtAt = new Float64Array(baskets.columns);
  const pace = createPacer("measuring spells", baskets.rows, controls);
  const { indices: inOrder } = await pace.through(basketsByCustomerInPieces(purchases), 0);
  for (const [done, basket] of inOrder.entries()) {
    if ((done & 63) === 0 && pace.isDue()) await pace.rest(done);
    const at = basketAt[basket];
    if (!(at <= until)) throw new InvalidInput(`basketAt[${basket}]`, at, `a time up to "until" (${until})`);
    for (let i = baskets.offsets[basket]; i < baskets.offsets[basket + 1]; i++) {
      const bought = baskets.indices[i];
      if (owner[bought] === basketCustomer[basket]) {
        const waited = (at - boughtAt[bought]) / day;
        if (waited < shortestSpell) continue;
        days.store[openSpell[bought]] = waited;
        isRepeat.store[openSpell[bought]] = 1;
      }
      owner[bought] = basketCustomer[basket];
      boughtAt[bought] = at;
      openSpell[bought] = days.length;
      product.push(bought);
      days.push((until - at) / day);
      isRepeat.push(0);
    }
  }
  const spells = product.trimmed();
  const cells = { rows: baskets.columns, columns: spells.length, row: spells, column: Uint32Array.from(spells.keys()) };
  const spellsOf = await pace.through(groupByRowInPieces(cells), baskets.rows);
  pace.finish();
  return { spellsOf, days: days.trimmed(), isRepeat: isRepeat.trimmed() };
}

export interface RepurchaseOptions {
  /** Weeks that are looked at; a repeat after them is none. */
  readonly weeks?: number;
  /** Coverage of the intervals, in (0, 1). */
  readonly confidence?: number;
}

/** The distribution of the days between two purchases. */
export interface Repurchase {
  readonly spells: number;
  readonly repeats: number;
  /** Share still waiting after each number of days, among all buyers. */
  readonly curve: SurvivalCurve;
  /** Share that has bought again by the end of the weeks looked at; NaN without a spell. */
  readonly repeatShare: number;
  /** When half of all buyers have bought again. Infinity where they do not within the weeks. */
  readonly median: SurvivalQuantile;
  /** When half of those have bought again who do within the weeks: the usual interval. Infinity where nobody does. */
  readonly again: SurvivalQuantile;
  /** Chance of buying again in each week, for who has not yet: repeats over weeks waited. NaN where nobody waited. */
  readonly weeklyHazard: Float64Array;
  /** Weeks waited in each week, in customers. */
  readonly weeksAtRisk: Float64Array;
}

/**
 * Several products (the variants of one, a category) are told together, each with its own spells.
 * O(spells log spells) for a product.
 * @throws InvalidOption when a product is unknown or a setting out of range
 * @example
 * const { again, weeklyHazard } = describeRepurchase(await collectSpells(view), [greenTea, blackTea]);
 */
export function describeRepurchase(
  spells: RepurchaseSpells,
  products: number | ArrayLike<number>,
  { weeks = 52, confidence = 0.95 }: RepurchaseOptions = {},
): Repurchase {
  requireInteger("weeks", weeks, 1);
  requireNumber("confidence", confidence, Number.EPSILON, 1 - Number.EPSILON);
  const { days, happened } = gather(spells, typeof products === "number" ? [products] : products, weeks * 7);
  const curve = kaplanMeier(days, happened);
  const { weeklyHazard, weeksAtRisk } = hazardByWeek(days, happened, weeks);
  return {
    spells: days.length,
    repeats: happened.reduce((sum, repeat) => sum + repeat, 0),
    curve,
    repeatShare: days.length > 0 ? 1 - (curve.survival.at(-1) ?? 1) : NaN,
    median: survivalQuantile(curve, 0.5, confidence),
    again: medianOfRepeats(curve, confidence),
    weeklyHazard,
    weeksAtRisk,
  };
}

/** The spells of some products, cut at the horizon. */
function gather(
  { spellsOf, days, isRepeat }: RepurchaseSpells,
  products: ArrayLike<number>,
  horizon: number,
): { days: Float64Array; happened: Uint8Array } {
  const chosen: number[] = [];
  for (let i = 0; i < products.length; i++) {
    const product = products[i];
    if (!Number.isInteger(product) || product < 0 || product >= spellsOf.rows) {
      throw new InvalidOption("products", product, `product indices below ${spellsOf.rows}`);
    }
    for (const spell of rowOf(spellsOf, product)) chosen.push(spell);
  }
  return {
    days: Float64Array.from(chosen, (spell) => Math.min(horizon, days[spell])),
    happened: Uint8Array.from(chosen, (spell) => (days[spell] <= horizon ? isRepeat[spell] : 0)),
  };
}

/**
 * The median of those who buy again by the end T: where S(t) = (1 + S(T)) / 2. The interval holds the t at which the
 * difference is within its normal limits, with Greenwood's covariance cov(S(t), S(T)) = S(t) S(T) V(t), V being his sum.
 */
function medianOfRepeats({ time, survival, greenwood }: SurvivalCurve, confidence: number): SurvivalQuantile {
  const last = time.length - 1;
  if (last < 0) return { time: Infinity, lower: Infinity, upper: Infinity };
  const target = (1 + survival[last]) / 2;
  const z = normalQuantile((1 + confidence) / 2);
  // Of a curve that falls to nothing, the last variance counts as 0: its end is known.
  const endVariance = survival[last] > 0 ? survival[last] ** 2 * greenwood[last] : 0;
  const reach = (step: number): number => {
    if (survival[step] === 0) return 0;
    const own = survival[step] ** 2 * greenwood[step];
    const shared = survival[step] * survival[last] * greenwood[step];
    return z * Math.sqrt(Math.max(0, own + endVariance / 4 - shared));
  };
  const at = (reached: (step: number) => boolean): number =>
    time[survival.findIndex((_, step) => reached(step))] ?? Infinity;
  return {
    time: at((step) => survival[step] <= target + 1e-12),
    lower: at((step) => survival[step] - reach(step) <= target + 1e-12),
    upper: at((step) => survival[step] + reach(step) <= target + 1e-12),
  };
}

function hazardByWeek(
  days: Float64Array,
  happened: Uint8Array,
  weeks: number,
): Pick<Repurchase, "weeklyHazard" | "weeksAtRisk"> {
  const repeats = new Float64Array(weeks);
  const ended = new Float64Array(weeks + 1);
  const partial = new Float64Array(weeks + 1);
  for (const [spell, length] of days.entries()) {
    // A wait of exactly a week ends with that week, not with the next.
    const week = Math.max(0, Math.ceil(length / 7) - 1);
    ended[week]++;
    partial[week] += length / 7 - week;
    if (happened[spell]) repeats[week]++;
  }
  const weeksAtRisk = new Float64Array(weeks);
  let waiting = days.length;
  for (let week = 0; week < weeks; week++) {
    waiting -= ended[week];
    weeksAtRisk[week] = waiting + partial[week];
  }
  return {
    weeksAtRisk,
    weeklyHazard: repeats.map((count, week) => (weeksAtRisk[week] > 0 ? count / weeksAtRisk[week] : NaN)),
  };
}

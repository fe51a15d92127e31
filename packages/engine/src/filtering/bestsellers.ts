/**
 * Bestsellers by what the merchant counts: orders, units or net revenue, within a window and with older orders fading.
 * Cancelled lines and units that were sent back do not count; money is net of discounts and refunds. What the shop
 * learns taste from are baskets (see `popularity.ts`): a wholesaler's order of 500 is one vote there and 500 here.
 * Training O(lines), memory 12 bytes a product.
 */
import { toMajor } from "../catalogue/money.ts";
import { InvalidInput, InvalidOption } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { lineFlag, netOfLine, type OrderHistory } from "../history/order-history.ts";
import { countBelow } from "../matrix/bisect.ts";
import { topOf } from "../matrix/top-k.ts";
import type { Recommender } from "../models/recommender.ts";
import { createPacer, paced, type TrainingControls } from "../models/training.ts";
import { fadingOf, millisecondsADay, requireDays } from "./basket-weights.ts";
import { createLeaderboard, readLeaderboard } from "./leaderboard.ts";

const kind = "bestsellers";

/** What a bestseller is counted in. */
export type SalesMeasure = "orders" | "units" | "revenue";

/** What counts, from when, and how much. */
export interface BestsellersOptions {
  /** Orders that hold the product, units that were kept, or money that came in. */
  readonly by?: SalesMeasure | undefined;
  /** Milliseconds since 1970, UTC: orders at or after it are left out. Just after the last order by default. */
  readonly until?: number | undefined;
  /** Days before `until` that count. All of history by default. */
  readonly windowDays?: number | undefined;
  /** Age in days at which an order counts half. Orders do not fade by default. */
  readonly halfLifeDays?: number | undefined;
  /** Revenue in several currencies: what one major unit of each is worth in the home currency, `{ EUR: 1, USD: 0.9 }`. */
  readonly rates?: Readonly<Record<string, number>> | undefined;
}

/**
 * Ranks the whole catalogue, never-sold products last.
 * @returns a model whose scores are (faded) orders, units or major units of money; equal ones go to the lower index
 * @throws InvalidOption when a setting is out of its range
 * @throws InvalidInput when revenue comes in several currencies and `rates` lacks one of them
 * @example
 * const byMoney = await trainBestsellers(history, { by: "revenue", windowDays: 30 });
 * byMoney.recommend({ history: [] }, 12);
 */
export async function trainBestsellers(
  orders: OrderHistory,
  {
    by = "orders",
    until = (orders.placedAt.at(-1) ?? 0) + 1,
    windowDays = Infinity,
    halfLifeDays = Infinity,
    rates,
    ...controls
  }: BestsellersOptions & TrainingControls = {},
): Promise<Recommender> {
  requireDays("windowDays", windowDays);
  requireDays("halfLifeDays", halfLifeDays);
  if (!Number.isFinite(until)) throw new InvalidOption("until", until, "milliseconds since 1970, UTC");
  const worthOf = worthOfLines(orders, by, rates);
  const { placedAt, lineOffsets, lineProduct } = orders;
  const sales = new Float64Array(orders.productCount);
  const begin = countBelow(placedAt, until - windowDays * millisecondsADay);
  const end = countBelow(placedAt, until);
  const pace = createPacer("counting sales", end - begin, controls);
  for (let order = begin; order < end; order++) {
    if (pace.isDue()) await pace.rest(order - begin);
    const weight = fadingOf((until - placedAt[order]) / millisecondsADay, halfLifeDays);
    for (let line = lineOffsets[order]; line < lineOffsets[order + 1]; line++) {
      sales[lineProduct[line]] += weight * worthOf(line, order);
    }
  }
  pace.finish();
  return createLeaderboard(kind, sales.length, topOf(sales, sales.length));
}

/**
 * @throws InvalidFile when the file is damaged or holds another kind of model
 * @example
 * const bestsellers = await loadBestsellers(readModel(bytes));
 */
export function loadBestsellers(file: ModelFile, controls: TrainingControls = {}): Promise<Recommender> {
  return paced("loading bestsellers", readLeaderboard(kind, file), controls);
}

type Worth = (line: number, order: number) => number;

function worthOfLines(orders: OrderHistory, by: SalesMeasure, rates: BestsellersOptions["rates"]): Worth {
  if (by === "orders") return createOrderCounter(orders);
  if (by === "units") return (line) => unitsKept(orders, line);
  if (by === "revenue") return createRevenueMeter(orders, rates);
  throw new InvalidOption("by", by, '"orders", "units" or "revenue"');
}

/** Units ordered and not sent back. */
function unitsKept({ lineFlags, lineQuantity, lineReturnedQuantity }: OrderHistory, line: number): number {
  if (lineFlags[line] & lineFlag.cancelled) return 0;
  return Math.max(0, lineQuantity[line] - lineReturnedQuantity[line]);
}

/** 1 for the first line of an order that keeps a product, 0 for its other lines: two variants are one order. */
function createOrderCounter(orders: OrderHistory): Worth {
  const countedIn = new Int32Array(orders.productCount).fill(-1);
  return (line, order) => {
    const product = orders.lineProduct[line];
    if (countedIn[product] === order || unitsKept(orders, line) === 0) return 0;
    countedIn[product] = order;
    return 1;
  };
}

function createRevenueMeter(orders: OrderHistory, rates: BestsellersOptions["rates"]): Worth {
  const { currencies, currencyOf } = orders;
  // Of one currency, any rate ranks alike: revenue is then told in that currency.
  const known = rates ?? (currencies.length <= 1 ? Object.fromEntries(currencies.map((code) => [code, 1])) : {});
  const perMinor = currencies.map((currency) => {
    const rate = Object.hasOwn(known, currency) ? known[currency] : undefined;
    if (rate === undefined || !(rate > 0 && rate < Infinity)) {
      throw new InvalidInput(`rates.${currency}`, rate, "what one unit of it is worth in the home currency, above 0");
    }
    return rate * toMajor(1, currency);
  });
  return (line, order) => perMinor[currencyOf[order]] * netOfLine(orders, line);
}

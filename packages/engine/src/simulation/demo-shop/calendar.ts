/** The two years of the shop's history: how busy it is when, what sells in which month, and when there is a sale. */
import type { Random } from "../../random/generator.ts";
import type { SeasonName } from "./assortment/kind.ts";
import { createLottery } from "./chance.ts";

export const day = 86_400_000;

/** The history covers `from <= time < until`. */
export const until = Date.UTC(2026, 10, 1);
export const from = Date.UTC(2024, 10, 1);
export const dayCount = (until - from) / day;

/**
 * Demand by month, January first; 1 is an ordinary month. Mild on purpose: two products of one season are bought
 * together a little more often than chance has it (about 1.3 times), but not so often that it looks like an affinity.
 */
export const monthlyIndex: Readonly<Record<SeasonName, readonly number[]>> = {
  spring: [0.6, 0.9, 1.6, 2, 1.8, 1.2, 0.8, 0.7, 0.7, 0.7, 0.55, 0.5],
  summer: [0.6, 0.6, 0.8, 1.1, 1.5, 1.9, 1.9, 1.5, 0.9, 0.6, 0.5, 0.55],
  autumn: [1, 0.9, 0.8, 0.7, 0.6, 0.55, 0.6, 0.9, 1.4, 1.7, 1.6, 1.2],
  gifting: [0.65, 0.85, 0.75, 0.75, 0.85, 0.75, 0.7, 0.7, 0.8, 1, 1.9, 2.2],
};

/** The highest figure of any season. */
export const busiestIndex = Math.max(...Object.values(monthlyIndex).flat());

/** A week or two of lower prices in some departments. */
export interface Sale {
  readonly name: string;
  readonly from: number;
  readonly until: number;
  /** Every department when left out. */
  readonly departments?: readonly string[];
  /** Share off the price. */
  readonly rate: number;
}

export const sales: readonly Sale[] = [2024, 2025, 2026]
  .flatMap((year): Sale[] => [
    {
      name: `Winter sale ${year}`,
      from: Date.UTC(year, 0, 10),
      until: Date.UTC(year, 0, 24),
      departments: ["Bed & Bath", "Home Accents", "Cookware"],
      rate: 0.25,
    },
    {
      name: `Garden opening ${year}`,
      from: Date.UTC(year, 2, 14),
      until: Date.UTC(year, 2, 24),
      departments: ["Garden"],
      rate: 0.15,
    },
    {
      name: `Summer sale ${year}`,
      from: Date.UTC(year, 6, 4),
      until: Date.UTC(year, 6, 18),
      departments: ["Dining", "Outdoor & Travel", "Lighting"],
      rate: 0.2,
    },
    { name: `Black Friday week ${year}`, from: Date.UTC(year, 10, 22), until: Date.UTC(year, 11, 1), rate: 0.2 },
  ])
  .filter((sale) => sale.until > from && sale.from < until);

/** Orders by month, January first, and by day of the week, Sunday first. */
const monthVolume = [0.95, 0.85, 0.95, 1, 1, 0.9, 0.85, 0.85, 0.95, 1.05, 1.35, 1.4];
const weekdayVolume = [1.2, 1.1, 1, 0.95, 0.95, 0.9, 1];

/** Orders by hour, UTC: quiet nights, a lunch break, long evenings. */
const hours = createLottery([2, 1, 1, 1, 1, 2, 5, 9, 12, 14, 15, 16, 18, 16, 14, 14, 15, 17, 20, 24, 26, 22, 13, 6]);

const days = createLottery(
  Array.from({ length: dayCount }, (_, index) => {
    const date = new Date(from + index * day);
    const growth = 0.8 + (0.4 * index) / dayCount;
    const sale = sales.some((period) => period.from <= date.getTime() && date.getTime() < period.until) ? 1.2 : 1;
    return growth * sale * monthVolume[date.getUTCMonth()] * weekdayVolume[date.getUTCDay()];
  }),
);

/** A moment within the window, as likely as the shop is busy. Falls back to any moment when the window is narrow. */
export function busyMoment(random: Random, earliest: number, latest: number): number {
  for (let attempt = 0; attempt < 40; attempt++) {
    const moment = from + days.draw(random) * day + momentOfDay(random);
    if (moment >= earliest && moment < latest) return moment;
  }
  return Math.floor(earliest + random.next() * (latest - earliest));
}

/** Milliseconds since midnight. */
export function momentOfDay(random: Random): number {
  return (hours.draw(random) * 3600 + random.integer(3600)) * 1000;
}

/** Demand of a season at a moment; 1 for things without one. */
export function seasonalDemand(season: SeasonName | undefined, at: number): number {
  return season ? monthlyIndex[season][new Date(at).getUTCMonth()] : 1;
}

/** A bundle that comes again and again: what each delivery costs, what a year saves, and when the deliveries are. */
import type { Minor } from "../catalogue/money.ts";
import type { Market } from "../catalogue/product.ts";
import { InvalidInput } from "../errors.ts";
import { createZoneOffsets } from "../history/time-zone.ts";
import type { Bundle, BundleLine, DeliveryInterval } from "./bundle.ts";
import { checkInterval, requireCount } from "./check-bundle.ts";
import { priceBundle, type PriceBundleOptions } from "./price-bundle.ts";
import type { PricedBundle } from "./priced-bundle.ts";
import { momentOf } from "./season.ts";

const day = 86_400_000;

/** Days of a mean Gregorian year, and months of it. */
const daysOfYear = 365.2425;

/** A priced subscription; amounts in minor units. */
export interface PricedSubscription {
  /** Each delivery. */
  readonly delivery: PricedBundle;
  readonly interval: DeliveryInterval;
  readonly deliveriesAYear: number;
  /** What a year of deliveries saves against buying the same each time, to the nearest unit. */
  readonly savingAYear: Minor;
}

/**
 * @throws InvalidInput when the bundle has no interval, or as `priceBundle`
 * @example
 * const { delivery, savingAYear } = priceSubscription(coffee, lines, market);
 */
export function priceSubscription(
  bundle: Bundle,
  lines: readonly BundleLine[],
  market: Pick<Market, "currency" | "locale">,
  options: PriceBundleOptions = {},
): PricedSubscription {
  const { interval } = bundle;
  if (!interval)
    throw new InvalidInput("bundle.interval", interval, 'how often it comes, such as { unit: "month", count: 1 }');
  checkInterval(interval, "bundle.interval");
  const delivery = priceBundle(bundle, lines, market, options);
  const units = { day: daysOfYear, week: daysOfYear / 7, month: 12 };
  const deliveriesAYear = units[interval.unit] / interval.count;
  return { delivery, interval, deliveriesAYear, savingAYear: Math.round(delivery.saving * deliveriesAYear) };
}

/**
 * Days of delivery, as the local midnights they begin at. A month that is too short has its last day: 31 January, 28
 * February, 31 March.
 * @param first milliseconds since 1970, UTC: a moment of the first day
 * @param timeZone IANA name
 * @throws InvalidInput when the interval or the count is wrong; InvalidOption when the time zone is unknown
 * @example
 * deliveryDays(Date.parse("2026-01-31T09:00:00Z"), { unit: "month", count: 1 }, 3, "Europe/Berlin");
 */
export function deliveryDays(first: number, interval: DeliveryInterval, count: number, timeZone: string): number[] {
  checkInterval(interval, "interval");
  requireCount(count, 0, "count");
  const offsetAt = createZoneOffsets(timeZone);
  const start = Math.floor((first + offsetAt(first)) / day) * day;
  return Array.from({ length: count }, (_, delivery) => momentOf(localDay(start, interval, delivery), offsetAt));
}

function localDay(start: number, { unit, count }: DeliveryInterval, delivery: number): number {
  const steps = count * delivery;
  if (unit !== "month") return start + steps * (unit === "week" ? 7 : 1) * day;
  const date = new Date(start);
  const month = date.getUTCMonth() + steps;
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), lastOfMonth));
}

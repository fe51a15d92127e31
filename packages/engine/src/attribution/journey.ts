/** What a visitor met and what they bought: the input of attribution, and the check of it. */
import { currencyExponent } from "../catalogue/index.ts";
import type { Minor } from "../catalogue/index.ts";
import { InvalidInput } from "../errors.ts";

/** A visitor met a recommendation. */
export interface Touch {
  /** "click", "add-to-cart", "impression" or any other name that has a window. */
  readonly kind: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The decision that showed it. */
  readonly decisionId: string;
}

/** What a visitor bought. */
export interface JourneyOrder {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** After discounts, cancellations and refunds; zero or more. */
  readonly netRevenue: Minor;
  /** ISO 4217. */
  readonly currency: string;
}

/** Everything of one visitor, in any order of time. */
export interface Journey {
  readonly visitor: string;
  readonly touches: readonly Touch[];
  readonly orders: readonly JourneyOrder[];
}

/**
 * @param currency of the report: amounts of other currencies do not add up with it. Left out where there are no orders
 * @throws InvalidInput naming the first thing that is wrong, for example `journeys[3].orders[0].currency`
 */
export function checkJourneys(journeys: readonly Journey[], currency?: string): void {
  if (currency !== undefined) currencyExponent(currency);
  const known = new Set<string>();
  for (const [index, { visitor, touches, orders }] of journeys.entries()) {
    const path = `journeys[${index}]`;
    if (!visitor || known.has(visitor)) {
      throw new InvalidInput(`${path}.visitor`, visitor, "an id that is not empty and has no other journey");
    }
    known.add(visitor);
    // Millions of touches: where one stands is put into words only if it is wrong.
    for (let place = 0; place < touches.length; place++) {
      if (!isTouch(touches[place])) refuseTouch(touches[place], `${path}.touches[${place}]`);
    }
    for (const [place, order] of orders.entries()) checkOrder(order, currency, `${path}.orders[${place}]`);
  }
}

function isTouch({ kind, at, decisionId }: Touch): boolean {
  return Boolean(kind) && Number.isFinite(at) && Boolean(decisionId);
}

function refuseTouch({ kind, at, decisionId }: Touch, path: string): never {
  if (!kind) throw new InvalidInput(`${path}.kind`, kind, 'the name of a touch, such as "click"');
  if (!Number.isFinite(at)) throw new InvalidInput(`${path}.at`, at, "milliseconds since 1970");
  throw new InvalidInput(`${path}.decisionId`, decisionId, "the id of a decision");
}

function checkOrder({ at, netRevenue, currency }: JourneyOrder, expected: string | undefined, path: string): void {
  if (!Number.isFinite(at)) throw new InvalidInput(`${path}.at`, at, "milliseconds since 1970");
  if (!Number.isSafeInteger(netRevenue) || netRevenue < 0) {
    throw new InvalidInput(
      `${path}.netRevenue`,
      netRevenue,
      "minor units, zero or more: refunds are taken off their order",
    );
  }
  if (currency !== expected) {
    throw new InvalidInput(`${path}.currency`, currency, `"${expected}", the currency of the report: convert it first`);
  }
}

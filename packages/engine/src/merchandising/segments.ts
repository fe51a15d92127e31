/** Customers in groups the merchant names, each by a condition. A customer may be in several, or in none. */
import { InvalidInput } from "../errors.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { assertCustomerCondition } from "./check-condition.ts";
import { assertKeys, assertList, assertText } from "./check-json.ts";
import type { CustomerCondition } from "./condition.ts";
import type { CustomerFacts } from "./facts.ts";
import { createPredicateCompiler } from "./predicate.ts";
import { createScene } from "./read-facts.ts";
import { shareOffsets } from "./schedule-clock.ts";

/** A group of customers. Plain JSON. */
export interface Segment {
  readonly id: string;
  readonly name: string;
  readonly when: CustomerCondition;
}

/**
 * @param at now, in milliseconds since 1970, UTC
 * @returns ids of the segments that hold the customer, in the order of the segments
 */
export type Segmenter = (customer: CustomerFacts, at: number) => readonly string[];

/**
 * @param segments checked on the way; anything that came as JSON may be given
 * @throws InvalidInput with the exact place: `segments[1].when.any[0].value`
 * @example
 * const segmentsOf = createSegmenter(
 *   [{ id: "regulars", name: "Regulars", when: { field: "customer.orders", operator: "atLeast", value: 3 } }],
 *   catalogue,
 * );
 * const segments = segmentsOf({ orders: 4 }, at); // ["regulars"]
 */
export function createSegmenter(segments: unknown, catalogue: Catalogue): Segmenter {
  assertSegments(segments, catalogue);
  const compiler = createPredicateCompiler();
  const members = segments.map(({ id, when }) => ({ id, holds: compiler.compile(when) }));
  const offsetsOf = shareOffsets();
  return (customer, at) => {
    compiler.begin(createScene({ at, customer, context: { placement: "" } }, catalogue, offsetsOf));
    return members.flatMap(({ id, holds }) => (holds() ? [id] : []));
  };
}

/**
 * @throws InvalidInput with the exact place and what to give instead
 * @example
 * assertSegments(JSON.parse(text), catalogue);
 */
export function assertSegments(value: unknown, { markets }: Catalogue): asserts value is readonly Segment[] {
  assertList(value, "segments", "a list of segments");
  const currencies = markets.map(({ currency }) => currency);
  const ids = new Set<string>();
  for (const [index, segment] of value.entries()) {
    const path = `segments[${index}]`;
    assertKeys(segment, path, "a segment", ["id", "name", "when"]);
    assertText(segment.id, `${path}.id`, "an id that is not empty");
    assertText(segment.name, `${path}.name`, "a name that is not empty");
    assertCustomerCondition(segment.when, `${path}.when`, { currencies });
    if (ids.has(segment.id)) throw new InvalidInput(`${path}.id`, segment.id, "an id that no other segment has");
    ids.add(segment.id);
  }
}

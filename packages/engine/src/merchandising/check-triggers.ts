/** Whether what came as JSON are triggers. */
import { InvalidInput } from "../errors.ts";
import { assertKeys, assertList, assertObject, assertOneOf, assertText, assertTexts } from "./check-json.ts";
import type { Trigger, TriggerCause } from "./trigger.ts";

const causeKeys: Readonly<Record<TriggerCause["type"], readonly string[]>> = {
  dwell: ["seconds"],
  scroll: ["share"],
  "exit-intent": [],
  visit: ["number"],
  "add-to-cart": ["products"],
  idle: ["seconds"],
};

/**
 * @throws InvalidInput with the exact place, for example `triggers[0].cause.seconds`
 * @example
 * assertTriggers([{ id: "stay", cause: { type: "dwell", seconds: 20 } }]);
 */
export function assertTriggers(value: unknown): asserts value is readonly Trigger[] {
  assertList(value, "triggers", "a list of triggers");
  const ids = new Set<string>();
  for (const [index, trigger] of value.entries()) {
    const path = `triggers[${index}]`;
    assertKeys(trigger, path, "a trigger", ["id", "cause", "cap"]);
    const { id, cause, cap } = trigger;
    assertText(id, `${path}.id`, "an id that is not empty");
    if (ids.has(id)) throw new InvalidInput(`${path}.id`, id, "an id that no other trigger has");
    ids.add(id);
    checkCause(cause, `${path}.cause`);
    if (cap !== undefined) checkCap(cap, `${path}.cap`);
  }
}

function checkCause(cause: unknown, path: string): void {
  assertObject(cause, path, `a cause, whose type is one of ${Object.keys(causeKeys).join(", ")}`);
  const { type, seconds, share, number, products } = cause;
  assertOneOf(type, `${path}.type`, Object.keys(causeKeys));
  const keys = new Map<string, readonly string[]>(Object.entries(causeKeys)).get(type) ?? [];
  assertKeys(cause, path, "a cause", ["type", ...keys]);
  if (keys.includes("seconds")) checkNumber(seconds, `${path}.seconds`, "a number of seconds above 0", isPositive);
  if (keys.includes("share")) {
    checkNumber(share, `${path}.share`, "a share above 0 and at most 1", (value) => value > 0 && value <= 1);
  }
  if (keys.includes("number")) checkNumber(number, `${path}.number`, "an integer from 1", isCount);
  if (products !== undefined) assertTexts(products, `${path}.products`, "a list of at least one product id");
}

function checkCap(cap: unknown, path: string): void {
  assertKeys(cap, path, "a cap { perVisit, inAll, pauseSeconds }", ["perVisit", "inAll", "pauseSeconds"]);
  const { perVisit, inAll, pauseSeconds } = cap;
  if (perVisit !== undefined) checkNumber(perVisit, `${path}.perVisit`, "an integer from 1", isCount);
  if (inAll !== undefined) checkNumber(inAll, `${path}.inAll`, "an integer from 1", isCount);
  if (pauseSeconds !== undefined)
    checkNumber(pauseSeconds, `${path}.pauseSeconds`, "a number of seconds above 0", isPositive);
}

function checkNumber(value: unknown, path: string, expected: string, accepts: (value: number) => boolean): void {
  if (typeof value !== "number" || !Number.isFinite(value) || !accepts(value))
    throw new InvalidInput(path, value, expected);
}

function isPositive(value: number): boolean {
  return value > 0;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

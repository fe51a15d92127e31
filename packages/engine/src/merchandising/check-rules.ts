/** Whether what came as JSON are rules, and rules of this shop: the one gate between a form or a file and the engine. */
import { InvalidInput } from "../errors.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { actionTypes, type Action } from "./action.ts";
import { assertCondition, assertProductCondition, type ConditionLimits } from "./check-condition.ts";
import {
  assertBoolean,
  assertKeys,
  assertList,
  assertObject,
  assertOneOf,
  assertText,
  assertTexts,
  suggestion,
} from "./check-json.ts";
import { assertSchedule } from "./check-schedule.ts";
import type { MerchandisingRule } from "./rule.ts";

/** What rules may name. What is left out is not checked. */
export interface RuleLimits {
  /** Its products can be pinned, and its markets' currencies compared. */
  readonly catalogue?: Catalogue | undefined;
  /** Ids of strategies. */
  readonly strategies?: readonly string[] | undefined;
  /** Ids of offers. */
  readonly offers?: readonly string[] | undefined;
  /** Names of placements. */
  readonly placements?: readonly string[] | undefined;
}

type Limits = RuleLimits & ConditionLimits;

/**
 * @param value anything, for example parsed JSON
 * @throws InvalidInput with the exact place and what to give instead: `rules[2].when.all[1].not.value`
 * @example
 * const rules: unknown = JSON.parse(text);
 * assertRules(rules, { catalogue });
 */
export function assertRules(value: unknown, limits: RuleLimits = {}): asserts value is readonly MerchandisingRule[] {
  assertList(value, "rules", "a list of rules");
  const { catalogue } = limits;
  const currencies = catalogue && [...new Set(catalogue.markets.map(({ currency }) => currency))];
  const full: Limits = currencies ? { ...limits, currencies } : limits;
  const places = new Map<string, number>();
  for (const [index, rule] of value.entries()) {
    const path = `rules[${index}]`;
    const id = checkRule(rule, path, full);
    const earlier = places.get(id);
    if (earlier !== undefined)
      throw new InvalidInput(`${path}.id`, id, `an id that no other rule has (rules[${earlier}] has it)`);
    places.set(id, index);
  }
}

/** @returns the rule's id */
function checkRule(rule: unknown, path: string, limits: Limits): string {
  const keys = ["id", "name", "priority", "when", "schedule", "placements", "group", "actions", "active"];
  assertKeys(rule, path, "a rule", keys);
  const { id, name, priority, when, schedule, placements, group, actions, active } = rule;
  assertText(id, `${path}.id`, "an id that is not empty");
  assertText(name, `${path}.name`, "a name that is not empty");
  if (typeof priority !== "number" || !Number.isFinite(priority))
    throw new InvalidInput(`${path}.priority`, priority, "a number");
  assertCondition(when, `${path}.when`, limits);
  if (schedule !== undefined) assertSchedule(schedule, `${path}.schedule`);
  if (placements !== undefined) checkPlacements(placements, `${path}.placements`, limits);
  if (group !== undefined) assertText(group, `${path}.group`, "a name that is not empty");
  assertList(actions, `${path}.actions`, "a list of actions");
  if (actions.length === 0) throw new InvalidInput(`${path}.actions`, actions, "at least one action");
  for (const [index, action] of actions.entries()) checkAction(action, `${path}.actions[${index}]`, limits);
  assertBoolean(active, `${path}.active`);
  return id;
}

function checkPlacements(value: unknown, path: string, { placements }: Limits): void {
  assertTexts(value, path, "a list of at least one placement, or absent for all");
  if (!placements) return;
  for (const [index, placement] of value.entries()) assertOneOf(placement, `${path}[${index}]`, placements);
}

type CheckAction = (action: Readonly<Record<string, unknown>>, path: string, limits: Limits) => void;

function checkAction(action: unknown, path: string, limits: Limits): void {
  assertObject(action, path, `an action, whose type is one of ${actionTypes.join(", ")}`);
  const { type } = action;
  const known = actionTypes.find((candidate) => candidate === type);
  if (!known) assertOneOf(type, `${path}.type`, actionTypes);
  else {
    assertKeys(action, path, "an action", ["type", ...actionKeys[known]]);
    checks[known](action, path, limits);
  }
}

const actionKeys: Readonly<Record<Action["type"], readonly string[]>> = {
  boost: ["products", "factor"],
  bury: ["products", "factor"],
  pin: ["product", "position"],
  filter: ["products", "show"],
  "replace-strategy": ["strategy"],
  "attach-offer": ["offer", "products"],
  cap: ["products", "per", "most"],
};

const checks: Readonly<Record<Action["type"], CheckAction>> = {
  boost({ products, factor }, path, limits) {
    assertProductCondition(products, `${path}.products`, limits);
    if (!isBetween(factor, 1, Infinity))
      throw new InvalidInput(`${path}.factor`, factor, "a number above 1; bury to sink products");
  },
  bury({ products, factor }, path, limits) {
    assertProductCondition(products, `${path}.products`, limits);
    if (!isBetween(factor, 0, 1)) {
      throw new InvalidInput(`${path}.factor`, factor, "a number above 0 and below 1; filter to leave products out");
    }
  },
  pin({ product, position }, path, { catalogue }) {
    assertText(product, `${path}.product`, "a product id");
    if (catalogue && catalogue.ids.indexOf(product) === undefined) {
      throw new InvalidInput(`${path}.product`, product, "the id of a product of the catalogue");
    }
    if (!isInteger(position, 1)) throw new InvalidInput(`${path}.position`, position, "a position from 1");
  },
  filter({ products, show }, path, limits) {
    assertProductCondition(products, `${path}.products`, limits);
    assertOneOf(show, `${path}.show`, ["only", "never"]);
  },
  "replace-strategy": ({ strategy }, path, { strategies }) => checkName(strategy, `${path}.strategy`, strategies),
  "attach-offer"({ offer, products }, path, limits) {
    checkName(offer, `${path}.offer`, limits.offers);
    if (products !== undefined) assertProductCondition(products, `${path}.products`, limits);
  },
  cap({ products, per, most }, path, limits) {
    if (products !== undefined) assertProductCondition(products, `${path}.products`, limits);
    if (per !== undefined) assertOneOf(per, `${path}.per`, ["brand", "category"]);
    if (!isInteger(most, 0)) throw new InvalidInput(`${path}.most`, most, "an integer, zero or more");
  },
};

function checkName(name: unknown, path: string, names: readonly string[] | undefined): void {
  assertText(name, path, "an id that is not empty");
  if (names && !names.includes(name)) {
    throw new InvalidInput(path, name, `one of ${names.slice(0, 20).join(", ")}${suggestion(name, names)}`);
  }
}

function isBetween(value: unknown, above: number, below: number): boolean {
  return typeof value === "number" && value > above && value < below;
}

function isInteger(value: unknown, minimum: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= minimum;
}

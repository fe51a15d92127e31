/** From the rules that match to what they want of one answer. */
import type { ActionPlan, PlannedAction } from "./action-plan.ts";
import type { AttachedOffer, Directives, PinnedProduct, ProductCap, ProductFilter } from "./directives.ts";
import { lowestBit, maskOf, type ProductMarks } from "./product-marks.ts";

/**
 * @param plan of all rules
 * @param rules places of those that match, ascending: the first is heeded first
 * @returns one strategy, one pin a position and a product
 */
export function resolveDirectives({ actions, marks }: ActionPlan, rules: readonly number[]): Directives {
  const draft = createDraft();
  for (const rule of rules) for (const action of actions[rule]) addAction(draft, action);
  const { strategy, multipliers, filters, pins, caps, offers } = draft;
  return {
    ...(strategy && { strategy }),
    multipliers: multipliers.map(({ multiplier }) => multiplier),
    filters: filters.map(({ filter }) => filter),
    pins: pins.toSorted((one, other) => one.position - other.position),
    caps,
    offers,
    factorOf: createFactorOf(marks, multipliers),
    refusalOf: createRefusalOf(marks, filters),
  };
}

type Planned<Type extends PlannedAction["type"]> = Extract<PlannedAction, { type: Type }>;

interface Draft {
  strategy: Directives["strategy"];
  readonly multipliers: Planned<"multiply">[];
  readonly filters: Planned<"filter">[];
  readonly pins: PinnedProduct[];
  readonly caps: ProductCap[];
  readonly offers: AttachedOffer[];
}

function createDraft(): Draft {
  return { strategy: undefined, multipliers: [], filters: [], pins: [], caps: [], offers: [] };
}

function addAction(draft: Draft, action: PlannedAction): void {
  switch (action.type) {
    case "multiply":
      draft.multipliers.push(action);
      break;
    case "filter":
      draft.filters.push(action);
      break;
    case "pin": {
      const { product, position } = action.pin;
      const isTaken = draft.pins.some((pin) => pin.position === position || pin.product === product);
      if (!isTaken) draft.pins.push(action.pin);
      break;
    }
    case "strategy":
      draft.strategy ??= action.strategy;
      break;
    case "cap":
      draft.caps.push(action.cap);
      break;
    case "offer":
      draft.offers.push(action.offer);
  }
}

function createFactorOf(marks: ProductMarks, multipliers: readonly Planned<"multiply">[]): Directives["factorOf"] {
  const { words, wordsPerProduct } = marks;
  const wanted = maskOf(
    marks,
    multipliers.map(({ column }) => column),
  );
  const factors = new Map(multipliers.map(({ column, multiplier }) => [column, multiplier.factor]));
  return (product) => {
    let factor = 1;
    for (let word = 0; word < wordsPerProduct; word++) {
      for (let bits = words[product * wordsPerProduct + word] & wanted[word]; bits !== 0; bits &= bits - 1) {
        factor *= factors.get(word * 32 + lowestBit(bits)) ?? 1;
      }
    }
    return factor;
  };
}

function createRefusalOf(marks: ProductMarks, filters: readonly Planned<"filter">[]): Directives["refusalOf"] {
  const { words, wordsPerProduct } = marks;
  const columnsOf = (show: ProductFilter["show"]): number[] =>
    filters.flatMap(({ column, filter }) => (filter.show === show ? [column] : []));
  const never = maskOf(marks, columnsOf("never"));
  const only = maskOf(marks, columnsOf("only"));
  return (product) => {
    for (let word = 0; word < wordsPerProduct; word++) {
      const row = words[product * wordsPerProduct + word];
      const refusing = (row & never[word]) | (~row & only[word]);
      if (refusing === 0) continue;
      const first = word * 32 + lowestBit(refusing);
      return filters.find(({ column }) => column === first)?.filter.rule;
    }
    return undefined;
  };
}

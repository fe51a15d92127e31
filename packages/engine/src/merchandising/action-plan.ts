/** The actions of all rules with their products worked out, for one market: what a decision needs of them is here. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Market } from "../catalogue/product.ts";
import { atOnce, type InPieces } from "../matrix/pieces.ts";
import type { Action } from "./action.ts";
import type { ProductCondition } from "./condition.ts";
import type { AttachedOffer, Multiplier, PinnedProduct, ProductCap, ProductFilter } from "./directives.ts";
import { copyMarks, createProductMarks, writeColumn, type ProductMarks } from "./product-marks.ts";
import { createProductSets, dependsOnNow, lastHour, type ProductSets } from "./product-sets.ts";
import type { MerchandisingRule } from "./rule.ts";

/** An action as it is carried out. Those with a column judge products one by one; columns ascend as rules are heeded. */
export type PlannedAction =
  | { readonly type: "multiply"; readonly column: number; readonly multiplier: Multiplier }
  | { readonly type: "filter"; readonly column: number; readonly filter: ProductFilter }
  | { readonly type: "pin"; readonly pin: PinnedProduct }
  | { readonly type: "strategy"; readonly strategy: { readonly rule: string; readonly id: string } }
  | { readonly type: "cap"; readonly cap: ProductCap }
  | { readonly type: "offer"; readonly offer: AttachedOffer };

export interface ActionPlan {
  /** By rule, the first to be heeded first. */
  readonly actions: readonly (readonly PlannedAction[])[];
  readonly marks: ProductMarks;
}

/** Plans of one catalogue, made when they are first asked for. */
export interface Planner {
  of(market: Market, at: number): ActionPlan;
  /** Makes the plans of all markets, pausing on the way. */
  prepareInPieces(at: number): InPieces<void>;
}

/** @param rules the first to be heeded first */
export function createPlanner(rules: readonly MerchandisingRule[], catalogue: Catalogue): Planner {
  const sets = createProductSets(catalogue);
  const plans = new Map<string, { hour: number; plan: ActionPlan }>();
  const isDated = rules.some(({ actions }) =>
    actions.some((action) => "products" in action && action.products && dependsOnNow(action.products)),
  );

  function* make(market: Market, at: number): InPieces<ActionPlan> {
    const hour = isDated ? lastHour(at) : 0;
    const last = plans.get(market.id);
    if (last && last.hour === hour) return last.plan;
    const plan = yield* planActions(rules, catalogue, market, sets, at, last?.plan);
    plans.set(market.id, { hour, plan });
    return plan;
  }

  return {
    of: (market, at) => atOnce(make(market, at)),
    *prepareInPieces(at) {
      for (const market of catalogue.markets) yield* make(market, at);
    },
  };
}

/**
 * @param rules the first to be heeded first
 * @param last the plan of another hour; only what has changed since is written anew
 * @returns the plan, pausing after each action. Pins of products that the catalogue does not know are left out
 */
function* planActions(
  rules: readonly MerchandisingRule[],
  { products, ids }: Catalogue,
  market: Market,
  sets: ProductSets,
  at: number,
  last?: ActionPlan,
): InPieces<ActionPlan> {
  const columns = rules.flatMap((rule) => rule.actions.filter(hasColumn)).length;
  const marks = last ? copyMarks(last.marks) : createProductMarks(products.length, columns);
  const before = last?.actions.flat().flatMap((action) => ("column" in action ? [setOf(action)] : []));
  const actions: PlannedAction[][] = [];
  let column = 0;
  for (const { id, actions: wanted } of rules) {
    const planned: PlannedAction[] = [];
    for (const action of wanted) {
      if ("products" in action && action.products) yield* sets.ofInPieces(action.products, market, at);
      const next = plan(id, action, column);
      if (next) planned.push(next);
      if (next && "column" in next) {
        if (before?.[column] !== setOf(next)) writeColumn(marks, column, setOf(next));
        column++;
      }
      yield;
    }
    actions.push(planned);
  }
  return { actions, marks };

  function plan(rule: string, action: Action, column: number): PlannedAction | undefined {
    const productsOf = (condition: ProductCondition) => sets.of(condition, market, at);
    switch (action.type) {
      case "boost":
      case "bury":
        return {
          type: "multiply",
          column,
          multiplier: { rule, products: productsOf(action.products), factor: action.factor },
        };
      case "filter":
        return { type: "filter", column, filter: { rule, products: productsOf(action.products), show: action.show } };
      case "pin": {
        const product = ids.indexOf(action.product);
        return product === undefined ? undefined : { type: "pin", pin: { rule, product, position: action.position } };
      }
      case "replace-strategy":
        return { type: "strategy", strategy: { rule, id: action.strategy } };
      case "cap": {
        const { most, per, products: capped } = action;
        return {
          type: "cap",
          cap: { rule, most, ...(per && { per }), ...(capped && { products: productsOf(capped) }) },
        };
      }
      case "attach-offer": {
        const { offer, products: offered } = action;
        return { type: "offer", offer: { rule, offer, ...(offered && { products: productsOf(offered) }) } };
      }
    }
  }
}

function hasColumn({ type }: Action): boolean {
  return type === "boost" || type === "bury" || type === "filter";
}

function setOf(action: Extract<PlannedAction, { column: number }>): Multiplier["products"] {
  return action.type === "multiply" ? action.multiplier.products : action.filter.products;
}

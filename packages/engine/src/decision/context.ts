/** Step 1, context: who asks, where, in which market, with which products in hand - as catalogue indices. */
import { marketOf, type Catalogue } from "../catalogue/catalogue.ts";
import type { Market } from "../catalogue/product.ts";
import { stickyUnit } from "../random/hash.ts";
import type { RecommendationRequest } from "./request.ts";
import type { DecisionState, Holdout } from "./state.ts";
import type { StartingPoint } from "./strategy.ts";

/** Whether this unit takes part in measuring, and on which side. */
export type Arm = "treatment" | "holdout" | "unassigned";

/** A request as the engine sees it. */
export interface Context {
  readonly market: Market;
  readonly arm: Arm;
  /** Products to start from, oldest first. */
  readonly startingPoints: Readonly<Record<StartingPoint, readonly number[]>>;
  /** Where each order ends in the starting point `purchases`, where orders are known. */
  readonly basketEnds?: ArrayLike<number> | undefined;
  /** Ids of the request that the catalogue does not know. */
  readonly unknownProducts: readonly string[];
}

/** Resolves a request against the catalogue and assigns the arm, before anything is known about eligibility. */
export function resolveContext(request: RecommendationRequest, state: DecisionState): Context {
  const { catalogue } = state;
  const unknownProducts: string[] = [];
  const resolve = (ids: readonly string[]): number[] => indicesOf(ids, catalogue, unknownProducts);

  const cart = resolve((request.cart ?? []).map((line) => line.productId));
  const session = resolve(request.session ?? []);
  const product = resolve(request.productId === undefined ? [] : [request.productId]);
  return {
    market: marketOf(catalogue, request.market),
    arm: assignArm(request.visitorId, state.holdout),
    startingPoints: {
      product,
      cart,
      session: [...session, ...product],
      purchases: purchasesOf(request, state, resolve),
      nothing: [],
    },
    basketEnds: request.purchases ? undefined : state.customers.basketEndsOf?.(request.customerId ?? ""),
    unknownProducts,
  };
}

/** The same visitor always falls on the same side; signing in does not change it. */
function assignArm(visitorId: string | undefined, { salt, share }: Holdout): Arm {
  if (visitorId === undefined || share === 0) return "unassigned";
  return stickyUnit(salt, visitorId) < share ? "holdout" : "treatment";
}

function purchasesOf(
  { purchases, customerId }: RecommendationRequest,
  { customers }: DecisionState,
  resolve: (ids: readonly string[]) => number[],
): readonly number[] {
  if (purchases) return resolve(purchases);
  return customerId === undefined ? [] : Array.from(customers.of(customerId));
}

function indicesOf(ids: readonly string[], catalogue: Catalogue, unknown: string[]): number[] {
  const indices: number[] = [];
  for (const id of ids) {
    const index = catalogue.ids.indexOf(id);
    if (index === undefined) unknown.push(id);
    else indices.push(index);
  }
  return indices;
}

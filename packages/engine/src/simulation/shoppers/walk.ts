/**
 * One visit, page by page.
 *
 * Every page may hold a strip. It comes into view with a chance of its page; its positions are then looked at, each with
 * a chance of its own (position-based model: Craswell, Zoeter, Taylor and Ramsey, "An experimental comparison of click
 * position-bias models", WSDM 2008). What is looked at is clicked when the shopper's luck with that product on this visit
 * is below its chance, so that seeing it twice is no second lottery ticket. A click opens the product's page, which has a
 * strip of its own, and may end in the cart. What the shopper had meant to take anyway is clicked for convenience and
 * adds nothing. At the end the cart becomes an order or is left behind.
 */
import type { RecommendationRequest } from "../../decision/request.ts";
import { putsSubstituteBack } from "../demo-shop/shopping/baskets.ts";
import { ownsAlready } from "../demo-shop/shopping/trips.ts";
import { appealOf, priceFit, purseOf, type Purse } from "./appeal.ts";
import { addChance, browsersKeenness, type WalkedPlacement } from "./behaviour.ts";
import { drawAt, luckOf } from "./draws.ts";
import type { VisitPlan } from "./plan.ts";
import type { ShopperInsight, ShopperPolicy } from "./policy.ts";
import type { ShopperPopulation } from "./population.ts";
import type { Shopper } from "./shopper.ts";

/** What came of a visit. */
export interface VisitResult {
  /** Product indices that were bought, one unit each; empty without an order. */
  readonly bought: readonly number[];
  /** Those of them that were put into the cart out of a strip and had not been meant to be bought. */
  readonly added: readonly number[];
  /** Strips that came into view, products in them that were looked at, and clicks. */
  readonly views: number;
  readonly looks: number;
  readonly clicks: number;
}

/** A visit in progress. */
interface Walk {
  readonly key: number;
  readonly shopper: Shopper;
  readonly plan: VisitPlan;
  readonly population: ShopperPopulation;
  readonly policy: ShopperPolicy;
  readonly purse: Purse;
  readonly cart: number[];
  readonly added: number[];
  /** Product pages so far, in order. */
  readonly seen: number[];
  readonly clicked: Set<number>;
  readonly left: Set<number>;
  /** Made at the first strip that comes into view. */
  appeal: Float64Array | undefined;
  pages: number;
  views: number;
  looks: number;
}

/** Pages after which somebody has had enough. */
const mostPages = 40;

/** Positions a page's luck is numbered by: more than any strip has. */
const positionsAPage = 1024;

/**
 * @param key of the visit's luck: see `drawAt`
 */
export function walkVisit(
  key: number,
  shopper: Shopper,
  plan: VisitPlan,
  population: ShopperPopulation,
  policy: ShopperPolicy,
): VisitResult {
  const walk: Walk = {
    key,
    shopper,
    plan,
    population,
    policy,
    purse: purseOf(plan, population),
    cart: [],
    added: [],
    seen: [],
    clicked: new Set(),
    left: new Set(),
    appeal: undefined,
    pages: 0,
    views: 0,
    looks: 0,
  };
  if (plan.startsAtHome) openPage(walk, "homepage");
  for (const { product, taken } of plan.looks) {
    if (walk.cart.includes(product)) continue;
    openPage(walk, "pdp", product);
    if (taken && !walk.cart.includes(product)) walk.cart.push(product);
  }
  if (walk.cart.length > 0) openPage(walk, "cart");
  for (const product of walk.left) shopper.ignored.set(product, (shopper.ignored.get(product) ?? 0) + 1);
  const completed = walk.cart.length > 0 && drawAt(key, luckOf.complete, 0) < population.behaviour.completedCarts;
  return {
    bought: completed ? walk.cart : [],
    added: completed ? walk.added : [],
    views: walk.views,
    looks: walk.looks,
    clicks: walk.clicked.size,
  };
}

/** A page is opened; its strip is asked for only when it comes into view. */
function openPage(walk: Walk, placement: WalkedPlacement, product?: number): void {
  const { population, key } = walk;
  const { behaviour, attentiveness } = population;
  if (walk.pages === mostPages) return;
  const page = walk.pages++;
  if (product !== undefined) walk.seen.push(product);
  if (drawAt(key, luckOf.view, page) >= behaviour.viewability[placement] * attentiveness) return;
  walk.views++;
  const slate = walk.policy(requestOf(walk, placement, product), insightOf(walk, product)).slice(0, behaviour.slots);
  for (const [position, id] of slate.entries()) {
    const examined = (position + 1) ** -behaviour.positionDecay;
    if (drawAt(key, luckOf.examine, page * positionsAPage + position) < examined) lookAt(walk, id, product);
  }
}

function lookAt(walk: Walk, id: string, page: number | undefined): void {
  const { population, plan, key, cart } = walk;
  const product = population.indexOf.get(id);
  if (product === undefined || population.available[product] === 0) return;
  if (cart.includes(product) || walk.clicked.has(product) || product === page) return;
  walk.looks++;
  const meant = plan.basket.includes(product);
  if (!meant && drawAt(key, luckOf.click, product) >= clickChance(walk, product, page)) {
    walk.left.add(product);
    return;
  }
  walk.left.delete(product);
  walk.clicked.add(product);
  openPage(walk, "pdp", product);
  if (cart.includes(product)) return;
  if (meant) cart.push(product);
  else if (drawAt(key, luckOf.add, product) < addChance(population.behaviour, plan.buys)) {
    cart.push(product);
    walk.added.push(product);
  }
}

/** Odds of a product drawn by lot, times everything that makes this one another. */
function clickChance(walk: Walk, product: number, page: number | undefined): number {
  const { population, shopper, plan } = walk;
  const { behaviour } = population;
  walk.appeal ??= appealOf(shopper, plan, walk.purse, population);
  const keenness = plan.buys ? behaviour.buyersKeenness : browsersKeenness(behaviour);
  const odds =
    (behaviour.clickRate / (1 - behaviour.clickRate)) *
    keenness *
    walk.appeal[product] *
    calledFor(walk, product, page) *
    stillWanted(walk, product) *
    stillAfforded(walk, product) *
    (1 + (shopper.ignored.get(product) ?? 0)) ** -behaviour.fatigue;
  return odds / (1 + odds);
}

/** The strongest call of what is in the cart or on the page. */
function calledFor({ cart, population }: Walk, product: number, page: number | undefined): number {
  let strongest = 1;
  for (const { product: caller, lift } of population.calls[product]) {
    if (lift > strongest && (caller === page || cart.includes(caller))) strongest = lift;
  }
  return strongest;
}

/** Nobody needs two teapots, and what one owns or still has at home is seldom wanted again. */
function stillWanted({ cart, plan, shopper, population }: Walk, product: number): number {
  const { kindOf } = population.floor.wants;
  const isOfKind = (other: number): boolean => kindOf[other] === kindOf[product];
  const substitute = cart.some(isOfKind) || plan.basket.some(isOfKind) ? 1 - putsSubstituteBack : 1;
  const stocked = (shopper.supplies.get(product) ?? 0) > plan.at;
  return substitute * (shopper.owned.has(product) || stocked ? 1 - ownsAlready : 1);
}

/** The appeal knows what was meant to be spent; what was added since tightens the purse. */
function stillAfforded({ added, purse, population }: Walk, product: number): number {
  if (added.length === 0) return 1;
  const { prices, behaviour } = population;
  const extra = added.reduce((sum, other) => sum + prices[other], 0);
  const total = purse.spokenFor + prices[product];
  const fit = (spent: number): number => priceFit(spent, purse.meant, behaviour.priceElasticity);
  return fit(total + extra) / fit(total);
}

function requestOf(walk: Walk, placement: WalkedPlacement, product: number | undefined): RecommendationRequest {
  const { population, shopper, cart, seen } = walk;
  const idOf = (index: number): string => population.productIds[index];
  return {
    placement,
    limit: population.behaviour.slots,
    visitorId: shopper.visitorId,
    ...(shopper.customer && { customerId: shopper.customer.id }),
    ...(product !== undefined && { productId: idOf(product) }),
    cart: cart.map((index) => ({ productId: idOf(index), quantity: 1 })),
    session: seen.map(idOf),
    ...(shopper.hasBought && { purchases: shopper.purchases.map(idOf) }),
  };
}

function insightOf(walk: Walk, page: number | undefined): ShopperInsight {
  const { population, plan, cart } = walk;
  return {
    productIds: population.productIds,
    expectedRevenue: () =>
      population.prices.map((price, product) => {
        const settled = population.available[product] === 0 || cart.includes(product) || plan.basket.includes(product);
        if (settled || product === page || walk.clicked.has(product)) return 0;
        return clickChance(walk, product, page) * addChance(population.behaviour, plan.buys) * price;
      }),
  };
}

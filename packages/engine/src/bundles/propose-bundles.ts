/**
 * Bundles worth offering, found in what is bought together: sets of two to five products of which every two are
 * complements (cliques of the affinity graph), all in stock, in the price band, and with a margin left. Each is weighed by
 * the margin it is expected to add under the assumptions of `uptake.ts`; `optimiseBundle` looks at the best more closely.
 */
import { type Minor, percentageOf } from "../catalogue/money.ts";
import { requireInteger, requireNumber } from "../errors.ts";
import {
  complementGraph,
  type BundleEvidence,
  type ComplementGraph,
  type ComplementGraphOptions,
} from "./complement-graph.ts";
import { jointOrders } from "./joint-orders.ts";
import { defaultUptakePrior, fitUptake, takeRateAt, type UptakePrior } from "./uptake.ts";

/** What a bundle may be like. */
export interface ProposeBundlesOptions extends ComplementGraphOptions {
  readonly minimumSize?: number;
  /** At most five: larger sets rest on ever less evidence. */
  readonly maximumSize?: number;
  /** Price of the whole bundle before the discount, minor units. */
  readonly priceBand?: { readonly from: Minor; readonly to: Minor };
  /** Percent off that the bundle is weighed with. */
  readonly discount?: number;
  /** How many are returned. */
  readonly limit?: number;
  /** In how many of them one product may be. */
  readonly maximumPerProduct?: number;
  readonly prior?: UptakePrior;
}

/** A bundle worth looking at; money in minor units. */
export interface BundleProposal {
  readonly productIds: readonly string[];
  /** Whose buyers it is for: where it is expected to add most. */
  readonly anchor: string;
  /** Before the discount. */
  readonly value: Minor;
  readonly saving: Minor;
  /** What one bundle earns after the discount. */
  readonly margin: Minor;
  /** Orders that hold all of it. */
  readonly jointOrders: number;
  /** False: estimated from pairs, see `joint-orders.ts`. */
  readonly isCounted: boolean;
  /** Geometric mean over its pairs. */
  readonly lift: number;
  /** Margin it would have added over the orders that were counted, at the mode of the assumptions. */
  readonly expectedMargin: number;
  /** For the merchant. */
  readonly explanation: string;
}

/**
 * @returns highest expected margin first; none that is expected to lose
 * @throws InvalidInput naming the product or pair: an unknown or repeated id, a count that is not whole or exceeds its whole
 * @example
 * const [first] = proposeBundles({ orders: 20_000, products, pairs }, { priceBand: { from: 2000, to: 6000 } });
 */
export function proposeBundles(evidence: BundleEvidence, options: ProposeBundlesOptions = {}): BundleProposal[] {
  const {
    minimumSize = 2,
    maximumSize = 5,
    discount = 10,
    limit = 20,
    maximumPerProduct = 3,
    prior = defaultUptakePrior,
  } = options;
  requireInteger("minimumSize", minimumSize, 2);
  requireInteger("maximumSize", maximumSize, minimumSize);
  requireNumber("maximumSize", maximumSize, 2, 5);
  requireNumber("discount", discount, 0, 100);
  requireInteger("limit", limit, 1);
  requireInteger("maximumPerProduct", maximumPerProduct, 1);
  const graph = complementGraph(evidence, options);
  const { from = 0, to = Infinity } = options.priceBand ?? {};
  const found: BundleProposal[] = [];
  const grow = (members: readonly number[], candidates: readonly number[], value: Minor): void => {
    if (members.length >= minimumSize && value >= from) {
      const proposal = weigh(members, graph, discount, prior);
      if (proposal) found.push(proposal);
    }
    if (members.length === maximumSize) return;
    for (const [place, next] of candidates.entries()) {
      const grown = value + graph.products[next].price;
      if (grown > to) continue;
      const common = candidates.slice(place + 1).filter((other) => graph.above[next].includes(other));
      grow([...members, next], common, grown);
    }
  };
  for (const [product, { price }] of graph.products.entries())
    if (price <= to) grow([product], graph.above[product], price);
  found.sort((a, b) => b.expectedMargin - a.expectedMargin || (a.productIds.join() < b.productIds.join() ? -1 : 1));
  return spread(found, limit, maximumPerProduct);
}

/** The best anchor's figures; undefined when no anchor is expected to gain or the discount eats the margin. */
function weigh(
  members: readonly number[],
  graph: ComplementGraph,
  discount: number,
  prior: UptakePrior,
): BundleProposal | undefined {
  const own = members.map((member) => graph.products[member]);
  const value = own.reduce((sum, { price }) => sum + price, 0);
  const saving = percentageOf(value, discount);
  const full = own.reduce((sum, { price, cost }) => sum + price - cost, 0);
  if (full - saving <= 0) return undefined;
  const { joint, isCounted } = jointOrders(members, graph.counts);
  let best = { expectedMargin: 0, anchor: "" };
  for (const { productId, orders, price, cost } of own) {
    const natural = { orders, joint: Math.min(orders, Math.round(joint)) };
    const taken = takeRateAt(fitUptake(natural, [], prior), discount);
    const rate = (natural.joint + 0.5) / (orders + 1);
    const expectedMargin = orders * ((taken - rate) * (full - (price - cost)) - taken * saving);
    if (expectedMargin > best.expectedMargin) best = { expectedMargin, anchor: productId };
  }
  if (best.anchor === "") return undefined;
  const lift = Math.exp(meanOf(pairsOf(members).map(([a, b]) => Math.log(graph.liftOf(a, b)))));
  const productIds = own.map(({ productId }) => productId);
  const explanation = `${productIds.join(" + ")}: together in ${isCounted ? "" : "about "}${Math.round(joint)} orders, ${lift.toFixed(1)} times as often as chance; shown to buyers of ${best.anchor}.`;
  return {
    productIds,
    ...best,
    value,
    saving,
    margin: full - saving,
    jointOrders: joint,
    isCounted,
    lift,
    explanation,
  };
}

/** The best first, no product in too many. */
function spread(sorted: readonly BundleProposal[], limit: number, maximumPerProduct: number): BundleProposal[] {
  const uses = new Map<string, number>();
  const chosen: BundleProposal[] = [];
  for (const proposal of sorted) {
    if (chosen.length === limit) break;
    if (proposal.productIds.some((id) => (uses.get(id) ?? 0) >= maximumPerProduct)) continue;
    for (const id of proposal.productIds) uses.set(id, (uses.get(id) ?? 0) + 1);
    chosen.push(proposal);
  }
  return chosen;
}

function pairsOf(members: readonly number[]): (readonly [number, number])[] {
  return members.flatMap((a, place) => members.slice(place + 1).map((b) => [a, b] as const));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * Gateway products: what customers bought first who were worth more, or less, afterwards. Related, not caused: who starts
 * with an espresso machine may have been a better customer anyway. Therefore each buyer is compared with those of similar
 * first orders (value, number of products, quarter of the year), and a product's difference is drawn towards the mean of
 * all products as far as its few buyers call for.
 */
import { requireInteger, requireNumber } from "../errors.ts";
import type { OrderHistory } from "../history/order-history.ts";
import { countBelow } from "../matrix/bisect.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { normalQuantile } from "../statistics/normal.ts";
import { shrinkMeans } from "../statistics/shrunk-means.ts";
import { firstOrdersInPieces, productsOfOrder, type FirstOrders } from "./first-orders.ts";

export interface GatewayOptions extends TrainingControls {
  /** How long buyers are followed from their first order on. */
  readonly horizonDays?: number;
  /** First orders before it are left out, for such customers may be old ones. Milliseconds since 1970, UTC. */
  readonly from?: number;
  /** End of the data, exclusive; just after the last order when left out. */
  readonly until?: number;
  /** Worth of one minor unit of each currency in those of the reporting currency; needed where there are several. */
  readonly rates?: Readonly<Record<string, number>>;
  /** Products in fewer first orders are left out. */
  readonly minimumBuyers?: number;
  /** Coverage of the intervals, in (0, 1). */
  readonly confidence?: number;
}

/** A product of first orders. Money is in minor units of the reporting currency. */
export interface GatewayProduct {
  readonly product: number;
  /** Customers whose first order held it and whose horizon is over. */
  readonly buyers: number;
  /** Share of them that ordered again within the horizon. */
  readonly returnShare: number;
  /** Mean net revenue of their later orders within the horizon. */
  readonly laterValue: number;
  /** The same of customers with similar first orders that lack the product. */
  readonly similarValue: number;
  /** The difference, drawn towards the mean of all products, and the ends of its interval. Ranks products. */
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
}

export interface GatewayProducts {
  /** How the figures are to be read. */
  readonly reading: "related, not caused";
  readonly horizonDays: number;
  /** Customers that were followed, and those whose horizon is not over. */
  readonly customers: number;
  readonly censoredCustomers: number;
  readonly meanLaterValue: number;
  /** The largest difference first. */
  readonly products: readonly GatewayProduct[];
}

/**
 * O(lines + products x 60); memory 14 bytes a customer, 1 kB a product.
 * @throws InvalidInput when a rate is missing; InvalidOption on wrong options
 * @example
 * const { products } = await findGatewayProducts(history, { horizonDays: 365 });
 */
export async function findGatewayProducts(
  history: OrderHistory,
  {
    horizonDays = 180,
    from = -Infinity,
    until = (history.placedAt.at(-1) ?? 0) + 1,
    rates,
    minimumBuyers = 20,
    confidence = 0.95,
    ...controls
  }: GatewayOptions = {},
): Promise<GatewayProducts> {
  if (!(horizonDays > 0)) requireNumber("horizonDays", horizonDays, Number.MIN_VALUE);
  requireInteger("minimumBuyers", minimumBuyers, 1);
  requireNumber("confidence", confidence, Number.EPSILON, 1 - Number.EPSILON);
  const pace = createPacer("following first orders", history.placedAt.length, controls);
  const firsts = await pace.through(firstOrdersInPieces(history, { horizonDays, from, until, rates }), 0);
  const strata = stratify(history, firsts);
  const sums = new Map<number, BuyerSums>();
  for (const [customer, order] of firsts.order.entries()) {
    if ((customer & 63) === 0 && pace.isDue()) await pace.rest(history.placedAt.length);
    for (const product of productsOfOrder(history, order)) {
      const ofProduct = sums.get(product) ?? createSums();
      sums.set(product, ofProduct);
      ofProduct.customers[strata.stratumOf[customer]]++;
      ofProduct.values[strata.stratumOf[customer]] += firsts.laterValue[customer];
      ofProduct.returned += firsts.cameBack[customer];
    }
  }
  pace.finish();
  return {
    reading: "related, not caused",
    horizonDays,
    customers: firsts.order.length,
    censoredCustomers: firsts.censored,
    meanLaterValue: firsts.order.length > 0 ? sumOf(firsts.laterValue) / firsts.order.length : NaN,
    products: rank(sums, strata, { minimumBuyers, confidence }),
  };
}

/** Similar first orders: fifths of the value x one, two or three, more products x quarters of the year. */
const [valueClasses, sizeClasses, quarters] = [5, 3, 4];
const stratumCount = valueClasses * sizeClasses * quarters;
/** Customers as all are that are imagined in each stratum, so that an almost empty one says nothing odd. */
const imagined = 5;

interface Strata {
  readonly stratumOf: Uint8Array;
  readonly customers: Float64Array;
  readonly values: Float64Array;
  /** Variance of later value within each stratum. */
  readonly variance: Float64Array;
  readonly mean: number;
}

interface BuyerSums {
  readonly customers: Float64Array;
  readonly values: Float64Array;
  returned: number;
}

function createSums(): BuyerSums {
  return { customers: new Float64Array(stratumCount), values: new Float64Array(stratumCount), returned: 0 };
}

function stratify(history: OrderHistory, { order, firstValue, laterValue }: FirstOrders): Strata {
  const sorted = firstValue.toSorted();
  const bounds = Array.from({ length: valueClasses - 1 }, (_, k) => {
    return sorted[Math.floor(((k + 1) * sorted.length) / valueClasses)] ?? 0;
  });
  const stratumOf = Uint8Array.from(order, (index, customer) => {
    const value = countBelow(Float64Array.from(bounds), firstValue[customer]);
    const size = Math.min(2, Math.floor(productsOfOrder(history, index).length / 2));
    const quarter = Math.floor(new Date(history.placedAt[index]).getUTCMonth() / 3);
    return (value * sizeClasses + size) * quarters + quarter;
  });
  const { customers, values } = createSums();
  for (const [customer, stratum] of stratumOf.entries()) {
    customers[stratum]++;
    values[stratum] += laterValue[customer];
  }
  const mean = order.length > 0 ? sumOf(laterValue) / order.length : 0;
  const squares = new Float64Array(stratumCount);
  let allSquares = 0;
  for (const [customer, stratum] of stratumOf.entries()) {
    squares[stratum] += (laterValue[customer] - values[stratum] / customers[stratum]) ** 2;
    allSquares += (laterValue[customer] - mean) ** 2;
  }
  const common = order.length > 1 ? allSquares / (order.length - 1) : 0;
  const variance = squares.map((sum, stratum) => (sum + imagined * common) / (customers[stratum] + imagined));
  return { stratumOf, customers, values, variance, mean };
}

/** What buyers of the same strata without the product were worth, by the product's own mix of strata. */
function similarTo(own: BuyerSums, { customers, values, variance, mean }: Strata): { value: number; variance: number } {
  const buyers = sumOf(own.customers);
  let value = 0;
  let spread = 0;
  for (let stratum = 0; stratum < stratumCount; stratum++) {
    if (own.customers[stratum] === 0) continue;
    const share = own.customers[stratum] / buyers;
    const others = customers[stratum] - own.customers[stratum] + imagined;
    value += (share * (values[stratum] - own.values[stratum] + imagined * mean)) / others;
    spread += share ** 2 * variance[stratum] * (1 / own.customers[stratum] + 1 / others);
  }
  return { value, variance: spread };
}

function rank(
  sums: ReadonlyMap<number, BuyerSums>,
  strata: Strata,
  { minimumBuyers, confidence }: Required<Pick<GatewayOptions, "minimumBuyers" | "confidence">>,
): readonly GatewayProduct[] {
  const compared = [...sums]
    .map(([product, own]) => {
      const buyers = sumOf(own.customers);
      const laterValue = sumOf(own.values) / buyers;
      return { product, buyers, returnShare: own.returned / buyers, laterValue, similar: similarTo(own, strata) };
    })
    .filter(({ buyers }) => buyers >= minimumBuyers)
    .toSorted((a, b) => a.product - b.product);
  // Where nobody came back there is no variance and no difference either.
  const shrunk = shrinkMeans(
    compared.map(({ laterValue, similar }) => laterValue - similar.value),
    compared.map(({ similar }) => Math.max(similar.variance, 1e-9)),
  );
  const z = normalQuantile((1 + confidence) / 2);
  return compared
    .map(({ similar, ...figures }, place): GatewayProduct => {
      const reach = z * Math.sqrt(shrunk.variance[place]);
      const difference = shrunk.mean[place];
      return {
        ...figures,
        similarValue: similar.value,
        difference,
        lower: difference - reach,
        upper: difference + reach,
      };
    })
    .toSorted((a, b) => b.difference - a.difference || b.buyers - a.buyers || a.product - b.product);
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/**
 * How much of what is sold comes back, product by product. A product that sold three times says little, so its rate is
 * drawn towards that of its category, and a category's towards the shop's: empirical Bayes with Beta priors. How strongly
 * is fitted by moments: with n_i units, k_i returned and prior mean m_i, the statistic
 * X = sum (k_i - n_i m_i)^2 / (n_i m_i (1 - m_i)) is expected to be sum (1 + (n_i - 1) rho), where rho = 1 / (strength + 1).
 * Kleinman, "Proportions with extraneous variance", JASA 68 (1973); Williams, "Extra-binomial variation in logistic
 * linear models", Applied Statistics 31 (1982). The posterior mean is (k_i + strength m_i) / (n_i + strength).
 */
import { InvalidInput, requireNumber } from "../errors.ts";
import { lineFlag, type OrderHistory } from "./order-history.ts";

/** Shares of units, from 0 to 1. */
export interface ReturnRates {
  /** By product. */
  readonly product: Float64Array;
  /** By group. */
  readonly group: Float64Array;
  readonly shop: number;
  /** Units that a product would have to sell for its own rate to count as much as its group's; infinite where chance explains all differences. */
  readonly strength: number;
}

export interface ReturnRateOptions {
  /** Orders younger than this before the last one are left out: what will come back of them is still with the buyer. */
  readonly matureAfterDays?: number;
  /** Nothing at or after this time counts, in milliseconds since 1970; everything when left out. */
  readonly until?: number;
}

const day = 86_400_000;

/** Units sold and units that came back, by index. */
interface Sales {
  readonly sold: Float64Array;
  readonly returned: Float64Array;
}

/**
 * @param groupOf group of each product, for example `catalogue.categoryOf`; -1 for none, which the shop's rate stands in for
 * @returns rates of 0 where nothing was sold at all
 * @throws InvalidInput when `groupOf` is not as long as the history has products
 * @example
 * const { product } = returnRates(orders, catalogue.categoryOf);
 */
export function returnRates(
  history: OrderHistory,
  groupOf: Int32Array,
  { matureAfterDays = 30, until = Infinity }: ReturnRateOptions = {},
): ReturnRates {
  requireNumber("matureAfterDays", matureAfterDays, 0);
  if (groupOf.length < history.productCount)
    throw new InvalidInput("groupOf", `${groupOf.length} entries`, `${history.productCount} entries`);
  const sales = salesOf(history, groupOf.length, Math.min(until, history.placedAt.at(-1) ?? 0) - matureAfterDays * day);
  const byGroup = summed(sales, groupOf);
  const shop = ratio(sum(sales.returned), sum(sales.sold));
  const group = shrunk(byGroup, new Float64Array(byGroup.sold.length).fill(shop), 1);
  const priorMeans = Float64Array.from(groupOf, (own) => (own < 0 ? shop : group.rate[own]));
  const product = shrunk(sales, priorMeans, byGroup.sold.filter((sold) => sold > 0).length);
  return { product: product.rate, group: group.rate, shop, strength: product.strength };
}

function salesOf(history: OrderHistory, products: number, until: number): Sales {
  const { placedAt, lineOffsets, lineProduct, lineQuantity, lineReturnedQuantity, lineFlags } = history;
  const sold = new Float64Array(products);
  const returned = new Float64Array(products);
  for (let order = 0; order < placedAt.length && placedAt[order] <= until; order++) {
    for (let line = lineOffsets[order]; line < lineOffsets[order + 1]; line++) {
      if (lineFlags[line] & lineFlag.cancelled) continue;
      sold[lineProduct[line]] += lineQuantity[line];
      returned[lineProduct[line]] += Math.min(lineQuantity[line], lineReturnedQuantity[line]);
    }
  }
  return { sold, returned };
}

function summed({ sold, returned }: Sales, groupOf: Int32Array): Sales {
  const groups = groupOf.reduce((most, group) => Math.max(most, group + 1), 0);
  const sums = { sold: new Float64Array(groups), returned: new Float64Array(groups) };
  for (let product = 0; product < groupOf.length; product++) {
    if (groupOf[product] < 0) continue;
    sums.sold[groupOf[product]] += sold[product];
    sums.returned[groupOf[product]] += returned[product];
  }
  return sums;
}

/** Draws each own rate towards its prior mean. */
function shrunk(
  { sold, returned }: Sales,
  priorMeans: Float64Array,
  means: number,
): { readonly rate: Float64Array; readonly strength: number } {
  const strength = strengthOf({ sold, returned }, priorMeans, means);
  const rate = priorMeans.map((mean, i) => {
    if (sold[i] === 0 || strength === Infinity) return mean;
    return (returned[i] + strength * mean) / (sold[i] + strength);
  });
  return { rate, strength };
}

/** @param means how many different prior means the data were used for */
function strengthOf({ sold, returned }: Sales, priorMeans: Float64Array, means: number): number {
  let excess = means;
  let room = 0;
  for (let i = 0; i < sold.length; i++) {
    const mean = priorMeans[i];
    if (sold[i] === 0 || mean <= 0 || mean >= 1) continue;
    excess += (returned[i] - sold[i] * mean) ** 2 / (sold[i] * mean * (1 - mean)) - 1;
    room += sold[i] - 1;
  }
  if (excess <= 0 || room <= 0) return Infinity;
  return Math.max(0, room / excess - 1);
}

const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);
const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : 0);

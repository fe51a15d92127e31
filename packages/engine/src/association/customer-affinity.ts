/**
 * What a customer leans to: categories, brands or price bands, each told against the shop's mean. Few purchases say little
 * of somebody, so a customer's shares are drawn towards the shop's by as many purchases as the customers' likeness is
 * worth (Dirichlet-multinomial, strength by maximum likelihood: `statistics/dirichlet-multinomial.ts`).
 */
import { InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import type { TrainingView } from "../history/training-view.ts";
import { sparseMatrixInPieces, type SparseMatrix } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { fitDirichlet, type DirichletFit } from "../statistics/dirichlet-multinomial.ts";
import { betaQuantile } from "../statistics/incomplete-beta.ts";
import { requireLabels, type ProductLabels } from "./product-labels.ts";

/** Purchases by customer and label, and what is common to all customers. */
export interface CustomerAffinities extends DirichletFit {
  /** Customers x labels: products bought, a product once an order. */
  readonly purchases: SparseMatrix;
}

/**
 * Guests are left out. O(cells log cells); memory 12 bytes a customer and label bought.
 * @throws InvalidInput when labels do not fit the products
 * @example
 * const tastes = await fitCustomerAffinities(view, brandLabels(catalogue));
 * tastes.strength; // 8.1: a customer's own purchases weigh more than the shop's mean from the ninth on
 */
export async function fitCustomerAffinities(
  { baskets, basketCustomer, customerCount }: Pick<TrainingView, "baskets" | "basketCustomer" | "customerCount">,
  labels: ProductLabels,
  controls: TrainingControls = {},
): Promise<CustomerAffinities> {
  requireLabels(labels, baskets.columns);
  const row = new Uint32Array(baskets.indices.length);
  const column = new Uint32Array(baskets.indices.length);
  let cells = 0;
  const pace = createPacer("counting customers' labels", baskets.rows, controls);
  for (let basket = 0; basket < baskets.rows; basket++) {
    if ((basket & 63) === 0 && pace.isDue()) await pace.rest(basket);
    if (basketCustomer[basket] < 0) continue;
    for (let i = baskets.offsets[basket]; i < baskets.offsets[basket + 1]; i++) {
      const label = labels.labelOf[baskets.indices[i]];
      if (label < 0) continue;
      row[cells] = basketCustomer[basket];
      column[cells++] = label;
    }
  }
  const matrix = sparseMatrixInPieces({
    rows: customerCount,
    columns: labels.size,
    row: row.subarray(0, cells),
    column: column.subarray(0, cells),
  });
  const purchases = await pace.through(matrix, baskets.rows);
  pace.finish();
  return { purchases, ...fitDirichlet(purchases) };
}

/** How a customer leans to one label. */
export interface CustomerAffinity {
  readonly label: number;
  /** Products of it that the customer bought. */
  readonly count: number;
  /** Share of the customer's purchases, drawn towards the shop's, and the ends of its interval. */
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
  /** Share over the shop's: 2 is twice as fond of it as others are. */
  readonly affinity: number;
}

/**
 * All labels that sell, the ones the customer leans to most first. A customer without a purchase has the shop's shares.
 * @param confidence coverage of each interval, in (0, 1)
 * @throws InvalidOption when the customer is unknown or `confidence` out of range
 * @example
 * const [favourite] = customerAffinities(tastes, 42);
 */
export function customerAffinities(
  { purchases, mean, strength }: CustomerAffinities,
  customer: number,
  confidence = 0.9,
): readonly CustomerAffinity[] {
  requireInteger("customer", customer, 0);
  if (customer >= purchases.rows) throw new InvalidOption("customer", customer, `an index below ${purchases.rows}`);
  requireNumber("confidence", confidence, Number.EPSILON, 1 - Number.EPSILON);
  const miss = (1 - confidence) / 2;
  const counts = new Float64Array(mean.length);
  let total = 0;
  for (let i = purchases.offsets[customer]; i < purchases.offsets[customer + 1]; i++) {
    counts[purchases.indices[i]] = purchases.values[i];
    total += purchases.values[i];
  }
  return Array.from(counts.keys())
    .filter((label) => mean[label] > 0)
    .map((label) => {
      const weight = counts[label] + strength * mean[label];
      const rest = total + strength - weight;
      const share = weight / (total + strength);
      // Where the shop has one label only, all shares are 1 for certain.
      const isCertain = rest <= 1e-9 * weight;
      return {
        label,
        count: counts[label],
        share,
        lower: isCertain ? 1 : betaQuantile(miss, weight, rest),
        upper: isCertain ? 1 : betaQuantile(1 - miss, weight, rest),
        affinity: share / mean[label],
      };
    })
    .toSorted((a, b) => b.affinity - a.affinity || a.label - b.label);
}

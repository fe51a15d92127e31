/** What a customer's past purchases say of a product: through tables of pairs, and through the customer's own habits. */
import type { NeighbourTable } from "../models/neighbour-table.ts";
import type { SignalSource } from "../models/signal.ts";
import type { SignalColumn } from "../models/signal-columns.ts";
import type { PurchaseQuestion, Purchases } from "./purchase-question.ts";

/** One table read with one memory. */
export interface TableReading {
  readonly name: string;
  readonly table: NeighbourTable;
  /** Weight of a basket against the one after it: 1 forgets nothing, 0 reads the last basket only. */
  readonly memory: number;
  /** Whether products that the customer owns keep what the table says of them. */
  readonly owned: boolean;
}

/** One signal a reading: sums over the customer's products, divided by the largest, so that it lies within 0 and 1. */
export function tableSignals(
  readings: readonly TableReading[],
  read: (question: PurchaseQuestion) => Purchases,
): SignalSource<PurchaseQuestion> {
  return {
    signals: readings.map(({ name }) => name),
    fill(question, into) {
      const purchases = read(question);
      for (const [place, reading] of readings.entries()) fillReading(reading, purchases, into[place]);
    },
  };
}

function fillReading({ table, memory, owned }: TableReading, purchases: Purchases, into: SignalColumn): void {
  const { offsets, indices, weights } = table;
  const { products, basketsAgo } = purchases;
  for (let entry = 0; entry < products.length; entry++) {
    const voice = memory ** basketsAgo[entry];
    if (voice === 0) continue;
    into.addRow(indices, weights, offsets[products[entry]], offsets[products[entry] + 1], voice);
  }
  if (!owned) for (const { product } of purchases.owned) into.erase(product);
  into.divideByLargest();
}

/** What habits are measured against, a value a product. */
export interface HabitColumns {
  /** ln of how readily owners of a product buy it again, against the average product. */
  readonly repeatRate: Float32Array;
  /** ln(customers whose last basket held it + 1/2). */
  readonly current: Float32Array;
}

const habitNames = ["owned", "times", "repeatRate", "inverseBaskets", "shareOfBaskets", "ownedAndCurrent"] as const;

/**
 * Signals for products the customer owns: 1, ln(1 + times bought), how readily the product is bought again, 1 / baskets
 * of the customer, share of the baskets that held it, and how current it is in the shop.
 */
export function purchaseHabits(
  { repeatRate, current }: HabitColumns,
  read: (question: PurchaseQuestion) => Purchases,
): SignalSource<PurchaseQuestion> {
  return {
    signals: habitNames,
    fill(question, [owned, times, rate, inverseBaskets, shareOfBaskets, ownedAndCurrent]) {
      const purchases = read(question);
      for (const { product, count } of purchases.owned) {
        owned.add(product, 1);
        times.add(product, Math.log(1 + count));
        rate.add(product, repeatRate[product]);
        inverseBaskets.add(product, 1 / purchases.basketCount);
        shareOfBaskets.add(product, count / purchases.basketCount);
        ownedAndCurrent.add(product, current[product]);
      }
    },
  };
}

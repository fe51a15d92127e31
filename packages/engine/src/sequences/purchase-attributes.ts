/** Products like those a customer bought, by what the catalogue says of them: no sale of theirs is needed. */
import { Accumulator } from "../matrix/accumulator.ts";
import { columnSizes, transpose, type Incidence, type SparseMatrix } from "../matrix/sparse.ts";
import type { SignalSource } from "../models/signal.ts";
import type { SignalColumn } from "../models/signal-columns.ts";
import type { PurchaseQuestion, Purchases } from "./purchase-question.ts";

/**
 * Weighs attributes by their rarity and brings every product to length 1, so that products of many attributes speak as
 * loud as those of few.
 * @param attributes products x attributes
 * @example
 * const weighed = weighAttributes(incidence({ rows: products, columns: attributes, row, column }));
 */
export function weighAttributes({ rows, columns, offsets, indices }: Incidence): SparseMatrix {
  const rarity = Float64Array.from(columnSizes({ rows, columns, offsets, indices }), (holders) =>
    Math.max(0, Math.log((rows + 1) / (holders + 1))),
  );
  const values = Float64Array.from(indices, (attribute) => rarity[attribute]);
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    for (let i = offsets[row]; i < offsets[row + 1]; i++) squares += values[i] * values[i];
    if (squares > 0) for (let i = offsets[row]; i < offsets[row + 1]; i++) values[i] /= Math.sqrt(squares);
  }
  return { rows, columns, offsets, indices, values };
}

/** The attributes read with one memory. */
export interface AttributeReading {
  readonly name: string;
  readonly memory: number;
}

/**
 * One signal a reading: dot products of the customer's attributes with every product's, divided by the largest. What the
 * customer owns is left out before.
 * @param attributes products x attributes with weights
 */
export function attributeSignals(
  attributes: SparseMatrix,
  readings: readonly AttributeReading[],
  read: (question: PurchaseQuestion) => Purchases,
): SignalSource<PurchaseQuestion> {
  const holders = transpose(attributes);
  const profile = new Accumulator(attributes.columns);
  const ask = ({ products, basketsAgo, owned }: Purchases, memory: number, into: SignalColumn): void => {
    for (let entry = 0; entry < products.length; entry++) {
      const voice = memory ** basketsAgo[entry];
      const end = attributes.offsets[products[entry] + 1];
      for (let i = attributes.offsets[products[entry]]; i < end; i++) {
        profile.add(attributes.indices[i], voice * attributes.values[i]);
      }
    }
    for (const attribute of profile.touched) {
      const liking = profile.values[attribute];
      for (let i = holders.offsets[attribute]; i < holders.offsets[attribute + 1]; i++) {
        into.add(holders.indices[i], liking * holders.values[i]);
      }
    }
    profile.clear();
    for (const { product } of owned) into.erase(product);
    into.divideByLargest();
  };
  return {
    signals: readings.map(({ name }) => name),
    fill(question, into) {
      const purchases = read(question);
      for (const [place, { memory }] of readings.entries()) ask(purchases, memory, into[place]);
    },
  };
}

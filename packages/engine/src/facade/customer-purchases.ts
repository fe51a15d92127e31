/** What each customer bought, oldest first, in columns: what personal recommendations start from. Private data. */
import { createIdentifiers, type Identifiers } from "../catalogue/identifiers.ts";
import type { CustomerPurchases } from "../decision/state.ts";
import { decodeStrings, encodeStrings } from "../files/index.ts";
import type { ModelFile } from "../files/model-file.ts";
import { InvalidFile } from "../errors.ts";
import type { TrainingView } from "../history/training-view.ts";
import { groupByRow, rowOf, type Incidence } from "../matrix/sparse.ts";

/** Purchases by customer index; a product bought again moves to the end. */
export interface CustomerPurchaseColumns extends CustomerPurchases {
  readonly customers: Identifiers;
  readonly purchases: Incidence;
}

/** Collects the purchases of everyone the shop vouches for. Guests leave none. */
export function collectPurchases(view: TrainingView, customers: Identifiers): CustomerPurchaseColumns {
  const { baskets, basketCustomer, productCount } = view;
  const row: number[] = [];
  const column: number[] = [];
  const basketsOf = groupByRow({
    rows: customers.size + 1,
    columns: baskets.rows,
    row: basketCustomer.map((customer) => (customer < 0 ? customers.size : customer)),
    column: Uint32Array.from({ length: baskets.rows }, (_, basket) => basket),
  });
  for (let customer = 0; customer < customers.size; customer++) {
    const bought = new Set<number>();
    for (const basket of rowOf(basketsOf, customer)) {
      for (const product of rowOf(baskets, basket)) {
        bought.delete(product);
        bought.add(product);
      }
    }
    for (const product of bought) {
      row.push(customer);
      column.push(product);
    }
  }
  return withLookup(customers, groupByRow({ rows: customers.size, columns: productCount, row, column }));
}

export function savePurchases({ customers, purchases }: CustomerPurchaseColumns): ModelFile {
  const ids = encodeStrings(customers.all);
  return {
    kind: "customer-purchases",
    settings: { productCount: purchases.columns },
    columns: { idBytes: ids.bytes, idOffsets: ids.offsets, offsets: purchases.offsets, products: purchases.indices },
  };
}

/** @throws InvalidFile when the file is of another kind or lacks a column */
export function loadPurchases({ kind, settings, columns }: ModelFile): CustomerPurchaseColumns {
  const { idBytes, idOffsets, offsets, products } = columns;
  const complete =
    kind === "customer-purchases" &&
    idBytes instanceof Uint8Array &&
    idOffsets instanceof Uint32Array &&
    offsets instanceof Uint32Array &&
    products instanceof Uint32Array;
  if (!complete)
    throw new InvalidFile(`A file of customer purchases is needed; this one is of kind "${kind}" or lacks a column.`);
  const customers = createIdentifiers(decodeStrings({ bytes: idBytes, offsets: idOffsets }));
  const columnCount = Number(settings.productCount);
  return withLookup(customers, { rows: customers.size, columns: columnCount, offsets, indices: products });
}

function withLookup(customers: Identifiers, purchases: Incidence): CustomerPurchaseColumns {
  return {
    customers,
    purchases,
    of(customerId) {
      const customer = customers.indexOf(customerId);
      return customer === undefined ? [] : rowOf(purchases, customer);
    },
  };
}

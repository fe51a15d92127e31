/** What each customer bought, oldest first, in columns: what personal recommendations start from. Private data. */
import { createIdentifiers, type Identifiers } from "../catalogue/identifiers.ts";
import type { CustomerPurchases } from "../decision/state.ts";
import { decodeStringsInPieces, encodeStrings } from "../files/strings.ts";
import type { ModelFile } from "../files/model-file.ts";
import { InvalidFile } from "../errors.ts";
import type { TrainingView } from "../history/training-view.ts";
import { GrowingColumn } from "../matrix/growing-column.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { groupByRowInPieces, rowOf, type Incidence } from "../matrix/sparse.ts";

/** Purchases by customer index; a product bought again moves to the end. */
export interface CustomerPurchaseColumns extends CustomerPurchases {
  readonly customers: Identifiers;
  readonly purchases: Incidence;
}

/** Customers that are read between two pauses. */
const customersAPiece = 256;

/** Collects the purchases of everyone the shop vouches for, pausing on the way. Guests leave none. */
export function* collectPurchases(view: TrainingView, customers: Identifiers): InPieces<CustomerPurchaseColumns> {
  const { baskets, basketCustomer, productCount } = view;
  const row = new GrowingColumn(Uint32Array);
  const column = new GrowingColumn(Uint32Array);
  const basketsOf = yield* groupByRowInPieces({
    rows: customers.size + 1,
    columns: baskets.rows,
    row: basketCustomer.map((customer) => (customer < 0 ? customers.size : customer)),
    column: basketCustomer.map((_, basket) => basket),
  });
  for (let customer = 0; customer < customers.size; customer++) {
    if (customer % customersAPiece === 0) yield;
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
  const cells = { rows: customers.size, columns: productCount, row: row.trimmed(), column: column.trimmed() };
  return withLookup(customers, yield* groupByRowInPieces(cells));
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
export function* readPurchases({ kind, settings, columns }: ModelFile): InPieces<CustomerPurchaseColumns> {
  const { idBytes, idOffsets, offsets, products } = columns;
  const complete =
    kind === "customer-purchases" &&
    idBytes instanceof Uint8Array &&
    idOffsets instanceof Uint32Array &&
    offsets instanceof Uint32Array &&
    products instanceof Uint32Array;
  if (!complete)
    throw new InvalidFile(`A file of customer purchases is needed; this one is of kind "${kind}" or lacks a column.`);
  const customers = createIdentifiers();
  for (const [index, id] of (yield* decodeStringsInPieces({ bytes: idBytes, offsets: idOffsets })).entries()) {
    if (index % customersAPiece === 0) yield;
    customers.intern(id);
  }
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

/** What each customer bought, order by order, in columns: what personal recommendations start from. Private data. */
import { createIdentifiers, type Identifiers } from "../catalogue/identifiers.ts";
import type { CustomerPurchases } from "../decision/state.ts";
import { decodeStringsInPieces, encodeStrings } from "../files/strings.ts";
import type { ModelFile } from "../files/model-file.ts";
import { InvalidFile } from "../errors.ts";
import { basketsByCustomerInPieces } from "../history/customer-baskets.ts";
import type { TrainingView } from "../history/training-view.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { rowOf, type Incidence } from "../matrix/sparse.ts";

/** Purchases by customer index, oldest order first; a product bought again stands there again. */
export interface CustomerPurchaseColumns extends CustomerPurchases {
  readonly customers: Identifiers;
  readonly purchases: Incidence;
  /** Customers x where each order ends in the customer's row of `purchases`. */
  readonly basketEnds: Incidence;
}

/** Customers that are read between two pauses. */
const customersAPiece = 256;

/** Collects the purchases of everyone the shop vouches for, pausing on the way. Guests leave none. */
export function* collectPurchases(view: TrainingView, customers: Identifiers): InPieces<CustomerPurchaseColumns> {
  const { baskets, productCount: columns } = view;
  const rows = customers.size;
  const basketsOf = yield* basketsByCustomerInPieces({ ...view, customerCount: rows });
  const offsets = new Uint32Array(rows + 1);
  const ends = new Uint32Array(basketsOf.indices.length);
  let bought = 0;
  for (let customer = 0; customer < rows; customer++) {
    if (customer % customersAPiece === 0) yield;
    for (let i = basketsOf.offsets[customer]; i < basketsOf.offsets[customer + 1]; i++) {
      const basket = basketsOf.indices[i];
      bought += baskets.offsets[basket + 1] - baskets.offsets[basket];
      ends[i] = bought - offsets[customer];
    }
    offsets[customer + 1] = bought;
  }
  const indices = new Uint32Array(bought);
  for (let i = 0, length = 0; i < ends.length; i++) {
    if (i % customersAPiece === 0) yield;
    const basket = rowOf(baskets, basketsOf.indices[i]);
    indices.set(basket, length);
    length += basket.length;
  }
  const basketEnds = { rows, columns: bought + 1, offsets: basketsOf.offsets, indices: ends };
  return withLookup(customers, { rows, columns, offsets, indices }, basketEnds);
}

export function savePurchases({ customers, purchases, basketEnds }: CustomerPurchaseColumns): ModelFile {
  const ids = encodeStrings(customers.all);
  return {
    kind: "customer-purchases",
    settings: { productCount: purchases.columns },
    columns: {
      idBytes: ids.bytes,
      idOffsets: ids.offsets,
      offsets: purchases.offsets,
      products: purchases.indices,
      basketOffsets: basketEnds.offsets,
      basketEnds: basketEnds.indices,
    },
  };
}

/** @throws InvalidFile when the file is of another kind or lacks a column */
export function* readPurchases({ kind, settings, columns }: ModelFile): InPieces<CustomerPurchaseColumns> {
  const { idBytes, idOffsets, offsets, products, basketOffsets, basketEnds } = columns;
  const complete =
    kind === "customer-purchases" &&
    idBytes instanceof Uint8Array &&
    idOffsets instanceof Uint32Array &&
    offsets instanceof Uint32Array &&
    products instanceof Uint32Array &&
    basketOffsets instanceof Uint32Array &&
    basketEnds instanceof Uint32Array;
  if (!complete)
    throw new InvalidFile(`A file of customer purchases is needed; this one is of kind "${kind}" or lacks a column.`);
  const customers = createIdentifiers();
  for (const [index, id] of (yield* decodeStringsInPieces({ bytes: idBytes, offsets: idOffsets })).entries()) {
    if (index % customersAPiece === 0) yield;
    customers.intern(id);
  }
  const rows = customers.size;
  return withLookup(
    customers,
    { rows, columns: Number(settings.productCount), offsets, indices: products },
    { rows, columns: products.length + 1, offsets: basketOffsets, indices: basketEnds },
  );
}

function withLookup(customers: Identifiers, purchases: Incidence, basketEnds: Incidence): CustomerPurchaseColumns {
  const of = (customerId: string, rows: Incidence): ArrayLike<number> => {
    const customer = customers.indexOf(customerId);
    return customer === undefined ? [] : rowOf(rows, customer);
  };
  return {
    customers,
    purchases,
    basketEnds,
    of: (customerId) => of(customerId, purchases),
    basketEndsOf: (customerId) => of(customerId, basketEnds),
  };
}

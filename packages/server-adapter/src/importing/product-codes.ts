/**
 * Which product each order line means. Codes that differ only in case and spaces are one product; a line without a code
 * goes by its SKU, then by the product's name. With a products file, whatever it knows wins.
 */
import { createIdentifiers } from "@basketlift/engine/catalogue";
import type { OrderField } from "./order-column-names.ts";
import { plainCode } from "./pseudo-products.ts";
import { rowsPerText, type StagedColumn, type StagedRows } from "./staged-table.ts";

/** Products of order lines by index. */
export interface ProductCodes {
  /** Index into `ids` plus one; 0 for rows that name no product. */
  readonly of: Uint32Array;
  /** The id under which each product goes: the products file's, else the commonest spelling. */
  readonly ids: readonly string[];
  /** Distinct codes as they are spelled. */
  readonly spellings: number;
  /** Spellings that were taken for another spelling of the same code. */
  readonly merged: number;
  /** Codes a spreadsheet has destroyed: 5.01235E+12. */
  readonly destroyed: readonly string[];
}

/** Fields that say which product, the most telling first, and which of them wins when the products file knows several. */
const codeFields = ["product", "sku", "productName"] as const satisfies readonly OrderField[];
const knownFields = ["sku", "product", "productName"] as const satisfies readonly OrderField[];

/**
 * @param resolve finds the id of a product of the products file by a code, SKU or title
 */
export function readProductCodes(
  staged: StagedRows<OrderField>,
  resolve: (code: string) => string | undefined,
): ProductCodes {
  const products = createSpellings();
  const columns = new Map(codeFields.map((field) => [field, readCodes(staged.column(field), resolve, products)]));
  const inOrder = (fields: readonly (typeof codeFields)[number][]) =>
    fields.flatMap((field) => columns.get(field) ?? []);
  const byKnowledge = inOrder(knownFields);
  const byOrder = inOrder(codeFields);
  const of = new Uint32Array(staged.rows);
  for (let row = 0; row < staged.rows; row++) {
    const known = byKnowledge.find((column) => column.isKnown[column.codes[row]] === 1);
    const column = known ?? byOrder.find((candidate) => candidate.codes[row] !== 0);
    if (column) of[row] = column.productOf(column.codes[row]);
  }
  const spelled = staged.column(codeFields.find((field) => staged.has(field)) ?? "product");
  return {
    of,
    ...products.finish(),
    spellings: rowsPerText(spelled).reduce((sum, rows, code) => sum + (code > 0 && rows > 0 ? 1 : 0), 0),
    destroyed: spelled.texts.filter((text) => /^\d[.,]\d+E\+\d+$/i.test(text)),
  };
}

/** A column with the product that each of its texts means, looked up once per text. */
function readCodes({ codes, texts }: StagedColumn, resolve: (code: string) => string | undefined, products: Spellings) {
  const knownIds = texts.map((text) => (text === "" ? undefined : resolve(text)));
  const product = new Uint32Array(texts.length);
  return {
    codes,
    isKnown: Uint8Array.from(knownIds, (id) => (id === undefined ? 0 : 1)),
    /** Product index plus one; counts the row for the spelling. */
    productOf(code: number): number {
      const id = knownIds[code];
      product[code] ||= id === undefined ? products.ofCode(texts[code]) : products.ofKnown(id);
      products.count(product[code], id ?? texts[code]);
      return product[code];
    },
  };
}

type Spellings = ReturnType<typeof createSpellings>;

/** Products by plain code, with how often each spelling stands. */
function createSpellings() {
  const indexOf = createIdentifiers();
  const spellings: Map<string, number>[] = [];
  function intern(key: string): number {
    const index = indexOf.intern(key);
    spellings[index] ??= new Map();
    return index + 1;
  }
  return {
    ofCode: (code: string): number => intern(`code ${plainCode(code)}`),
    ofKnown: (id: string): number => intern(`id ${id}`),
    count(product: number, spelling: string): void {
      const counts = spellings[product - 1];
      counts.set(spelling, (counts.get(spelling) ?? 0) + 1);
    },
    finish: (): Pick<ProductCodes, "ids" | "merged"> => ({
      ids: spellings.map(commonestSpelling),
      merged: spellings.reduce((sum, counts) => sum + counts.size - 1, 0),
    }),
  };
}

function commonestSpelling(counts: ReadonlyMap<string, number>): string {
  let best = "";
  for (const [spelling, count] of counts) if (best === "" || count > (counts.get(best) ?? 0)) best = spelling;
  return best;
}

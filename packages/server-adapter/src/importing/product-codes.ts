/**
 * Which product each order line means. Codes that differ only in case and spaces are one product; a line without a code
 * goes by its SKU, then by the product's name. With a products file, whatever it knows wins.
 */
import type { OrderField } from "./column-names.ts";
import { plainCode } from "./pseudo-products.ts";
import { rowsPerText, type StagedRows } from "./staged-table.ts";

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
  const read = (field: OrderField): { codes: Uint32Array; known: (string | undefined)[]; texts: readonly string[] } => {
    const { codes, texts } = staged.column(field);
    return { codes, texts, known: texts.map((text) => (text === "" ? undefined : resolve(text))) };
  };
  const byKnowledge = knownFields.map(read);
  const byOrder = codeFields.map(read);
  const of = new Uint32Array(staged.rows);
  for (let row = 0; row < staged.rows; row++) {
    const known = byKnowledge.find((column) => column.known[column.codes[row]] !== undefined);
    const column = known ?? byOrder.find((candidate) => candidate.codes[row] !== 0);
    if (!column) continue;
    const code = column.codes[row];
    const id = column.known[code];
    of[row] = id === undefined ? products.add(column.texts[code]) : products.addKnown(id);
  }
  const spelled = codeFields.find((field) => staged.has(field)) ?? "product";
  const counts = rowsPerText(staged.column(spelled));
  return {
    of,
    ids: products.ids(),
    spellings: counts.reduce((sum, rows, code) => sum + (code > 0 && rows > 0 ? 1 : 0), 0),
    merged: products.merged(),
    destroyed: staged.column(spelled).texts.filter((text) => /^\d[.,]\d+E\+\d+$/i.test(text)),
  };
}

/** Products by plain code, with how often each spelling stands. */
function createSpellings() {
  const indexOf = new Map<string, number>();
  const spellings: Map<string, number>[] = [];
  function intern(key: string): number {
    const index = indexOf.get(key);
    if (index !== undefined) return index;
    indexOf.set(key, spellings.length + 1);
    return spellings.push(new Map());
  }
  function count(index: number, spelling: string): number {
    const counts = spellings[index - 1];
    counts.set(spelling, (counts.get(spelling) ?? 0) + 1);
    return index;
  }
  return {
    add: (spelling: string): number => count(intern(`code ${plainCode(spelling)}`), spelling),
    addKnown: (id: string): number => count(intern(`id ${id}`), id),
    ids: (): string[] => spellings.map(commonestSpelling),
    merged: (): number => spellings.reduce((sum, counts) => sum + counts.size - 1, 0),
  };
}

function commonestSpelling(counts: ReadonlyMap<string, number>): string {
  let best = "";
  for (const [spelling, count] of counts) if (best === "" || count > (counts.get(best) ?? 0)) best = spelling;
  return best;
}

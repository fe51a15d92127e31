/** Questions about users, or customers, whose rows stand side by side in what is known and what came later. */
import { InvalidInput } from "../errors.ts";
import { columnSizes, rowOf, type Incidence } from "../matrix/sparse.ts";
import type { Query } from "../models/recommender.ts";
import { withinRows } from "./leaks.ts";
import type { Questions } from "./question.ts";
import type { Split } from "./split.ts";

/** What may be answered. */
export interface HeldOutOptions {
  /**
   * Whether products of the history may be answered too. When not (the default, as most papers mask them), what was
   * taken before is neither answered nor looked for.
   */
  readonly repeats?: boolean;
}

/** Who is asked about, and who cannot be. */
export interface RowQuestions<Asked extends Query> {
  readonly questions: Questions<Asked>;
  /** Rows of `later` of whom nothing is known, or, without repeats, that hold nothing but what is known. */
  readonly leftOut: { readonly withoutHistory: number; readonly nothingNew: number };
}

/**
 * Asks about every row of `later` what it holds.
 * @param known the same rows, before: what they hold is not looked for unless `repeats`
 * @param queryOf the question about a row
 */
export function askAboutRows<Asked extends Query>(
  known: Incidence,
  later: Incidence,
  repeats: boolean,
  queryOf: (row: number) => Asked,
): RowQuestions<Asked> {
  const lookedFor = (row: number): ReadonlySet<number> => {
    const found = new Set(rowOf(later, row));
    if (!repeats) for (const product of rowOf(known, row)) found.delete(product);
    return found;
  };
  const leftOut = { withoutHistory: 0, nothingNew: 0 };
  const rows: number[] = [];
  for (let row = 0; row < later.rows; row++) {
    if (rowOf(later, row).length === 0) continue;
    if (rowOf(known, row).length === 0) leftOut.withoutHistory++;
    else if (lookedFor(row).size === 0) leftOut.nothingNew++;
    else rows.push(row);
  }
  const at: Questions<Asked>["at"] = (index) => {
    const unit = rows[index];
    return { query: queryOf(unit), relevant: lookedFor(unit), unit };
  };
  return { questions: { length: rows.length, at }, leftOut };
}

/**
 * Asks for each user of the test part what of it they took, given all of their training part.
 * @throws InvalidInput when the parts differ in shape
 */
export function splitOfRows(
  protocol: string,
  training: Incidence,
  test: Incidence,
  { repeats = false }: HeldOutOptions,
): Split<Incidence> {
  requireSameShape(training, test);
  return {
    protocol: `${protocol}; whole catalogue ranked, ${repeats ? "the history may be answered" : "the history masked"}`,
    training,
    productCount: training.columns,
    popularity: { counts: columnSizes(training), among: training.rows },
    ...askAboutRows(training, test, repeats, (user) => ({ history: rowOf(training, user), repeats })),
    findLeak: withinRows(training).findLeak,
  };
}

function requireSameShape(training: Incidence, test: Incidence): void {
  if (training.rows === test.rows && training.columns === test.columns) return;
  const shape = ({ rows, columns }: Incidence): string => `${rows} x ${columns}`;
  throw new InvalidInput("test", shape(test), `of the shape of the training part, ${shape(training)}`);
}

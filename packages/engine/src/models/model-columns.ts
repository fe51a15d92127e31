/**
 * Reads a model file back and refuses a damaged one, so that a bad byte is an error and never a bad answer. Columns hold
 * millions of entries, so looking through them pauses on the way.
 */
import { InvalidFile } from "../errors.ts";
import type { Column, ModelFile } from "../files/model-file.ts";
import { pieceSize, type InPieces } from "../matrix/pieces.ts";
import type { Incidence } from "../matrix/sparse.ts";

/**
 * @throws InvalidFile when the file holds a model of another kind
 * @example
 * requireKind(file, "popularity");
 */
export function requireKind(file: ModelFile, kind: string): void {
  if (file.kind !== kind) throw new InvalidFile(`Expected a model of kind "${kind}"; the file holds "${file.kind}".`);
}

/**
 * @throws InvalidFile when the setting is absent or not a number of at least `minimum`
 * @example
 * const recency = numberSetting(file, "recency", 0);
 */
export function numberSetting({ kind, settings }: ModelFile, name: string, minimum = 0): number {
  const value = settings[name];
  if (typeof value !== "number" || !(value >= minimum)) {
    throw new InvalidFile(`Setting "${name}" of the ${kind} model must be a number of at least ${minimum}.`);
  }
  return value;
}

/**
 * @throws InvalidFile when the setting is absent or not a whole number of at least `minimum`
 * @example
 * const productCount = integerSetting(file, "productCount");
 */
export function integerSetting(file: ModelFile, name: string, minimum = 0): number {
  const value = numberSetting(file, name, minimum);
  if (!Number.isInteger(value)) throw new InvalidFile(`Setting "${name}" of the ${file.kind} model must be whole.`);
  return value;
}

/**
 * @param type class of the column, for example `Float32Array`
 * @param length what the column must hold; any number of entries when left out
 * @throws InvalidFile when the column is absent, of another type or of another length, or holds NaN or infinities
 * @example
 * const scores = yield* columnOf(file, "scores", Float64Array, productCount);
 */
export function* columnOf<Type extends Column>(
  { kind, columns }: ModelFile,
  name: string,
  type: new (length: number) => Type,
  length?: number,
): InPieces<Type> {
  const column = columns[name];
  if (!(column instanceof type)) throw new InvalidFile(`Column "${name}" of the ${kind} model must be a ${type.name}.`);
  if (length !== undefined && column.length !== length) {
    throw new InvalidFile(`Column "${name}" of the ${kind} model must hold ${length} entries, not ${column.length}.`);
  }
  if (!(yield* holdsFinite(column))) {
    throw new InvalidFile(`Column "${name}" of the ${kind} model must hold finite numbers only.`);
  }
  return column;
}

/** Columns of integers hold nothing else. */
function* holdsFinite(column: Column): InPieces<boolean> {
  if (!(column instanceof Float64Array || column instanceof Float32Array)) return true;
  for (let i = 0; i < column.length; i++) {
    if (!Number.isFinite(column[i])) return false;
    if (i % pieceSize === 0) yield;
  }
  return true;
}

/**
 * Reads the row lists of an `Incidence` from two columns.
 * @throws InvalidFile when offsets do not ascend to the end of `indices`, or an index is not below `columns`
 * @example
 * const sessions = yield* rowsOf(file, "sessionOffsets", "sessionProducts", { columns: productCount });
 */
export function* rowsOf(
  file: ModelFile,
  offsetsName: string,
  indicesName: string,
  shape: { readonly rows?: number; readonly columns: number },
): InPieces<Incidence> {
  const offsets = yield* columnOf(
    file,
    offsetsName,
    Uint32Array,
    shape.rows === undefined ? undefined : shape.rows + 1,
  );
  const indices = yield* indicesOf(file, indicesName, shape.columns);
  for (let row = 1; row < offsets.length; row++) {
    if (offsets[row] < offsets[row - 1]) {
      throw new InvalidFile(`Column "${offsetsName}" of the ${file.kind} model must ascend.`);
    }
    if (row % pieceSize === 0) yield;
  }
  if (offsets[0] !== 0 || offsets.at(-1) !== indices.length) {
    throw new InvalidFile(`Column "${offsetsName}" of the ${file.kind} model must end where "${indicesName}" ends.`);
  }
  return { rows: offsets.length - 1, columns: shape.columns, offsets, indices };
}

/**
 * @throws InvalidFile when an index of the column is not below `bound`
 * @example
 * const products = yield* indicesOf(file, "products", productCount);
 */
export function* indicesOf(file: ModelFile, name: string, bound: number, length?: number): InPieces<Uint32Array> {
  const indices = yield* columnOf(file, name, Uint32Array, length);
  for (let i = 0; i < indices.length; i++) {
    if (indices[i] >= bound)
      throw new InvalidFile(`Column "${name}" of the ${file.kind} model points beyond ${bound}.`);
    if (i % pieceSize === 0) yield;
  }
  return indices;
}

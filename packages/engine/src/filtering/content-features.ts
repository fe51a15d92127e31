/**
 * Products as sparse vectors of what a catalogue says of them. Every field (text, category, brand, attributes) makes a
 * vector of length 1 by TF-IDF (Salton and Buckley 1988, sublinear counts); scaled by the square root of its weight, so
 * that the dot product of two products is the weighted sum of the fields' cosines.
 */
import { createIdentifiers } from "../catalogue/identifiers.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Product } from "../catalogue/product.ts";
import { GrowingColumn } from "../matrix/growing-column.ts";
import { pieceSize, type InPieces } from "../matrix/pieces.ts";
import type { SparseMatrix } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { fold, tokensOf } from "./tokens.ts";

/** How much each field says of a product. Zero leaves it out. */
export interface FieldWeights {
  readonly text: number;
  readonly category: number;
  readonly brand: number;
  readonly attributes: number;
}

/** Rows are scaled in pieces of this many: a description has up to a few hundred features. */
const rowsAPiece = 256;
/** A word of the title says more than one of the description. */
const titleWeight = 3;
/** What stands further down in a description is delivery terms and care labels. */
const longestDescription = 200;

type Field = keyof FieldWeights;
const fields: readonly Field[] = ["text", "category", "brand", "attributes"];

/** @returns products x features; features of fields that weigh nothing are left out */
export async function contentFeatures(
  catalogue: Catalogue,
  weights: FieldWeights,
  controls: TrainingControls,
): Promise<SparseMatrix> {
  const { products } = catalogue;
  const features = createIdentifiers();
  const fieldOf: number[] = [];
  const offsets = new Uint32Array(products.length + 1);
  const indices = new GrowingColumn(Uint32Array);
  const counts = new GrowingColumn(Float64Array);
  const pace = createPacer("reading the catalogue", products.length, controls);
  for (const [index, product] of products.entries()) {
    if (pace.isDue()) await pace.rest(index);
    for (const [place, field] of fields.entries()) {
      if (weights[field] === 0) continue;
      for (const [name, count] of featuresOf(product, field)) {
        const feature = features.intern(`${place}${name}`);
        fieldOf[feature] = place;
        indices.push(feature);
        counts.push(count);
      }
    }
    offsets[index + 1] = indices.length;
  }
  const matrix = {
    rows: products.length,
    columns: features.size,
    offsets,
    indices: indices.store.subarray(0, indices.length),
    values: counts.store.subarray(0, counts.length),
  };
  const weightOf = fields.map((field) => weights[field]);
  await pace.through(weighByRarity(matrix), products.length);
  await pace.through(scaleFields(matrix, fieldOf, weightOf), products.length);
  pace.finish();
  return matrix;
}

/** Distinct features of one field with their counts. */
function featuresOf(product: Product, field: Field): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (name: string, count: number) => counts.set(name, (counts.get(name) ?? 0) + count);
  if (field === "text") {
    for (const token of tokensOf(product.title)) add(token, titleWeight);
    for (const token of tokensOf(product.description ?? "").slice(0, longestDescription)) add(token, 1);
  } else if (field === "category") {
    // Every step of the path, so that cousins share the part above them.
    for (const path of categoryPrefixes(product.category ?? [])) add(path, 1);
  } else if (field === "brand") {
    if (product.brand) add(fold(product.brand), 1);
  } else {
    for (const [name, value] of attributePairs(product)) add(`${fold(name)}=${fold(value)}`, 1);
  }
  return counts;
}

function categoryPrefixes(path: readonly string[]): string[] {
  return path.map((_, depth) => path.slice(0, depth + 1).join(" / "));
}

/** An attribute with several values makes a pair of each. */
export function attributePairs({ attributes = {} }: Product): [name: string, value: string][] {
  return Object.entries(attributes).flatMap(([name, values]) =>
    (typeof values === "string" ? [values] : values).map((value): [string, string] => [name, value]),
  );
}

/** Counts to (1 + ln count) x ln(1 + products / products with the feature). */
function* weighByRarity({ rows, columns, indices, values }: SparseMatrix): InPieces<void> {
  const frequency = new Uint32Array(columns);
  for (let i = 0; i < indices.length; i++) {
    frequency[indices[i]]++;
    if (i % pieceSize === 0) yield;
  }
  const rarity = Float64Array.from(frequency, (products) => Math.log(1 + rows / products));
  for (let i = 0; i < indices.length; i++) {
    values[i] = (1 + Math.log(values[i])) * rarity[indices[i]];
    if (i % pieceSize === 0) yield;
  }
}

/** Brings each field of each row to length 1 and then to the square root of the field's weight. */
function* scaleFields(
  { rows, offsets, indices, values }: SparseMatrix,
  fieldOf: number[],
  weights: number[],
): InPieces<void> {
  const squares = new Float64Array(weights.length);
  for (let row = 0; row < rows; row++) {
    squares.fill(0);
    for (let i = offsets[row]; i < offsets[row + 1]; i++) squares[fieldOf[indices[i]]] += values[i] * values[i];
    for (let i = offsets[row]; i < offsets[row + 1]; i++) {
      const field = fieldOf[indices[i]];
      values[i] *= Math.sqrt(weights[field] / squares[field]);
    }
    if (row % rowsAPiece === 0) yield;
  }
}

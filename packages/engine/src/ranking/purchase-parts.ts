/** What the purchase signals are read from, trained once and saved as columns: tables of pairs, attributes, priors. */
import { InvalidFile } from "../errors.ts";
import type { ModelFile } from "../files/model-file.ts";
import { customerMatrixInPieces } from "../history/training-view.ts";
import type { InPieces } from "../matrix/pieces.ts";
import { columnSizes, type SparseMatrix } from "../matrix/sparse.ts";
import { columnOf, integerSetting, rowsOf } from "../models/model-columns.ts";
import type { NeighbourTable } from "../models/neighbour-table.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import type { CustomerBaskets } from "../history/customer-baskets.ts";
import {
  basketTransitions,
  coPurchases,
  priorNames,
  purchasePriors,
  twoStepWalk,
  type PurchasePriors,
} from "../sequences/index.ts";
import {
  purchaseBuilds,
  purchaseSettings,
  type PurchaseBuild,
  type PurchaseSettings,
  type TableRule,
} from "./purchase-settings.ts";

export interface PurchaseParts {
  readonly build: PurchaseBuild;
  readonly productCount: number;
  /** By name, those of the build. */
  readonly tables: ReadonlyMap<string, NeighbourTable>;
  /** Products x attributes; without columns where nothing is known. */
  readonly attributes: SparseMatrix;
  readonly priors: PurchasePriors;
  /** Whether baskets have dates that differ. */
  readonly dated: boolean;
}

/** What tells products apart beside their sales. */
export interface PurchaseKnowledge {
  /** Products x attributes, weighed: see `weighAttributes`. */
  readonly attributes?: SparseMatrix | undefined;
  /** Products most like each one, for builds that read a table instead of attributes. */
  readonly alike?: NeighbourTable | undefined;
}

/** Reads the baskets: everything but the weights. */
export async function buildPurchaseParts(
  data: CustomerBaskets,
  build: PurchaseBuild,
  { attributes, alike, ...controls }: PurchaseKnowledge & TrainingControls = {},
): Promise<PurchaseParts> {
  const { productCount, basketAt } = data;
  const settings = purchaseSettings[build];
  const tables = new Map<string, NeighbourTable>();
  for (const table of settings.tables) {
    const tableControls = { ...controls, onProgress: sayWhich(controls, table.name) };
    tables.set(table.name, await countTable(data, table.rule, { tables, settings, alike, controls: tableControls }));
  }
  return {
    build,
    productCount,
    tables,
    attributes: (settings.attributes && attributes) || withoutAttributes(productCount),
    priors: purchasePriors(data, settings.leastPopularity),
    dated: basketAt.some((time) => time !== basketAt[0]),
  };
}

/** Tables are counted alike: progress says which one it is. */
function sayWhich({ onProgress }: TrainingControls, name: string): TrainingControls["onProgress"] {
  return onProgress && ((progress) => onProgress({ ...progress, step: `${progress.step} (${name})` }));
}

interface Counting {
  /** Those counted before. */
  readonly tables: ReadonlyMap<string, NeighbourTable>;
  readonly settings: PurchaseSettings;
  readonly alike: NeighbourTable | undefined;
  readonly controls: TrainingControls;
}

async function countTable(
  data: CustomerBaskets,
  rule: TableRule,
  { tables, settings, alike, controls }: Counting,
): Promise<NeighbourTable> {
  const atLeast = (counts: Uint32Array): Float64Array =>
    Float64Array.from(counts, (count) => Math.max(count, settings.leastPopularity));
  if (rule.kind === "transitions") return basketTransitions(data, atLeast(columnSizes(data.baskets)), rule, controls);
  if (rule.kind === "co-purchases") {
    const owned = await paced("reading customers", customerMatrixInPieces(data), controls);
    return coPurchases(owned, atLeast(columnSizes(owned)), rule, controls);
  }
  if (rule.kind === "alike") return firstNeighbours(alike ?? emptyTable(data.productCount), rule.rowLength);
  const along = tables.get(rule.along);
  if (!along) throw new Error(`A walk needs the table ${rule.along} counted before it.`);
  return twoStepWalk(along, rule, controls);
}

/** The same table with shorter rows: they stand best first. */
function firstNeighbours({ rows, columns, offsets, indices, weights }: NeighbourTable, most: number): NeighbourTable {
  const isKept = new Uint8Array(indices.length);
  const shorter = new Uint32Array(rows + 1);
  for (let row = 0; row < rows; row++) {
    const kept = Math.min(most, offsets[row + 1] - offsets[row]);
    isKept.fill(1, offsets[row], offsets[row] + kept);
    shorter[row + 1] = shorter[row] + kept;
  }
  return {
    rows,
    columns,
    offsets: shorter,
    indices: indices.filter((_, at) => isKept[at] === 1),
    weights: weights.filter((_, at) => isKept[at] === 1),
  };
}

function emptyTable(productCount: number): NeighbourTable {
  const offsets = new Uint32Array(productCount + 1);
  return {
    rows: productCount,
    columns: productCount,
    offsets,
    indices: new Uint32Array(0),
    weights: new Float32Array(0),
  };
}

function withoutAttributes(productCount: number): SparseMatrix {
  return {
    rows: productCount,
    columns: 0,
    offsets: new Uint32Array(productCount + 1),
    indices: new Uint32Array(0),
    values: new Float64Array(0),
  };
}

/** The parts as columns of a model file. */
export function columnsOfPurchases({ tables, attributes, priors }: PurchaseParts): ModelFile["columns"] {
  const columns: Record<string, ModelFile["columns"][string]> = {
    attributeOffsets: attributes.offsets,
    attributes: attributes.indices,
    attributeWeights: attributes.values,
  };
  for (const [name, { offsets, indices, weights }] of tables) {
    Object.assign(columns, {
      [`${name}.offsets`]: offsets,
      [`${name}.products`]: indices,
      [`${name}.weights`]: weights,
    });
  }
  for (const name of priorNames) columns[`prior.${name}`] = priors[name];
  return columns;
}

/**
 * @throws InvalidFile when a column or setting is absent or does not fit the others
 */
export function* readPurchaseParts(file: ModelFile): InPieces<PurchaseParts> {
  const productCount = integerSetting(file, "productCount");
  const build = purchaseBuilds.find((name) => name === file.settings["build"]);
  const { dated } = file.settings;
  if (!build || typeof dated !== "boolean") {
    throw new InvalidFile(`The ${file.kind} model names no build that is known, or does not say whether it is dated.`);
  }
  const tables = new Map<string, NeighbourTable>();
  for (const { name } of purchaseSettings[build].tables) tables.set(name, yield* readTable(file, name, productCount));
  return {
    build,
    productCount,
    tables,
    dated,
    attributes: yield* readAttributes(file),
    priors: yield* readPriors(file),
  };
}

function* readTable(file: ModelFile, name: string, productCount: number): InPieces<NeighbourTable> {
  const shape = { rows: productCount, columns: productCount };
  const rows = yield* rowsOf(file, `${name}.offsets`, `${name}.products`, shape);
  return { ...rows, weights: yield* columnOf(file, `${name}.weights`, Float32Array, rows.indices.length) };
}

function* readAttributes(file: ModelFile): InPieces<SparseMatrix> {
  const shape = { rows: integerSetting(file, "productCount"), columns: integerSetting(file, "attributeCount") };
  const rows = yield* rowsOf(file, "attributeOffsets", "attributes", shape);
  return { ...rows, values: yield* columnOf(file, "attributeWeights", Float64Array, rows.indices.length) };
}

function* readPriors(file: ModelFile): InPieces<PurchasePriors> {
  const productCount = integerSetting(file, "productCount");
  const read = (name: keyof PurchasePriors): InPieces<Float32Array> =>
    columnOf(file, `prior.${name}`, Float32Array, productCount);
  return {
    popularity: yield* read("popularity"),
    current: yield* read("current"),
    discovered: yield* read("discovered"),
    lately: yield* read("lately"),
    repeatRate: yield* read("repeatRate"),
    thisMonth: yield* read("thisMonth"),
    thisWeek: yield* read("thisWeek"),
    age: yield* read("age"),
  };
}

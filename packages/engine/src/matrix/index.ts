export { Accumulator } from "./accumulator.ts";
export { columnSizes, groupByRow, incidence, order, rowOf, rowSizes, sparseMatrix, transpose } from "./sparse.ts";
export type { Cells, Incidence, SparseMatrix } from "./sparse.ts";
export { TopK, topOf } from "./top-k.ts";
export type { Ranked } from "./top-k.ts";
export { createDotScorer } from "./dot-scorer.ts";
export type { DotScorer } from "./dot-scorer.ts";

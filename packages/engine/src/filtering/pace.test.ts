import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import { pieceSize } from "../matrix/pieces.ts";
import { sparseMatrix } from "../matrix/sparse.ts";
import type { Progress, TrainingControls } from "../models/training.ts";
import { createRandom } from "../random/generator.ts";
import { trainContent } from "./content.ts";
import { trainItemNeighbours } from "./item-neighbours.ts";

/** Trains while a second passes between any two looks at the clock, and counts the rests of each step. */
async function restsOf(train: (controls: TrainingControls) => Promise<unknown>): Promise<Map<string, number>> {
  const reports: Progress[] = [];
  await train({ onProgress: (progress) => reports.push(progress) });
  const rests = new Map<string, number>();
  // Each step reports its beginning and its end beside its rests.
  for (const { step } of reports) rests.set(step, (rests.get(step) ?? -2) + 1);
  return rests;
}

describe("a training that takes long", () => {
  let time = performance.now();
  beforeEach(() => {
    vi.spyOn(performance, "now").mockImplementation(() => (time += 1000));
  });
  afterEach(() => vi.restoreAllMocks());

  it("looks at the clock at least once a piece while it weighs interactions", async () => {
    const random = createRandom("interactions");
    const cellCount = 4 * pieceSize;
    const [rows, columns] = [cellCount / 2, 50];
    const row = Uint32Array.from({ length: cellCount }, (_, cell) => cell >> 1);
    const column = Uint32Array.from(row, () => random.integer(columns));
    const interactions = sparseMatrix({ rows, columns, row, column });
    const rests = await restsOf((controls) => trainItemNeighbours(interactions, controls));
    // Copied, summed, weighed, turned around and measured twice.
    expect(rests.get("weighing interactions")).toBeGreaterThanOrEqual(
      6 * Math.floor(interactions.indices.length / pieceSize),
    );
  });

  it("looks at the clock at every product it reads or compares", async () => {
    const products = Array.from({ length: 40 }, (_, index) => ({
      id: `p${index}`,
      title: `mug number ${index}`,
      variants: [{ id: `v${index}`, prices: { default: 1000 } }],
    }));
    const rests = await restsOf((controls) => trainContent(createCatalogue({ products }), controls));
    expect(rests.get("reading the catalogue")).toBeGreaterThanOrEqual(products.length);
    expect(rests.get("comparing products")).toBeGreaterThanOrEqual(products.length);
  });
});

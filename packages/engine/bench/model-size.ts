/** The memory that a trained model's columns take, which is also what is saved of it. */
import type { Recommender } from "../src/models/index.ts";

/** @returns megabytes of 2^20 bytes */
export function megabytesOf(model: Pick<Recommender, "save">): number {
  const bytes = Object.values(model.save().columns).reduce((sum, { byteLength }) => sum + byteLength, 0);
  return bytes / 2 ** 20;
}

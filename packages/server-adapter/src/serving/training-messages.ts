/** What the server and its training thread say to each other. */
import type { Progress } from "@basketlift/engine/models";
import type { PoolConfig } from "pg";
import { z } from "zod";

export interface TrainingOrder {
  readonly connection: PoolConfig;
  /** Milliseconds since 1970, UTC. */
  readonly readAt: number;
}

/** Counts of what was trained on and found, as they stand in `runs`. */
export const trainingFacts = z.object({
  orders: z.int(),
  products: z.int(),
  sessions: z.int(),
  testedPairs: z.int(),
  significantPairs: z.int(),
  affinities: z.int(),
});
export type TrainingFacts = z.output<typeof trainingFacts>;

export interface TrainingResult {
  readonly kind: "done";
  readonly stateVersion: string;
  /** Of the public snapshot among the files. */
  readonly snapshotVersion: string;
  readonly files: readonly (readonly [name: string, content: Uint8Array])[];
  readonly facts: TrainingFacts;
}

export type TrainingReport =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "failed"; readonly name: string; readonly reason: string }
  | TrainingResult;

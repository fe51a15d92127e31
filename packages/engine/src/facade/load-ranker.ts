/** Loads the rankers of an engine: a module of its own, so that engines without one need not ship it. */
import type { SourceModel } from "../decision/state.ts";
import type { ModelFile } from "../files/model-file.ts";
import type { TrainingControls } from "../models/training.ts";
import { loadPurchaseRanker, loadSessionRanker } from "../ranking/index.ts";
import { personalSource, sessionSource } from "./ranker-source.ts";

/** @throws InvalidFile when the file is damaged or holds no ranker */
export async function loadRanker(file: ModelFile, controls: TrainingControls): Promise<SourceModel> {
  if (file.kind === "session-ranker") return sessionSource(await loadSessionRanker(file, controls));
  return personalSource(await loadPurchaseRanker(file, controls));
}

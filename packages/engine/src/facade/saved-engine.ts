/**
 * An engine as files: models and customers' purchases as safetensors, catalogue and policy as JSON. Together they
 * are private: they hold costs and purchases. They load without training, in Node, a worker or a browser.
 */
import { affinityRecommender, loadAffinities } from "../association/index.ts";
import { createCatalogueInPieces } from "../catalogue/catalogue.ts";
import type { SourceModel, SourceName } from "../decision/state.ts";
import { InvalidFile } from "../errors.ts";
import { readModel, writeModel, type ModelFile } from "../files/index.ts";
import { loadContent, loadItemNeighbours, loadPopularity, loadTrending } from "../filtering/index.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { readPurchases, savePurchases } from "./customer-purchases.ts";
import { openEngine, type Engine, type Surroundings } from "./engine.ts";
import { readFacts, saveFacts } from "./product-facts.ts";
import { readShop, shopFileName, writeShop } from "./shop-file.ts";
import type { EngineParts, Policy } from "./state.ts";

/** Contents by file name. */
export type EngineFiles = ReadonlyMap<string, Uint8Array>;

/** How an engine that comes from files decides, gets its ids, and reports progress. */
export type LoadOptions = Policy & Surroundings & TrainingControls;

type Load = (file: ModelFile, controls: TrainingControls) => Promise<SourceModel>;

/** Rankers and visits come with code of their own, which only engines that hold one fetch. */
const loadRanker: Load = async (file, controls) => (await import("./load-ranker.ts")).loadRanker(file, controls);
const loadVisits: Load = async (file, controls) =>
  (await import("../sequences/vmis-knn.ts")).loadVmisKnn(file, controls);

/** Models that an engine may lack, by the source they serve. */
const loaders: ReadonlyMap<SourceName, Load> = new Map<SourceName, Load>([
  ["personal-ranker", loadRanker],
  ["session-ranker", loadRanker],
  ["item-neighbours", loadItemNeighbours],
  ["session", loadVisits],
  ["similar", loadContent],
  ["trending", loadTrending],
  ["popularity", loadPopularity],
]);

const fileOf = (name: string): string => `${name}.safetensors`;

/**
 * @returns every file of the engine; write them all or none
 * @example
 * for (const [name, bytes] of saveEngine(engine)) await writeFile(join(directory, name), bytes);
 */
export function saveEngine({ parts }: Engine): EngineFiles {
  const { catalogue, dataVersion, models, purchases, facts } = parts;
  const files = new Map<string, Uint8Array>([
    [shopFileName, writeShop({ ...catalogue, dataVersion })],
    [fileOf("purchases"), writeModel(savePurchases(purchases))],
  ]);
  if (facts) files.set(fileOf("product-facts"), writeModel(saveFacts(facts)));
  for (const [name, model] of models) files.set(fileOf(name), writeModel(model.save()));
  return files;
}

/**
 * Lets others run about every 15 ms, however large the shop is: a server can load its next engine while it answers
 * from the one before.
 * @param files as `saveEngine` made them
 * @throws InvalidFile when a file is missing, damaged or written by a newer version
 * @example
 * const engine = await loadEngine(files, { signal });
 */
export async function loadEngine(files: EngineFiles, options: LoadOptions = {}): Promise<Engine> {
  const shop = await paced("loading the shop", readShop(required(files, shopFileName)), options);
  const affinities = await loadAffinities(readModel(required(files, fileOf("bought-together"))), options);
  const models = new Map<SourceName, SourceModel>([["bought-together", affinityRecommender(affinities)]]);
  for (const [name, load] of loaders) {
    const bytes = files.get(fileOf(name));
    if (bytes) models.set(name, await load(readModel(bytes), options));
  }
  const facts = files.get(fileOf("product-facts"));
  const purchases = readPurchases(readModel(required(files, fileOf("purchases"))));
  const parts: EngineParts = {
    catalogue: await paced("indexing products", createCatalogueInPieces(shop), options),
    dataVersion: shop.dataVersion,
    affinities,
    models,
    purchases: await paced("loading purchases", purchases, options),
    ...(facts && { facts: await paced("loading facts", readFacts(readModel(facts)), options) }),
  };
  return openEngine(parts, options);
}

function required(files: EngineFiles, name: string): Uint8Array {
  const bytes = files.get(name);
  if (!bytes) throw new InvalidFile(`The engine's file "${name}" is missing. Train again, or copy all of its files.`);
  return bytes;
}

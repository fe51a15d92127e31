/**
 * An engine as files: models and customers' purchases as safetensors, catalogue and policy as JSON. Together they
 * are private: they hold costs and purchases. They load without training, in Node, a worker or a browser.
 */
import { affinityRecommender, loadAffinities } from "../association/index.ts";
import { createCatalogue } from "../catalogue/catalogue.ts";
import type { Market, Product } from "../catalogue/product.ts";
import type { SourceName } from "../decision/state.ts";
import { InvalidFile } from "../errors.ts";
import { readModel, writeModel, type ModelFile } from "../files/index.ts";
import { loadContent, loadItemNeighbours, loadPopularity, loadTrending } from "../filtering/index.ts";
import type { Recommender } from "../models/recommender.ts";
import { loadVmisKnn } from "../sequences/index.ts";
import { assembleState, type EngineParts, type Policy } from "./state.ts";
import { loadPurchases, savePurchases } from "./customer-purchases.ts";
import { engineOf, type Engine, type Surroundings } from "./engine.ts";

/** Contents by file name. */
export type EngineFiles = ReadonlyMap<string, Uint8Array>;

/** Changes when files of an older engine can no longer be read. */
const formatVersion = 1;

/** What `shop.json` holds. */
interface ShopFile {
  readonly formatVersion: number;
  readonly dataVersion: string;
  readonly products: readonly Product[];
  readonly markets: readonly Market[];
}

const loaders: Readonly<Record<Exclude<SourceName, "bought-together">, (file: ModelFile) => Recommender>> = {
  "item-neighbours": loadItemNeighbours,
  session: loadVmisKnn,
  similar: loadContent,
  trending: loadTrending,
  popularity: loadPopularity,
};

const fileOf = (name: string): string => `${name}.safetensors`;

/**
 * @returns every file of the engine; write them all or none
 * @example
 * for (const [name, bytes] of saveEngine(engine)) await writeFile(join(directory, name), bytes);
 */
export function saveEngine({ parts }: Engine): EngineFiles {
  const { catalogue, dataVersion, models, purchases } = parts;
  const shop: ShopFile = { formatVersion, dataVersion, products: catalogue.products, markets: catalogue.markets };
  const files = new Map<string, Uint8Array>([
    ["shop.json", new TextEncoder().encode(JSON.stringify(shop))],
    [fileOf("purchases"), writeModel(savePurchases(purchases))],
  ]);
  for (const [name, model] of models) files.set(fileOf(name), writeModel(model.save()));
  return files;
}

/**
 * @param files as `saveEngine` made them
 * @throws InvalidFile when a file is missing, damaged or written by a newer version
 * @example
 * const engine = loadEngine(files);
 */
export function loadEngine(files: EngineFiles, options: Policy & Surroundings = {}): Engine {
  const { dataVersion, products, markets } = readShop(required(files, "shop.json"));
  const affinities = loadAffinities(readModel(required(files, fileOf("bought-together"))));
  const models = new Map<SourceName, Recommender>([["bought-together", affinityRecommender(affinities)]]);
  for (const name of ["item-neighbours", "session", "similar", "trending", "popularity"] as const) {
    const bytes = files.get(fileOf(name));
    if (bytes) models.set(name, loaders[name](readModel(bytes)));
  }
  const parts: EngineParts = {
    catalogue: createCatalogue({ products, markets }),
    dataVersion,
    affinities,
    models,
    purchases: loadPurchases(readModel(required(files, fileOf("purchases")))),
  };
  return engineOf(parts, assembleState(parts, options), options);
}

function required(files: EngineFiles, name: string): Uint8Array {
  const bytes = files.get(name);
  if (!bytes) throw new InvalidFile(`The engine's file "${name}" is missing. Train again, or copy all of its files.`);
  return bytes;
}

function readShop(bytes: Uint8Array): ShopFile {
  let shop: unknown;
  try {
    shop = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new InvalidFile("shop.json is not JSON: the file is damaged. Train again.", { cause: error });
  }
  if (!isShop(shop)) {
    throw new InvalidFile(`shop.json is not of format ${formatVersion}. Train again with this version of Basketlift.`);
  }
  return shop;
}

function isShop(value: unknown): value is ShopFile {
  return (
    typeof value === "object" &&
    value !== null &&
    "formatVersion" in value &&
    value.formatVersion === formatVersion &&
    "dataVersion" in value &&
    typeof value.dataVersion === "string" &&
    "products" in value &&
    Array.isArray(value.products) &&
    "markets" in value &&
    Array.isArray(value.markets)
  );
}

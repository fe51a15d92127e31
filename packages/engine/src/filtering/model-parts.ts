/** Models made of models, as one file: the settings and columns of part `n` stand under `n/`, its kind under `n/kind`. */
import { InvalidFile, InvalidInput } from "../errors.ts";
import type { Column, ModelFile } from "../files/model-file.ts";
import { integerSetting } from "../models/model-columns.ts";
import type { Recommender } from "../models/recommender.ts";
import type { TrainingControls } from "../models/training.ts";

/** Reads a model back, by the kind that its file names. */
export type Loaders = Readonly<Record<string, (file: ModelFile, controls: TrainingControls) => Promise<Recommender>>>;

/** Settings and columns of all parts, ready to stand beside those of the whole. */
export function savedParts(parts: readonly Recommender[]): Pick<ModelFile, "settings" | "columns"> {
  const settings: Record<string, string | number | boolean> = { parts: parts.length };
  const columns: Record<string, Column> = {};
  for (const [place, part] of parts.entries()) {
    const file = part.save();
    settings[`${place}/kind`] = file.kind;
    for (const [name, value] of Object.entries(file.settings)) settings[`${place}/${name}`] = value;
    for (const [name, column] of Object.entries(file.columns)) columns[`${place}/${name}`] = column;
  }
  return { settings, columns };
}

/**
 * @throws InvalidFile when a part is damaged, or of a kind that `loaders` cannot read
 */
export async function loadParts(file: ModelFile, loaders: Loaders, controls: TrainingControls): Promise<Recommender[]> {
  const parts: Recommender[] = [];
  for (let place = 0; place < integerSetting(file, "parts"); place++) {
    const kind = textSetting(file, `${place}/kind`);
    if (!Object.hasOwn(loaders, kind)) {
      const known = Object.keys(loaders).join(", ");
      throw new InvalidFile(`Part ${place} of the ${file.kind} model is of kind "${kind}"; loaders are for: ${known}.`);
    }
    const part = {
      kind,
      settings: underPrefix(file.settings, `${place}/`),
      columns: underPrefix(file.columns, `${place}/`),
    };
    parts.push(await loaders[kind](part, controls));
  }
  return parts;
}

/**
 * What models of layers do last of all when they are loaded.
 * @throws InvalidFile when the model counts other products than the file says
 */
export function requireSameCatalogue<Model extends Recommender>(file: ModelFile, model: Model): Model {
  if (model.productCount === integerSetting(file, "productCount")) return model;
  throw new InvalidFile(
    `The parts of the ${file.kind} model know ${model.productCount} products, which is not what it says.`,
  );
}

function underPrefix<Value>(record: Readonly<Record<string, Value>>, prefix: string): Record<string, Value> {
  const entries = Object.entries(record).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length), value]));
}

/**
 * @returns the number of products that all parts know
 * @throws InvalidInput when they were trained on different catalogues
 */
export function sharedProductCount(parts: readonly Recommender[]): number {
  const [{ productCount } = { productCount: 0 }] = parts;
  const stranger = parts.find((part) => part.productCount !== productCount);
  if (stranger) {
    throw new InvalidInput("productCount", stranger.productCount, `${productCount}, as in the other models`);
  }
  return productCount;
}

/** @throws InvalidFile when the setting is absent or no text */
export function textSetting({ kind, settings }: ModelFile, name: string): string {
  const value = settings[name];
  if (typeof value !== "string") throw new InvalidFile(`Setting "${name}" of the ${kind} model must be a text.`);
  return value;
}

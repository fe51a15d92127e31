/** A copy of what the shop has set, beside the copy of its engine: a start without a database serves by both. */
import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { writeWholeFile } from "../storage/whole-file.ts";
import type { ShopSettings } from "./live-engine.ts";
import { storedPolicy } from "./policy.ts";

const storedSettings = z.object({ holdoutShare: z.number().min(0).max(1).optional(), policy: storedPolicy.optional() });

/** Beside the engine's folder, which holds nothing but the engine. */
const pathOf = (directory: string): string => `${directory}-settings.json`;

/** Replaces the copy. @param directory of the engine's copy */
export async function keepSettings(directory: string, settings: ShopSettings): Promise<void> {
  await mkdir(dirname(directory), { recursive: true });
  await writeWholeFile(pathOf(directory), [JSON.stringify(settings)]);
}

/** @returns nothing set where there is no copy, or none that can be used */
export async function readSettings(directory: string): Promise<ShopSettings> {
  const text = await readFile(pathOf(directory), "utf8").catch(() => "{}");
  try {
    return storedSettings.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

/**
 * What `basketlift demo` keeps between runs: the engine, the report, and what both were made from. Made again when
 * the source changed; found again in a moment when it did not.
 */
import { readFile, rename, stat, writeFile, mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { loadEngine, saveEngine, trainEngine, type Engine, type ShopData } from "@basketlift/engine";
import type { Audit } from "@basketlift/engine/audit";
import type { TrainingControls } from "@basketlift/engine/models";
import { auditShop } from "../audit-report/audit-shop.ts";
import { readEngineDirectory, writeEngineDirectory } from "../storage/engine-directory.ts";

/** A shop that can be prepared, and a key that changes when it does. */
export interface ShopSource {
  /** Names the source and its version: seed, or files with size and time of change. */
  readonly key: string;
  load(): Promise<ShopData & { readonly dataNotes: readonly string[] }>;
}

export interface PreparedShop {
  readonly engine: Engine;
  readonly audit: Audit;
  readonly engineDirectory: string;
  /** Whether it was found rather than made. */
  readonly reused: boolean;
}

const engineName = "engine";
const reportName = "report.json";

/** Rises when what is kept changes its form. */
const formatVersion = 1;

interface Report {
  readonly formatVersion: number;
  readonly sourceKey: string;
  readonly engineVersion: string;
  readonly audit: Audit;
}

/**
 * @param directory where everything is kept
 * @param now milliseconds since 1970, UTC: the date on a new report
 */
export async function prepareShop(
  directory: string,
  source: ShopSource,
  now: number,
  controls: TrainingControls,
): Promise<PreparedShop> {
  return (await findPrepared(directory, source)) ?? makePrepared(directory, source, now, controls);
}

async function findPrepared(directory: string, source: ShopSource): Promise<PreparedShop | undefined> {
  const engineDirectory = join(directory, engineName);
  try {
    const report: unknown = JSON.parse(await readFile(join(directory, reportName), "utf8"));
    if (!isReport(report) || report.sourceKey !== source.key) return undefined;
    const engine = loadEngine((await readEngineDirectory(engineDirectory)).files);
    if (engine.version !== report.engineVersion) return undefined;
    return { engine, audit: report.audit, engineDirectory, reused: true };
  } catch {
    // Absent, unreadable or damaged: it is made again from the source, which is the truth.
    return undefined;
  }
}

async function makePrepared(
  directory: string,
  source: ShopSource,
  now: number,
  controls: TrainingControls,
): Promise<PreparedShop> {
  const { dataNotes, ...shop } = await source.load();
  const engine = await trainEngine(shop, controls);
  const audit = await auditShop(shop, { now, dataNotes, affinities: engine.affinities, ...controls });
  const engineDirectory = join(directory, engineName);
  await mkdir(directory, { recursive: true });
  await writeEngineDirectory(engineDirectory, saveEngine(engine), {
    version: engine.version,
    trainedAt: new Date(now).toISOString(),
  });
  const report: Report = { formatVersion, sourceKey: source.key, engineVersion: engine.version, audit };
  const path = join(directory, reportName);
  await writeFile(`${path}.part`, JSON.stringify(report));
  await rename(`${path}.part`, path);
  return { engine, audit, engineDirectory, reused: false };
}

/** @returns a key of files by their place, size and time of change */
export async function fileKey(paths: readonly string[]): Promise<string> {
  const parts = await Promise.all(
    paths.map(async (path) => {
      const facts = await stat(path).catch(() => undefined);
      return `${resolve(path)}|${facts?.size}|${facts?.mtimeMs}`;
    }),
  );
  return parts.join("\n");
}

function isReport(value: unknown): value is Report {
  return (
    typeof value === "object" &&
    value !== null &&
    "formatVersion" in value &&
    value.formatVersion === formatVersion &&
    "sourceKey" in value &&
    "engineVersion" in value &&
    "audit" in value
  );
}

/**
 * What `basketlift demo` keeps between runs: the engine, the report, and what both were made from. Made again when
 * the source changed; found again in a moment when it did not.
 */
import { mkdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { loadEngine, saveEngine, trainEngine, type Engine, type EngineFiles, type ShopData } from "@basketlift/engine";
import type { Audit } from "@basketlift/engine/audit";
import type { TrainingControls } from "@basketlift/engine/models";
import { auditShop } from "../audit-report/audit-shop.ts";
import { readEngineDirectory, requireEnginePlace, writeEngineDirectory } from "../storage/engine-directory.ts";
import { writeWholeFile } from "../storage/whole-file.ts";

/** A shop that can be prepared, and a key that changes when it does. */
export interface ShopSource {
  /** Names the source and its version: seed, or files with size and time of change. */
  readonly key: string;
  load(): Promise<ShopData & { readonly dataNotes: readonly string[] }>;
}

export interface PreparedShop {
  readonly engine: Engine;
  readonly audit: Audit;
  /** The engine as files, for a page that loads it. */
  readonly files: EngineFiles;
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
  try {
    const report: unknown = JSON.parse(await readFile(join(directory, reportName), "utf8"));
    if (!isReport(report) || report.sourceKey !== source.key) return undefined;
    const { files } = await readEngineDirectory(join(directory, engineName));
    const engine = await loadEngine(files);
    if (engine.version !== report.engineVersion) return undefined;
    return { engine, audit: report.audit, files, reused: true };
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
  const engineDirectory = join(directory, engineName);
  await requireEnginePlace(engineDirectory);
  const { dataNotes, ...shop } = await source.load();
  const engine = await trainEngine(shop, controls);
  const audit = await auditShop(shop, { now, dataNotes, affinities: engine.affinities, ...controls });
  const files = saveEngine(engine);
  await mkdir(directory, { recursive: true });
  await writeEngineDirectory(engineDirectory, files, {
    version: engine.version,
    trainedAt: new Date(now).toISOString(),
  });
  const report: Report = { formatVersion, sourceKey: source.key, engineVersion: engine.version, audit };
  await writeWholeFile(join(directory, reportName), [JSON.stringify(report)]);
  return { engine, audit, files, reused: false };
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

/** `basketlift doctor`: looks for what would go wrong before it does, and says what to do. */
import { access, constants, stat, statfs } from "node:fs/promises";
import { availableParallelism, freemem } from "node:os";
import { dirname, resolve } from "node:path";
import { loadEngine } from "@basketlift/engine";
import { countsIn, importShop } from "../../importing/index.ts";
import { nearestExisting, readEngineDirectory } from "../../storage/engine-directory.ts";
import type { Command, CommandInput } from "../command.ts";
import { engineOption } from "../engine-option.ts";
import { exitCode } from "../exit.ts";

/** One thing that was looked at. */
interface Finding {
  readonly what: string;
  readonly state: "good" | "warning" | "bad";
  readonly detail: string;
}

const gigabyte = 2 ** 30;
const { number, of } = countsIn("en");
const signs = { good: "ok  ", warning: "note", bad: "BAD " } as const;

export const doctor: Command = {
  name: "doctor",
  summary: "Check this machine, a trained engine and an order file.",
  usage: "doctor [--engine DIR] [--orders FILE] [--json]",
  description: "Changes nothing. Exits with 1 when something is bad.",
  options: {
    ...engineOption,
    orders: { type: "string", value: "FILE", help: "An order file to try." },
    json: { type: "boolean", help: "Print JSON." },
  },
  async run(input) {
    const { options, terminal } = input;
    const directory = resolve(options.text("engine") ?? "");
    const findings = [
      nodeVersion(),
      memory(),
      await disk(directory),
      await writable(directory),
      await engine(directory),
      ...(await orderFile(input)),
    ];
    if (options.flag("json")) terminal.print(JSON.stringify(findings, undefined, 2));
    else for (const { what, state, detail } of findings) terminal.print(`${signs[state]}  ${what}: ${detail}`);
    return findings.some(({ state }) => state === "bad") ? exitCode.failed : exitCode.done;
  },
};

function nodeVersion(): Finding {
  const { version } = process;
  const good = Number(process.versions.node.split(".")[0]) >= 24;
  return {
    what: "Node",
    state: good ? "good" : "bad",
    detail: good ? `${version}, ${availableParallelism()} cores` : `${version} is too old. Install Node 24 or newer.`,
  };
}

function memory(): Finding {
  const free = freemem() / gigabyte;
  return {
    what: "Memory",
    state: free >= 1.5 ? "good" : "warning",
    detail: `${free.toFixed(1)} GB free${free >= 1.5 ? "" : "; half a million order lines need up to 1.5 GB"}`,
  };
}

async function disk(directory: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(await nearestExisting(directory));
  const free = (bavail * bsize) / gigabyte;
  return { what: "Disk", state: free >= 1 ? "good" : "warning", detail: `${free.toFixed(1)} GB free` };
}

async function writable(directory: string): Promise<Finding> {
  const parent = await nearestExisting(dirname(directory));
  try {
    await access(parent, constants.W_OK);
    return { what: "Place for engines", state: "good", detail: `${parent} can be written` };
  } catch {
    return { what: "Place for engines", state: "bad", detail: `${parent} cannot be written. Choose another --output.` };
  }
}

async function engine(directory: string): Promise<Finding> {
  const exists = await stat(directory).catch(() => undefined);
  if (!exists)
    return {
      what: "Engine",
      state: "warning",
      detail: `none in ${directory} yet; make one with: basketlift train ORDERS`,
    };
  try {
    const { manifest, files } = await readEngineDirectory(directory);
    const { catalogue, affinities } = await loadEngine(files);
    const detail = `${manifest.version} of ${manifest.trainedAt}, ${of(catalogue.products.length, "product")}, ${of(affinities.count.length, "affinity", "affinities")}`;
    return { what: "Engine", state: "good", detail };
  } catch (error) {
    return { what: "Engine", state: "bad", detail: error instanceof Error ? error.message : String(error) };
  }
}

async function orderFile({ options, terminal, signal }: CommandInput): Promise<Finding[]> {
  const orders = options.text("orders");
  if (orders === undefined) return [];
  try {
    const { report } = await importShop({ orders, now: new Date(), onProgress: terminal.onProgress, signal });
    terminal.clearProgress();
    const { read, used, skipped } = report.rows;
    return [
      {
        what: "Orders",
        state: used === 0 ? "bad" : skipped > read / 10 ? "warning" : "good",
        detail: `${of(read, "row")} read, ${number(used)} used, ${number(skipped)} left out`,
      },
    ];
  } catch (error) {
    if (signal.aborted) throw error;
    return [{ what: "Orders", state: "bad", detail: error instanceof Error ? error.message : String(error) }];
  }
}

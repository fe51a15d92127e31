/** `basketlift export`: a trained engine's affinities or recommendations as CSV or NDJSON. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { loadEngine, type Engine } from "@basketlift/engine";
import { csvLine } from "../../importing/index.ts";
import { readEngineDirectory } from "../../storage/engine-directory.ts";
import { writeWholeFile } from "../../storage/whole-file.ts";
import type { Command } from "../command.ts";
import { engineOption } from "../engine-option.ts";
import { exitCode, UsageError } from "../exit.ts";

type Row = Readonly<Record<string, string | number>>;

/** What can be exported, as rows in a steady order. */
const subjects: Readonly<Record<string, (engine: Engine, count: number) => Iterable<Row>>> = {
  affinities: affinityRows,
  recommendations: recommendationRows,
};

export const exportCommand: Command = {
  name: "export",
  summary: "Write affinities or recommendations of a trained engine to CSV or NDJSON.",
  usage: "export affinities|recommendations [--engine DIR] [--output FILE] [options]",
  description:
    "affinities: every product with the companions that are believed, and the evidence.\nrecommendations: what the product page of every product would show, and why.",
  options: {
    ...engineOption,
    format: { type: "string", value: "csv|ndjson", default: "csv", help: "How rows are written." },
    output: { type: "string", value: "FILE", help: "Where to; standard output when left out." },
    count: { type: "string", value: "N", default: "10", help: "At most this many rows for each product." },
  },
  async run({ positionals, options, terminal, signal }) {
    const [subject = ""] = positionals;
    const rowsOf = subjects[subject];
    if (!rowsOf) throw new UsageError(`Say what to export: ${Object.keys(subjects).join(" or ")}.`, "export");
    const format = options.text("format");
    if (format !== "csv" && format !== "ndjson") throw new UsageError("--format must be csv or ndjson.", "export");
    const { files } = await readEngineDirectory(options.text("engine") ?? "");
    const rows = rowsOf(await loadEngine(files, { signal }), options.integer("count", 1) ?? 10);
    const lines = format === "csv" ? csvLines(rows) : jsonLines(rows);
    const output = options.text("output");
    if (output === undefined) await pipeline(Readable.from(lines), terminal.results, { signal, end: false });
    else await writeWholeFile(output, lines, signal);
    if (output !== undefined) terminal.note(`Wrote ${output}.`);
    return exitCode.done;
  },
};

function* affinityRows(engine: Engine, count: number): Generator<Row> {
  for (const { id, title } of engine.catalogue.products) {
    for (const companion of engine.companions(id, count)) {
      const { productId, title: companionTitle, ...figures } = companion;
      yield { productId: id, title, companionId: productId, companionTitle, ...figures };
    }
  }
}

function* recommendationRows(engine: Engine, count: number): Generator<Row> {
  for (const { id, title } of engine.catalogue.products) {
    const { items } = engine.recommend({ placement: "pdp", productId: id, limit: Math.min(count, 100) });
    for (const { position, productId, title: recommended, score, reason, source } of items) {
      yield { productId: id, title, position, recommendedId: productId, recommended, score, reason, source };
    }
  }
}

function* csvLines(rows: Iterable<Row>): Generator<string> {
  let headed = false;
  for (const row of rows) {
    if (!headed) yield csvLine(Object.keys(row));
    headed = true;
    yield csvLine(Object.values(row).map(String));
  }
}

function* jsonLines(rows: Iterable<Row>): Generator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
}

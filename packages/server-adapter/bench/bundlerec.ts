/** BundleRec's files, where they are here. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { readBundleRec, type BundleRecData } from "../../engine/bench/bundlerec-data.ts";
import { dataFile } from "./data.ts";

/** @returns the sets that are here, undefined when none is */
export function readBundleRecs(): readonly BundleRecData[] | undefined {
  const sets = ["electronic", "clothing"].flatMap((name) => {
    if (dataFile("bundlerec", name, "session_bundle.csv.gz") === undefined) return [];
    return [readBundleRec(name, (file) => textOf(name, file))];
  });
  return sets.length > 0 ? sets : undefined;
}

function textOf(name: string, file: string): string {
  const path = dataFile("bundlerec", name, `${file}.csv.gz`);
  return path === undefined ? "" : gunzipSync(readFileSync(path)).toString("utf8");
}

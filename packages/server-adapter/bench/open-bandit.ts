/** Open Bandit Dataset, campaign "men", small: what a uniform policy and Thompson sampling showed in a fashion shop. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { DecisionLog } from "@basketlift/engine/bandits";
import type { OpenBanditLogs } from "../../engine/bench/off-policy.ts";
import { dataFile } from "./data.ts";

/** @returns undefined where the files are not there */
export function readOpenBandit(): OpenBanditLogs | undefined {
  const uniform = dataFile("open-bandit-men", "random.csv.gz");
  const thompson = dataFile("open-bandit-men", "bts.csv.gz");
  return uniform && thompson ? { uniform: readLog(uniform), thompson: readLog(thompson) } : undefined;
}

function readLog(file: string): DecisionLog {
  const [header, ...lines] = gunzipSync(readFileSync(file)).toString().trim().split("\n");
  const names = header.split(",");
  const cells = lines.map((line) => line.split(","));
  const column = (name: string): Float64Array => Float64Array.from(cells, (row) => Number(row[names.indexOf(name)]));
  return {
    actions: 34,
    action: column("item_id"),
    reward: column("click"),
    propensity: column("propensity_score"),
    // Counted from 1 in the file.
    position: column("position").map((position) => position - 1),
  };
}

/** Gowalla as split for LightGCN (He et al., SIGIR 2020): users with the places they checked in to. */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { incidence, type Incidence } from "@basketlift/engine/matrix";
import type { TopNData } from "../../engine/bench/gowalla.ts";
import { dataFile } from "./data.ts";

/** As the data set itself counts them. */
const [users, places] = [29_858, 40_981];

/** @returns undefined when the files are not there */
export function readGowalla(): TopNData | undefined {
  const train = dataFile("gowalla", "train.txt.gz");
  const test = dataFile("gowalla", "test.txt.gz");
  if (train === undefined || test === undefined) return undefined;
  return { train: readLists(train), test: readLists(test) };
}

/** A user a line: its number, then the places. */
function readLists(path: string): Incidence {
  const row: number[] = [];
  const column: number[] = [];
  for (const line of gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n")) {
    const [user, ...own] = line.trim().split(/\s+/).map(Number);
    for (const place of own) {
      row.push(user);
      column.push(place);
    }
  }
  return incidence({ rows: users, columns: places, row, column });
}

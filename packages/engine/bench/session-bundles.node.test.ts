/** Bundles proposed inside sessions of BundleRec, against those people made and the frequent-itemset baseline. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readBundleRec } from "./bundlerec-data.ts";
import { measureSessionBundles } from "./session-bundles.ts";

const folder = join(process.env["DATA_DIR"] ?? join(import.meta.dirname, "../../../../shared/data"), "bundlerec");
const isPresent = existsSync(folder);
if (!isPresent) console.warn(`Skipped: BundleRec is not at ${folder}; set DATA_DIR to the data folder.`);

describe.skipIf(!isPresent)("bundles people made in sessions", () => {
  it.each([
    ["electronic", 893],
    ["clothing", 968],
  ])(
    "%s: proposals hit more of them than frequent itemsets, and are nearer to them than those and the whole session",
    async (name, count) => {
      const data = readBundleRec(name, (file) =>
        gunzipSync(readFileSync(join(folder, name, `${file}.csv.gz`))).toString("utf8"),
      );
      expect(data.sessions).toHaveLength(count);
      const { ours, oursByOverlap, itemsets, wholeSession } = await measureSessionBundles(data);
      expect(ours.precision).toBeGreaterThan(itemsets.precision + 0.05);
      expect(ours.recall).toBeGreaterThan(itemsets.recall + 0.03);
      expect(ours.overlap).toBeGreaterThan(itemsets.overlap + 0.15);
      expect(ours.exactPrecision).toBeGreaterThan(2 * itemsets.exactPrecision);
      expect(ours.exactRecall).toBeGreaterThan(1.3 * itemsets.exactRecall);
      expect(oursByOverlap.overlap).toBeGreaterThan(wholeSession.overlap + 0.04);
      // The setting that validation chooses is the one that shops get.
      expect(ours.settings).toBe("joined above 0.8");
    },
  );
});

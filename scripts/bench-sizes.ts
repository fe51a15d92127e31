/** What a storefront would ship, as weighed by `npm run size`. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { BenchSection } from "../packages/engine/bench/section.ts";

export function benchSizes(): BenchSection {
  const output = execFileSync(process.execPath, [fileURLToPath(new URL("size.mjs", import.meta.url))], {
    encoding: "utf8",
  });
  const rows = Array.from(
    output.matchAll(/^ {8}(?<what>.+): (?<size>[\d.]+ kB) of (?<budget>[\d.]+ kB)$/gm),
    (match) => [match[1], match[2], match[3]],
  );
  return {
    title: "Sizes",
    conditions: ["Minified by terser, gzip level 9, everything that loads at once. 1 kB = 1000 bytes."],
    columns: ["What", "gzip", "budget"],
    rows,
  };
}

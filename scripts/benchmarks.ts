/** Every benchmark by name, in the order of the page. Those that lack data, a build or a browser give nothing. */
import { benchBundleCover } from "../packages/engine/bench/bundle-cover.ts";
import { benchDecisionRules } from "../packages/engine/bench/decision-rules.ts";
import { benchDecisions } from "../packages/engine/bench/decisions.ts";
import { benchFirstPurchases } from "../packages/engine/bench/first-purchases.ts";
import { benchGowalla } from "../packages/engine/bench/gowalla.ts";
import { benchItemsetGrowth, benchItemsets, benchPairCounts } from "../packages/engine/bench/itemsets.ts";
import { benchModelGrowth } from "../packages/engine/bench/model-growth.ts";
import { benchNextBasket } from "../packages/engine/bench/next-basket.ts";
import { benchNextClick } from "../packages/engine/bench/next-click.ts";
import { benchNextItem } from "../packages/engine/bench/next-item.ts";
import { benchOffPolicy, benchOpenBandit } from "../packages/engine/bench/off-policy.ts";
import { benchPauses } from "../packages/engine/bench/pauses.ts";
import { benchRecovery } from "../packages/engine/bench/recovery.ts";
import { benchRules } from "../packages/engine/bench/rules.ts";
import { benchScoring } from "../packages/engine/bench/scoring.ts";
import type { BenchSection } from "../packages/engine/bench/section.ts";
import { benchSessionBundles } from "../packages/engine/bench/session-bundles.ts";
import { benchSessions } from "../packages/engine/bench/sessions.ts";
import { benchShippingNudge } from "../packages/engine/bench/shipping-nudge.ts";
import { benchSimulation } from "../packages/engine/bench/simulation.ts";
import { readAmazonBeauty } from "../packages/server-adapter/bench/amazon-beauty.ts";
import { readBundleRecs } from "../packages/server-adapter/bench/bundlerec.ts";
import { dataFile } from "../packages/server-adapter/bench/data.ts";
import { readInstacart, readItemsetReferences, readSyntheticBaskets } from "../packages/server-adapter/bench/fimi.ts";
import { readGowalla } from "../packages/server-adapter/bench/gowalla.ts";
import { benchHttp } from "../packages/server-adapter/bench/http.ts";
import { benchLastMonth } from "../packages/server-adapter/bench/last-month.ts";
import {
  benchCompanions,
  benchEvidence,
  benchImport,
  readOnlineRetail,
} from "../packages/server-adapter/bench/online-retail.ts";
import { readOpenBandit } from "../packages/server-adapter/bench/open-bandit.ts";
import { readRsc15, readSerenade, readYoochoose } from "../packages/server-adapter/bench/session-files.ts";
import { readTafeng } from "../packages/server-adapter/bench/tafeng.ts";
import { demoSource } from "../packages/server-adapter/src/demo/demo-source.ts";
import { benchLayoutShift } from "./bench-layout-shift.ts";
import { benchSizes } from "./bench-sizes.ts";

export interface Benchmark {
  readonly name: string;
  /** What it is measured with when a group is asked for. */
  readonly group: string;
  readonly run: () => Promise<BenchSection | undefined>;
}

/** Measures what there is data for. */
async function on<Data>(
  data: Data | undefined,
  measure: (data: Data) => Promise<BenchSection> | BenchSection,
): Promise<BenchSection | undefined> {
  return data === undefined ? undefined : measure(data);
}

const retailFile = (): string | undefined => dataFile("online-retail", "orders.csv.gz");

const onRetail = (
  measure: (shop: Awaited<ReturnType<typeof readOnlineRetail>>) => Promise<BenchSection> | BenchSection,
) => on(retailFile(), async (file) => measure(await readOnlineRetail(file)));

const benchmark = (group: string, name: string, run: Benchmark["run"]): Benchmark => ({ group, name, run });

export const benchmarks: readonly Benchmark[] = [
  benchmark("shop", "import", () => on(retailFile(), (file) => benchImport(file))),
  benchmark("shop", "last-month", () =>
    onRetail(({ catalogue, history }) => benchLastMonth("Online Retail", { catalogue, orders: history })),
  ),
  benchmark("shop", "last-month-demo", async () => benchLastMonth("the demo shop", await demoSource(1).load())),
  benchmark("shop", "first-purchases", () =>
    onRetail(({ catalogue, history }) => benchFirstPurchases("Online Retail", { catalogue, orders: history })),
  ),
  benchmark("shop", "first-purchases-demo", async () =>
    benchFirstPurchases("the demo shop", await demoSource(1).load()),
  ),
  benchmark("association", "evidence", () => onRetail(({ history }) => benchEvidence(history))),
  benchmark("association", "companions", () => onRetail((shop) => benchCompanions(shop, "85123A"))),
  benchmark("association", "recovery", benchRecovery),
  benchmark("association", "itemsets", async () => {
    const references = readItemsetReferences();
    return references.length === 0 ? undefined : benchItemsets(references);
  }),
  benchmark("association", "pair-counts", () => on(readInstacart(), benchPairCounts)),
  benchmark("association", "itemset-growth", () => on(readSyntheticBaskets(), benchItemsetGrowth)),
  benchmark("sequences", "next-click-rsc15", () => on(readRsc15(), benchNextClick)),
  benchmark("sequences", "next-click-serenade", () => on(readSerenade(), benchNextClick)),
  benchmark("sequences", "next-click-yoochoose", () => on(readYoochoose(), benchNextClick)),
  benchmark("sequences", "next-basket", () => on(readTafeng(), (data) => benchNextBasket("Ta-Feng", data))),
  benchmark("sequences", "next-item", () => on(readAmazonBeauty(), (data) => benchNextItem("Amazon Beauty", data))),
  benchmark("sequences", "sessions", benchSessions),
  benchmark("filtering", "top-n", () => on(readGowalla(), benchGowalla)),
  benchmark("filtering", "model-growth", benchModelGrowth),
  benchmark("filtering", "scoring", benchScoring),
  benchmark("decision", "decisions", benchDecisions),
  benchmark("decision", "decision-rules", benchDecisionRules),
  benchmark("decision", "pauses", benchPauses),
  benchmark("decision", "rules", benchRules),
  benchmark("bundles", "bundle-cover", async () => benchBundleCover()),
  benchmark("cart", "shipping-nudge", async () => benchShippingNudge()),
  benchmark("bundles", "bundlerec", () => on(readBundleRecs(), benchSessionBundles)),
  benchmark("decision", "off-policy", benchOffPolicy),
  benchmark("decision", "off-policy-open-bandit", () => on(readOpenBandit(), benchOpenBandit)),
  benchmark("decision", "simulation", benchSimulation),
  benchmark("server", "http", () => benchHttp("the demo shop")),
  benchmark("server", "http-large", () => benchHttp("100,000 products", 100_000)),
  benchmark("pages", "sizes", async () => benchSizes()),
  benchmark("pages", "layout-shift", benchLayoutShift),
];

/** Why a benchmark gave nothing. */
export function lackOf(name: string): string {
  if (name === "layout-shift") return "there is no Chromium, or no build of the widgets (npm run build).";
  return "its data is not here; set DATA_DIR.";
}

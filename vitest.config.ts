/** One run, four projects: pure code in Node, the same engine tests in Chromium, widgets in happy-dom, pages in Chromium. */
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumArguments, chromiumPath } from "./scripts/chromium.mjs";

const source = {
  resolve: { conditions: ["source", "module", "browser", "development|production"] },
  ssr: {
    resolve: { conditions: ["source", "module", "node", "development|production"], externalConditions: ["source"] },
  },
  oxc: { jsx: { runtime: "automatic" as const, importSource: "preact" } },
};

const executablePath = chromiumPath();
const chromium = {
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions: { ...(executablePath && { executablePath }), args: [...chromiumArguments] } }),
  instances: [{ browser: "chromium" as const }],
};

/** Tests that need the file system say so in their name. */
const nodeOnly = "packages/*/{src,test}/**/*.node.test.ts";
/** So do those that need a browser that lays pages out. */
const chromiumOnly = "packages/*/src/**/*.chromium.test.{ts,tsx}";
/** And those that need a PostgreSQL server, which `npm test -- postgres` brings. */
const postgresqlOnly = "packages/*/{src,test}/**/*.postgresql.test.ts";

export default defineConfig({
  test: {
    // A core is left to itself by default; the tests of servers and databases wait more than they compute.
    maxWorkers: "100%",
    coverage: { provider: "v8", include: ["packages/*/src/**"] },
    projects: [
      {
        ...source,
        test: {
          name: "node",
          environment: "node",
          include: ["packages/{engine,server-adapter}/{src,test,bench}/**/*.test.ts", "examples/*/test/**/*.test.ts"],
          exclude: process.env["TEST_DATABASE_URL"] === undefined ? [postgresqlOnly] : [],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...source,
        test: {
          name: "dom",
          environment: "happy-dom",
          include: ["packages/{widgets,console}/src/**/*.test.{ts,tsx}"],
          exclude: [chromiumOnly],
          testTimeout: 60_000,
        },
      },
      {
        ...source,
        optimizeDeps: {
          include: [
            "fast-check",
            "preact",
            "preact/hooks",
            "preact/jsx-runtime",
            "preact/jsx-dev-runtime",
            "@preact/signals",
            "@testing-library/preact",
            "@testing-library/user-event",
            "axe-core",
            "uplot",
            "idb",
          ],
        },
        test: {
          name: "chromium",
          include: ["packages/engine/src/**/*.test.ts", "packages/{widgets,console}/src/**/*.test.{ts,tsx}"],
          exclude: [nodeOnly],
          testTimeout: 120_000,
          browser: chromium,
        },
      },
    ],
  },
});

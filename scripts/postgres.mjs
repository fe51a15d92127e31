/**
 * Runs the tests that work on a database a second time, on a PostgreSQL server that is started for them and thrown away.
 * Which tests those are follows from their imports: all that use the fixtures that open a database or start a server.
 */
import { writeFileSync } from "node:fs";
import { findPostgresql, startPostgresql } from "../packages/server-adapter/test/postgresql.ts";
import { installPackages, mayInstallPackages } from "./debian.mjs";
import { runMain } from "./install.mjs";
import { runProcess } from "./processes.mjs";
import { runVitest } from "./vitest-report.mjs";

/** Whoever imports one of these, directly or not, works on a database. */
const fixtures = ["test-database", "postgresql"].map((name) => `packages/server-adapter/test/${name}.ts`);

const clusterDefaults = "/etc/postgresql-common/createcluster.conf";

/** @returns why there is no PostgreSQL on this machine and none could be installed, or undefined */
async function ensurePostgresql() {
  if (findPostgresql()) return undefined;
  if (!mayInstallPackages()) return "There is no PostgreSQL on this machine, and only root can install Debian's.";
  console.log("There is no PostgreSQL on this machine; installing Debian's ...");
  const problem = await installServerOnly();
  if (findPostgresql()) return undefined;
  return problem ?? "Debian's PostgreSQL is older than version 15.";
}

/** The package alone would also make a cluster of the system's own and start it. */
async function installServerOnly() {
  const common = await installPackages(["postgresql-common"], process.env);
  if (common) return common;
  const setDefault = (...change) => runProcess("pg_conftool", [clusterDefaults, ...change], { capture: true });
  await setDefault("set", "create_main_cluster", "false");
  try {
    return await installPackages(["postgresql"], process.env);
  } finally {
    await setDefault("remove", "create_main_cluster");
  }
}

async function runTests() {
  const server = await startPostgresql();
  try {
    const env = { ...process.env, TEST_DATABASE_URL: server.url };
    return await runVitest("vitest-postgres", ["related", "--run", "--project", "node", ...fixtures], {
      env,
      minutes: 10,
    });
  } finally {
    await server.remove();
  }
}

/** A developer may do without; a run that vouches for the whole may not. */
function withoutPostgresql(reason) {
  console.log(
    [
      reason,
      "The tests on a served database do not run. Install PostgreSQL 15 or newer (Debian and Ubuntu: apt-get install postgresql),",
      "or name the folder of its programs in the environment variable POSTGRESQL_BIN.",
    ].join("\n"),
  );
  return process.env.CI ? { failed: 1 } : { skipped: 1 };
}

await runMain(async () => {
  const missing = await ensurePostgresql();
  const { problem, ...counts } = missing ? withoutPostgresql(missing) : await runTests();
  if (problem) console.log(problem);
  if (process.env.CHECKS_REPORT) writeFileSync(process.env.CHECKS_REPORT, JSON.stringify(counts));
  if (counts.failed > 0) process.exitCode = 1;
});

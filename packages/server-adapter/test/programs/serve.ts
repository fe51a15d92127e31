/**
 * A server as `basketlift start` runs it, over the data directory named on the command line and what DATABASE_URL names.
 * With `trained` it fills itself with a small demo shop and trains. Says in one line of JSON where it is and with which keys.
 */
import { products } from "../../src/database/schema.ts";
import { loadExampleKeys, seedDemoShop, trainFirst } from "../../src/first-run/index.ts";
import { startServer } from "../../src/server/start.ts";

const [directory, shop] = process.argv.slice(2);
const server = await startServer({
  dataDirectory: directory,
  databaseUrl: process.env["DATABASE_URL"],
  port: 0,
  onProblem: (problem) => process.stderr.write(`${problem}\n`),
});
process.once("SIGTERM", () => void server.close().then(() => process.exit(0)));
if (shop === "trained") {
  if ((await server.database.db.$count(products)) === 0) await seedDemoShop(server.services, { scale: 0.02 });
  await trainFirst(server.services, server.engine);
}
process.stdout.write(`${JSON.stringify({ url: server.url, ...(await loadExampleKeys(server)) })}\n`);

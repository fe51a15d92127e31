/**
 * A server as `basketlift start` runs it, over the data directory and the PostgreSQL server named on the command line (the
 * second may be missing), with a small trained demo shop. Says in one line of JSON where it is and with which keys.
 */
import { products } from "../../src/database/schema.ts";
import { loadExampleKeys, seedDemoShop, trainFirst } from "../../src/first-run/index.ts";
import { startServer } from "../../src/server/start.ts";

const [directory, databaseUrl] = process.argv.slice(2);
const server = await startServer({
  dataDirectory: directory,
  databaseUrl,
  port: 0,
  onProblem: (problem) => process.stderr.write(`${problem}\n`),
});
process.once("SIGTERM", () => void server.close().then(() => process.exit(0)));
if ((await server.database.db.$count(products)) === 0) await seedDemoShop(server.services, { scale: 0.02 });
await trainFirst(server.services, server.engine);
process.stdout.write(`${JSON.stringify({ url: server.url, ...(await loadExampleKeys(server)) })}\n`);

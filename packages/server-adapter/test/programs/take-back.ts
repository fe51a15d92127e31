/**
 * Takes the one import of a shop back, and says after each step how many orders are left: of the data directory named on
 * the command line, or of the PostgreSQL server named behind it. Brings the import in first, where there is none.
 */
import { join } from "node:path";
import { lockDataDirectory } from "../../src/database/lock.ts";
import { openDatabase } from "../../src/database/open.ts";
import { imports, orders } from "../../src/database/schema.ts";
import { newImport, runImport } from "../../src/ingest/run-import.ts";
import { takeBack } from "../../src/ingest/undo/take-back.ts";

const [directory, orderFile, databaseUrl] = process.argv.slice(2);
await lockDataDirectory(directory);
const database = await openDatabase(
  databaseUrl === undefined
    ? { kind: "embedded", directory: join(directory, "database") }
    : { kind: "postgresql", url: databaseUrl },
);
const services = { database, now: Date.now };
const id = "import";
const say = async (): Promise<void> => void process.stdout.write(`${await database.db.$count(orders)}\n`);
if ((await database.db.$count(imports)) === 0) {
  const file = { id, kind: "orders", path: orderFile, fileName: "orders.csv", settings: {} } as const;
  await database.db.insert(imports).values(newImport(id, file, Date.now()));
  await runImport(services, { ...file, afterInterruption: "failed" });
  await database.db.update(imports).set({ status: "undoing" });
}
await say();
let hasEnded = false;
const taking = takeBack(services, id).finally(() => (hasEnded = true));
while (!hasEnded) await say();
const undo = await taking;
process.stdout.write(`${JSON.stringify(undo)}\n`);
await database.close();
process.exit(0);

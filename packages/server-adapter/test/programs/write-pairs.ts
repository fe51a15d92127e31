/**
 * Opens the data directory named on the command line, says how many numbered pairs of rows it holds, then adds pairs until
 * it is killed, each in a transaction, and says the number of each once it is committed.
 */
import { join } from "node:path";
import { lockDataDirectory } from "../../src/database/lock.ts";
import { openDatabase } from "../../src/database/open.ts";

const directory = process.argv[2];
await lockDataDirectory(directory);
const { pool } = await openDatabase({ kind: "embedded", directory: join(directory, "database") });
await pool.query("create table if not exists pairs (number int, half text, primary key (number, half))");
const { rows } = await pool.query<{ whole: number; halves: number; next: number }>(
  "select count(distinct number)::int as whole, count(*)::int as halves, coalesce(max(number) + 1, 0)::int as next from pairs",
);
process.stdout.write(`${JSON.stringify(rows[0])}\n`);

/** Several at once, as events of many shoppers come. */
let number = rows[0].next;
async function write(): Promise<never> {
  for (;;) {
    const own = number++;
    const client = await pool.connect();
    await client.query("begin");
    await client.query("insert into pairs values ($1, 'left')", [own]);
    await client.query("insert into pairs values ($1, 'right')", [own]);
    await client.query("commit");
    client.release();
    process.stdout.write(`${own}\n`);
  }
}
await Promise.all([write(), write(), write()]);

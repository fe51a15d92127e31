/** A transaction over one connection of a pool. */
import type { Pool, PoolClient } from "pg";

/**
 * Commits when the work resolves, rolls back when it does not. A connection that cannot even roll back is thrown away.
 * @param begin the statement that opens it, for other than the usual isolation
 * @throws whatever the work or the commit throws
 * @example
 * await inTransaction(pool, (client) => client.query("delete from blobs"));
 */
export async function inTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
  begin = "begin",
): Promise<Result> {
  const client = await pool.connect();
  let unusable: Error | undefined;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      unusable = failure;
    });
    throw error;
  } finally {
    client.release(unusable);
  }
}

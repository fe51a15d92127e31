/** Tells a database that is gone from a query that is wrong. */

/** Of Node's sockets; ENOENT is a Unix socket that is not there. */
const socketCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENOTFOUND",
]);

/** SQLSTATE classes: connection exception, insufficient resources, operator intervention. */
const sqlClasses = /^(08|53|57)[0-9A-Z]{3}$/;

/** What `pg` says without a code. */
const messages = /^(Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after calling end)/;

/** Whether an error, or what caused it, means that the database could not be reached. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.some(isConnectionLoss);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const ofFile = "syscall" in error && (error.syscall === "open" || error.syscall === "stat");
  if (socketCodes.has(code) && !ofFile) return true;
  return sqlClasses.test(code) || messages.test(error.message) || isConnectionLoss(error.cause);
}

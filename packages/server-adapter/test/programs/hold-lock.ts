/** Locks the data directory named on the command line and keeps it until it is killed; says in one line how it went. */
import { DataDirectoryInUse, lockDataDirectory } from "../../src/database/lock.ts";

try {
  await lockDataDirectory(process.argv[2]);
  process.stdout.write("locked\n");
  setInterval(() => {}, 60_000);
} catch (error) {
  if (!(error instanceof DataDirectoryInUse)) throw error;
  process.stdout.write(`${error.message}\n`);
}

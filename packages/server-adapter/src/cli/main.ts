/** The `basketlift` command: the process around `runCommandLine`. */
import { audit } from "./commands/audit.ts";
import { backup } from "./commands/backup.ts";
import { demo } from "./commands/demo.ts";
import { doctor } from "./commands/doctor.ts";
import { exportCommand } from "./commands/export.ts";
import { importCommand } from "./commands/import.ts";
import { password } from "./commands/password.ts";
import { recommend } from "./commands/recommend.ts";
import { restore } from "./commands/restore.ts";
import { start } from "./commands/start.ts";
import { train } from "./commands/train.ts";
import { exitCode } from "./exit.ts";
import { runCommandLine } from "./run.ts";

const stop = new AbortController();
const stopped = new Error("It was stopped by hand.");

// The first Ctrl-C asks for a clean stop, the second one does not ask.
process.on("SIGINT", () => {
  if (stop.signal.aborted) process.exit(exitCode.interrupted);
  stop.abort(stopped);
});
process.on("SIGTERM", () => stop.abort(stopped));

// A reader that closes the pipe early (`| head`) is no error; a full disk behind `>` is one.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCode.done);
  process.stderr.write(`The results cannot be written: ${error.message}\n`);
  process.exit(exitCode.failed);
});

process.exitCode = await runCommandLine(
  [start, importCommand, audit, train, recommend, exportCommand, doctor, demo, password, backup, restore],
  process.argv.slice(2),
  process,
  stop.signal,
);

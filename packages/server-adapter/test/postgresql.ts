/** A PostgreSQL server for one test file, on a free port and in a directory of its own, where its programs are installed. */
import { execFile, type ExecFileOptions } from "node:child_process";
import { existsSync } from "node:fs";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const programs = process.env["POSTGRESQL_BIN"] ?? "/usr/lib/postgresql/15/bin";
const execute = promisify(execFile);

/** Whether tests can start a server of their own. */
export const hasPostgresql = existsSync(join(programs, "initdb"));

export interface PostgresqlServer {
  readonly url: string;
  start(): Promise<void>;
  /** Breaks off every connection. */
  stop(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

/** @returns a server that runs */
export async function startPostgresql(): Promise<PostgresqlServer> {
  const owner = await ownerOfServer();
  const directory = await mkdtemp(join(tmpdir(), "basketlift-postgresql-"));
  if (owner) await chown(directory, owner.uid, owner.gid);
  const run = (program: string, ...args: string[]): Promise<unknown> =>
    execute(join(programs, program), args, { ...owner, cwd: directory } satisfies ExecFileOptions);
  const data = join(directory, "data");
  await run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8");
  const port = await freePort();
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${directory} -c fsync=off`;
  const start = async (): Promise<void> => {
    await run("pg_ctl", "-D", data, "-o", settings, "-l", join(directory, "log"), "-w", "start");
  };
  const stop = async (): Promise<void> => void (await run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"));
  await start();
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    start,
    stop,
    async remove() {
      await stop().catch(() => {});
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The server refuses to run as root. */
async function ownerOfServer(): Promise<{ uid: number; gid: number } | undefined> {
  if (userInfo().uid !== 0) return undefined;
  const id = async (option: string): Promise<number> => Number((await execute("id", [option, "postgres"])).stdout);
  return { uid: await id("-u"), gid: await id("-g") };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}

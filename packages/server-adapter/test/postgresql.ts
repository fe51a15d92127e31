/**
 * A PostgreSQL server for tests: in a directory of its own, on a free port of this machine, and gone with the process
 * that started it, however that ends. Without any dependency, because the test script starts one too.
 */
import { execFile, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { chown, mkdtemp, readFile } from "node:fs/promises";
import { createServer, Socket } from "node:net";
import { delimiter, join } from "node:path";
import { tmpdir, userInfo } from "node:os";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** The oldest that Basketlift works on, and so the one its tests run on where there are several. */
const oldestVersion = 15;

/** Where Debian and Ubuntu keep the programs of each version. */
const packagedFolder = "/usr/lib/postgresql";

/** @returns the folder of PostgreSQL's programs on this machine, or undefined where there are none of version 15 or newer */
export function findPostgresql(): string | undefined {
  const named = process.env["POSTGRESQL_BIN"];
  const packaged = existsSync(packagedFolder)
    ? readdirSync(packagedFolder).toSorted((a, b) => Number(a) - Number(b))
    : [];
  const folders = [
    ...packaged.map((version) => join(packagedFolder, version, "bin")),
    ...(process.env["PATH"] ?? "").split(delimiter),
  ];
  return (named === undefined ? folders : [named]).find((folder) => versionIn(folder) >= oldestVersion);
}

/** @returns the major version of the programs in a folder; 0 where there are none that run */
function versionIn(folder: string): number {
  if (!existsSync(join(folder, "initdb"))) return 0;
  const { stdout } = spawnSync(join(folder, "initdb"), ["--version"], { encoding: "utf8" });
  return Number(/\d+/.exec(stdout)?.[0] ?? 0);
}

export interface PostgresqlServer {
  /** Of a database that is there; tests make their own beside it. */
  readonly url: string;
  start(): Promise<void>;
  /** Breaks off every connection. */
  stop(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
}

/**
 * @returns a server that runs
 * @throws when this machine has no PostgreSQL, or it does not start; the message holds its log
 */
export async function startPostgresql(): Promise<PostgresqlServer> {
  const programs = findPostgresql();
  if (programs === undefined) throw new Error(`There is no PostgreSQL ${oldestVersion} or newer on this machine.`);
  const owner = await unprivilegedUser();
  const directory = await mkdtemp(join(tmpdir(), "basketlift-postgresql-"));
  if (owner) await chown(directory, owner.uid, owner.gid);
  const guard = startGuard(programs, directory, owner);
  const remove = (): Promise<void> => dismiss(guard);
  const data = join(directory, "data");
  const run = async (program: string, ...args: string[]): Promise<void> =>
    void (await execute(join(programs, program), args, { ...owner, cwd: directory }));
  const start = (port: number): Promise<void> =>
    run("pg_ctl", "-D", data, "-o", settingsFor(port, directory), "-l", join(directory, "log"), "-w", "start");
  try {
    await run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
    const port = await startOnFreePort(start);
    return {
      url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
      start: () => start(port),
      stop: () => run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"),
      remove,
    };
  } catch (error) {
    const log = await readFile(join(directory, "log"), "utf8").catch(() => "");
    await remove();
    throw new Error(`PostgreSQL does not start: ${String(error)}\n${log}`, { cause: error });
  }
}

/** Its data is thrown away, so nothing waits for the disk; a process that dies still loses no commit. */
function settingsFor(port: number, directory: string): string {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: directory,
    max_connections: 300,
    fsync: "off",
    full_page_writes: "off",
  };
  return [`-p ${port}`, ...Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)].join(" ");
}

/** Between the moment a port is found free and the moment it is used, somebody else may take it. */
async function startOnFreePort(start: (port: number) => Promise<void>, attempts = 3): Promise<number> {
  const port = await freePort();
  try {
    await start(port);
    return port;
  } catch (error) {
    if (attempts === 1) throw error;
    return startOnFreePort(start, attempts - 1);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}

interface UnprivilegedUser {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root. */
async function unprivilegedUser(): Promise<UnprivilegedUser | undefined> {
  if (userInfo().uid !== 0) return undefined;
  const id = async (option: string, name: string): Promise<number> =>
    Number((await execute("id", [option, name])).stdout);
  const idsOf = async (name: string): Promise<UnprivilegedUser> => ({
    uid: await id("-u", name),
    gid: await id("-g", name),
  });
  return idsOf("postgres").catch(() => idsOf("nobody"));
}

/** Reads until nobody can write any more; then ends the server whose pid is in its data, and removes everything. */
const guardScript = 'cat; "$0/pg_ctl" -D "$1/data" -m immediate -w stop; rm -rf "$1"';

/** In a session of its own: Ctrl-C and a killed process group do not reach it, the end of this process does. */
function startGuard(programs: string, directory: string, owner: UnprivilegedUser | undefined): ChildProcess {
  const guard = spawn("sh", ["-c", guardScript, programs, directory], {
    ...owner,
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.unref();
  if (guard.stdin instanceof Socket) guard.stdin.unref();
  return guard;
}

async function dismiss(guard: ChildProcess): Promise<void> {
  if (guard.exitCode !== null) return;
  const ended = once(guard, "exit");
  guard.ref();
  guard.stdin?.end();
  await ended;
}

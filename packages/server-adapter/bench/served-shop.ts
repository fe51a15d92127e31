/** `basketlift start` in a process of its own, as a shop runs it, and what it tells of the processor and memory it uses. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";

const program = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));

export interface ServedShop {
  readonly url: string;
  /** From the start of the process until it said that it is ready. */
  readonly startSeconds: number;
  /** What it has used since it began, once all decisions are in its log. */
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

export interface Usage {
  /** Of all threads, user and system time. */
  readonly processorSeconds: number;
  /** Of the thread that answers; NaN where the system does not tell. */
  readonly answeringSeconds: number;
  readonly residentBytes: number;
}

export interface ServeShopOptions {
  /** With the scope `read`: what asks for metrics. */
  readonly secretKey?: string;
  /** For `basketlift start`. */
  readonly options?: readonly string[];
  /** For the process, such as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
}

/** @throws when the server ends before it is ready */
export async function serveShop(
  directory: string,
  { secretKey = "", options = [], nodeOptions = [] }: ServeShopOptions = {},
): Promise<ServedShop> {
  const began = performance.now();
  const parameters = ["start", "--data", directory, "--port", "0", ...options];
  const server = spawn(process.execPath, [...nodeOptions, "-C", "source", program, ...parameters], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const url = await addressOf(server);
    const startSeconds = (performance.now() - began) / 1000;
    return { url, startSeconds, usage: () => readUsage(url, secretKey, server.pid), stop: () => stop(server) };
  } catch (error) {
    await stop(server);
    throw error;
  }
}

async function addressOf(server: ChildProcess): Promise<string> {
  let said = "";
  const { stdout } = server;
  if (!stdout) throw new Error("The server's output is not read.");
  for await (const chunk of stdout) {
    said += String(chunk);
    const address = /API\s+(http:\/\/[^/\s]+)/.exec(said);
    if (address && said.includes("Ctrl-C stops")) return address[1];
  }
  throw new Error(`The server ended before it was ready. It said: ${said}`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  await ended;
}

async function readUsage(url: string, secretKey: string, pid: number | undefined): Promise<Usage> {
  for (;;) {
    const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${secretKey}` } });
    const metrics = await response.text();
    const read = (name: string): number => {
      const line = metrics.split("\n").find((candidate) => candidate.startsWith(`${name} `));
      if (line === undefined) throw new Error(`The server's metrics have no ${name}: ${metrics.slice(0, 200)}`);
      return Number(line.slice(name.length));
    };
    if (read('basketlift_waiting_rows{queue="decisions"}') === 0) {
      return {
        processorSeconds: read("process_cpu_seconds_total"),
        answeringSeconds: mainThreadSeconds(pid),
        residentBytes: read("process_resident_memory_bytes"),
      };
    }
    await pause(200);
  }
}

/** Linux counts it in hundredths of a second, in fields 14 and 15; the name in brackets may hold blanks. */
function mainThreadSeconds(pid: number | undefined): number {
  if (process.platform !== "linux" || pid === undefined) return Number.NaN;
  const fields = readFileSync(`/proc/${pid}/task/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

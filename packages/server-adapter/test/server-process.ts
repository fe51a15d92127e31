/** The real server in a process of its own, and calls to it as pages and shops make them. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { apiBase } from "../src/contract/index.ts";

const program = fileURLToPath(new URL("programs/serve.ts", import.meta.url));

const announcement = z.object({ url: z.string(), publishable: z.string(), secret: z.string() });

export interface ServerProcess {
  readonly url: string;
  /** The shop's own key, for routes beside the API. */
  readonly secret: string;
  /** Ends it; resolves when it is gone. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** A call from a page of the shop, with its publishable key. */
  fromPage(path: string, init?: CallInit): Promise<Response>;
  /** A call from the shop's server, with its secret key. */
  fromShop(path: string, init?: CallInit): Promise<Response>;
}

export interface CallInit {
  /** Default: POST with a body, GET without one. */
  readonly method?: string;
  /** A text as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ServerProcessOptions {
  /** With a small demo shop and an engine trained on it; otherwise with whatever the data directory holds. */
  readonly shop?: "trained" | "as it is";
  /** Of a PostgreSQL server; without one the data directory holds the database. */
  readonly databaseUrl?: string | undefined;
}

/** Killed at the end of the test, if it still runs then. */
export async function startServerProcess(
  directory: string,
  { shop = "as it is", databaseUrl }: ServerProcessOptions = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, ["-C", "source", program, directory, shop], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exited = once(child, "exit");
  const { url, publishable, secret } = announcement.parse(JSON.parse(await firstLine(child)));
  const call = (key: string, path: string, { method, body, headers }: CallInit = {}): Promise<Response> =>
    fetch(`${url}${apiBase}${path}`, {
      headers: { authorization: `Bearer ${key}`, origin: url, "content-type": "application/json", ...headers },
      method: method ?? (body === undefined ? "GET" : "POST"),
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  return {
    url,
    secret,
    async end(signal) {
      child.kill(signal);
      await exited;
    },
    fromPage: (path, init) => call(publishable, path, init),
    fromShop: (path, init) => call(secret, path, init),
  };
}

/** @throws with what the process said when it ends before */
async function firstLine({ stdout, stderr }: ChildProcess): Promise<string> {
  let said = "";
  stderr?.on("data", (chunk) => (said += String(chunk)));
  if (stdout) for await (const line of createInterface({ input: stdout })) return line;
  throw new Error(`The server ended before it was ready: ${said}`);
}

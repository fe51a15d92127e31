/**
 * Serves the built console over the made-up shop, to look at: `rollup -c rollup.console.config.mjs`, then
 * `node -C source packages/console/test/serve.ts 4000`. Sign in with any address and "correct horse".
 */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createBackend } from "./backend.ts";

const folder = fileURLToPath(new URL("../../server-adapter/dist/console", import.meta.url));
const types: Readonly<Record<string, string>> = { ".js": "text/javascript", ".css": "text/css", ".html": "text/html" };
const [port = "4000"] = process.argv.slice(2);
const { fetch } = createBackend({ signedIn: process.argv.includes("--signed-in") });

createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const answering = pathname.startsWith("/console") ? file(pathname) : forward(request);
  void answering.then(async (answer) => {
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(new Uint8Array(await answer.arrayBuffer()));
  });
}).listen(Number(port), "127.0.0.1", () => process.stdout.write(`http://127.0.0.1:${port}/console\n`));

/** Paths that are no file are views of the console. */
async function file(pathname: string): Promise<Response> {
  const name = types[extname(pathname)] ? pathname.slice("/console/".length) : "index.html";
  const content = await readFile(join(folder, name)).catch(() => undefined);
  if (!content) return new Response("Not found", { status: 404 });
  return new Response(new Uint8Array(content), { headers: { "content-type": types[extname(name)] } });
}

async function forward(request: IncomingMessage): Promise<Response> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const isJson = request.headers["content-type"] === "application/json";
  return fetch(`http://localhost${request.url}`, {
    method: request.method ?? "GET",
    ...(isJson && { body: Buffer.concat(chunks).toString() }),
  });
}

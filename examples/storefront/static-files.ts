/** The shop's own styles and script, and Basketlift's script from the installed package. */
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";

const contentTypes: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Modules are loaded from other origins only where they may be: nothing here is secret. */
const forEveryPage = { "access-control-allow-origin": "*", "x-content-type-options": "nosniff" };

/** @param scripts path that Basketlift's files are served under */
export function staticFiles(scripts: string): Hono {
  const app = new Hono();
  app.get("/shop/:file{[\\w.-]+}", (context) =>
    answerFile(new URL(`public/${context.req.param("file")}`, import.meta.url)),
  );
  if (scripts.startsWith("/")) {
    app.get(`${scripts}/:file{[\\w.-]+}`, (context) =>
      answerFile(new URL(import.meta.resolve(`@basketlift/widgets/script/${context.req.param("file")}`))),
    );
  }
  return app;
}

async function answerFile(address: URL): Promise<Response> {
  const path = fileURLToPath(address);
  const type = contentTypes[extname(path)];
  const content = type && (await readFile(path).catch(() => undefined));
  if (!content) return new Response("Not found\n", { status: 404 });
  return new Response(new Uint8Array(content), {
    headers: { "content-type": type, "cache-control": "no-cache", ...forEveryPage },
  });
}

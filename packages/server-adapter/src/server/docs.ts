/** The reference as a page: Swagger UI from this package's own files, so that it works without a network. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Hono } from "hono";
import { apiBase } from "../contract/route.ts";
import type { OpenApiDocument } from "./openapi.ts";

const folder = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));

/** What the page needs of Swagger UI. */
const files: Readonly<Record<string, string>> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "favicon-32x32.png": "image/png",
};

export const documentPath = `${apiBase}/openapi.json`;

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Basketlift API</title>
    <link rel="icon" href="/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="reference"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

/** Without the validator, which is a service on the network. */
const startScript = `SwaggerUIBundle({
  url: ${JSON.stringify(documentPath)},
  dom_id: "#reference",
  deepLinking: true,
  validatorUrl: null,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
});
`;

/** The page may load nothing from elsewhere; Swagger UI writes styles into elements. */
const contentSecurityPolicy =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

const pageHeaders = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-cache",
};

/** Adds `/docs` and the document itself. */
export function addDocs(app: Hono, document: OpenApiDocument): void {
  const text = JSON.stringify(document);
  const served = (body: string | Uint8Array<ArrayBuffer>, type: string) =>
    new Response(body, { headers: { ...pageHeaders, "content-type": type } });
  app.get(documentPath, () => served(text, "application/json"));
  app.get("/docs", () => served(page, "text/html; charset=utf-8"));
  app.get("/docs/start.js", () => served(startScript, "text/javascript; charset=utf-8"));
  for (const [name, type] of Object.entries(files)) {
    app.get(`/docs/${name}`, async () => served(new Uint8Array(await readFile(join(folder, name))), type));
  }
}

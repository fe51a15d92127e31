/** A stranger's server: the files of the script tag, found in the installed package, served, and followed to the last chunk. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const types = { js: "text/javascript", css: "text/css" };

const server = createServer(({ url }, response) => {
  const name = url.replace("/basketlift/", "");
  const content = readFileSync(fileURLToPath(import.meta.resolve(`@basketlift/widgets/script/${name}`)));
  response.writeHead(200, { "content-type": types[name.split(".").at(-1)] }).end(content);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${server.address().port}/basketlift/`;

/** What a file names in quotes that lies beside it: imports, static or not, and what the loader loads. */
const namedIn = (text) => Array.from(text.matchAll(/["'`](?:\.\/)?([\w-]+\.(?:js|css))["'`]/g), ([, name]) => name);

const served = new Map();
async function follow(name) {
  if (served.has(name)) return;
  const response = await fetch(base + name);
  const text = await response.text();
  served.set(name, text.length);
  if (!response.ok || text.length === 0) throw new Error(`${name} was answered with ${response.status}.`);
  for (const next of namedIn(text)) await follow(next);
}

for (const name of ["loader.js", "storefront.css"]) await follow(name);
server.close();
for (const name of ["storefront.js", "storefront.css"]) {
  if (!served.has(name)) throw new Error(`Nothing leads to ${name}: ${[...served.keys()].join(", ")}`);
}
if (served.size < 6) throw new Error(`The widgets' chunks are missing: ${[...served.keys()].join(", ")}`);
console.log(`script tag: ${served.size} files`);

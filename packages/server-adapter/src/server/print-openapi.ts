/** `npm run --silent openapi`: writes the API's reference to standard output. */
import { builtContract } from "./handlers.ts";
import { createOpenApi } from "./openapi.ts";
import { packageVersion } from "./package-version.ts";

const document = createOpenApi(builtContract(), { version: packageVersion });
process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);

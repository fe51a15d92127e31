/**
 * Runs the demo shop beside a Basketlift server:
 *
 *     BASKETLIFT_URL=http://127.0.0.1:8787 BASKETLIFT_PUBLISHABLE_KEY=pk_... BASKETLIFT_SECRET_KEY=sk_... npm start
 */
import { createDemoCatalogue } from "@basketlift/engine/simulation";
import { serve } from "@hono/node-server";
import { createStorefrontApp } from "./server.ts";

const {
  BASKETLIFT_URL = "http://127.0.0.1:8787",
  BASKETLIFT_PUBLISHABLE_KEY = "",
  BASKETLIFT_SECRET_KEY = "",
  PORT = "3000",
} = process.env;

const app = createStorefrontApp({
  ...createDemoCatalogue(),
  api: {
    baseUrl: `${BASKETLIFT_URL}/api/upsell-cross-sell`,
    publishableKey: BASKETLIFT_PUBLISHABLE_KEY,
    secretKey: BASKETLIFT_SECRET_KEY,
  },
  onRefused: (id, why) => console.error(`Order ${id} was refused: ${why}`),
});
// The demo shop's pictures lie on the Basketlift server that made it; a shop of your own serves its own.
app.get("/demo/pictures/:file", (context) => fetch(`${BASKETLIFT_URL}${context.req.path}`));
serve({ fetch: app.fetch, port: Number(PORT) }, ({ port }) => console.log(`The shop is at http://127.0.0.1:${port}/`));

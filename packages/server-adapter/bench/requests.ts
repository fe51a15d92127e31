/** Requests as a busy shop sends them: no two alike, products as popular as they sell, most visitors known by a session. */
import type { Engine } from "@basketlift/engine";
import { createRandom, type Random } from "@basketlift/engine/random";
import { signShopperToken } from "../src/server/shopper-token.ts";

/** Where the shop's pages stand. */
export const shopOrigin = "https://shop.example";

export interface PageCredentials {
  /** Publishable; it travels in the body, as the widgets send it. */
  readonly key: string;
  /** Signs the token of shoppers who are customers. */
  readonly shopperKey: Uint8Array;
}

/** Share of the requests that come from each place. */
const placements = [
  { placement: "pdp", until: 0.45 },
  { placement: "cart", until: 0.65 },
  { placement: "homepage", until: 0.85 },
  { placement: "category", until: 1 },
] as const;

const consenting = 0.8;
const signedIn = 0.15;

/**
 * @param credentials of a page; without them the requests are those of the shop's own server
 * @returns bodies of `POST /recommendations/generate`
 */
export function drawRequests(engine: Engine, count: number, credentials?: PageCredentials): string[] {
  const random = createRandom(credentials ? "pages" : "server");
  return Array.from({ length: count }, (_, number) =>
    JSON.stringify({ ...drawRequest(engine, random, number, credentials), key: credentials?.key }),
  );
}

function drawRequest(engine: Engine, random: Random, number: number, credentials: PageCredentials | undefined): object {
  const place = random.next();
  const placement = placements.find(({ until }) => place < until)?.placement;
  const cartSize = placement === "cart" ? 1 + random.integer(4) : random.integer(2);
  return {
    placement,
    limit: 8,
    sessionId: `session-${number}`,
    ...(placement === "pdp" && { productId: drawProduct(engine, random) }),
    cart: drawProducts(engine, random, cartSize).map((productId) => ({ productId, quantity: 1 + random.integer(2) })),
    session: drawProducts(engine, random, random.integer(7)),
    ...(random.next() < consenting && { visitorId: `visitor-${number}` }),
    ...(random.next() < signedIn && customerFields(drawCustomer(engine, random), credentials)),
  };
}

function customerFields(customerId: string, credentials: PageCredentials | undefined): object {
  return credentials
    ? { customerId, shopperToken: signShopperToken(customerId, credentials.shopperKey) }
    : { customerId };
}

function drawCustomer({ parts: { purchases } }: Engine, random: Random): string {
  return purchases.customers.idOf(random.integer(purchases.customers.size));
}

/** One that some customer bought: bestsellers come often. */
function drawProduct(engine: Engine, random: Random): string {
  const bought = engine.state.customers.of(drawCustomer(engine, random));
  const product = bought.length > 0 ? bought[random.integer(bought.length)] : random.integer(engine.catalogue.ids.size);
  return engine.catalogue.ids.idOf(product);
}

function drawProducts(engine: Engine, random: Random, count: number): string[] {
  return Array.from({ length: count }, () => drawProduct(engine, random));
}

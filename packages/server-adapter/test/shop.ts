/** A tiny shop in a test's database, and what is said about it: products, decisions, facts of a request. */
import type { Product } from "@basketlift/engine/catalogue";
import { decisions, markets, products, visitors } from "../src/database/schema.ts";
import type { RequestFacts } from "../src/server/handler.ts";
import type { Services } from "../src/server/services.ts";
import { testNow } from "./services.ts";

export const home = { id: "default", country: "DE", currency: "EUR", locale: "en", timeZone: "UTC" };

export const mug: Product = {
  id: "mug",
  title: "Blue mug",
  url: "/mug",
  category: ["Kitchen"],
  variants: [
    { id: "mug-blue", prices: { default: 1250 }, cost: 430, stock: 3 },
    { id: "mug-red", prices: { default: 1150 }, cost: 430, stock: 0 },
  ],
};
export const teapot: Product = {
  id: "teapot",
  title: "Teapot",
  variants: [{ id: "teapot", prices: { default: 3900 }, cost: 1800 }],
};

export async function placeShop({ database: { db } }: Services, given: readonly Product[] = [mug, teapot]) {
  await db.insert(markets).values({ ...home, rank: 0 });
  await db.insert(products).values(
    given.map((body) => ({
      id: body.id,
      title: body.title,
      active: body.active ?? true,
      body,
      updatedAt: new Date(testNow),
    })),
  );
}

/** A decision as the log holds it. */
export async function placeDecision(
  { database: { db } }: Services,
  given: Partial<typeof decisions.$inferInsert> & { readonly id: string },
) {
  await db.insert(decisions).values({
    decidedAt: new Date(testNow - 3_600_000),
    placement: "pdp",
    strategyId: "bought-together",
    strategyVersion: 1,
    status: "served",
    arm: given.visitorId === undefined ? "unassigned" : "treatment",
    stateVersion: "state-1",
    receipt: {},
    ...given,
  });
}

export async function placeVisitors(
  { database: { db } }: Services,
  given: readonly { readonly id: string; readonly arm: "treatment" | "holdout"; readonly firstSeenAt?: Date }[],
) {
  const firstSeenAt = new Date(testNow - 86_400_000);
  await db.insert(visitors).values(given.map((visitor) => ({ firstSeenAt, ...visitor })));
}

/** Facts of a request, for handlers that are called without a router. */
export function requestFacts({
  headers = {},
  stream = null,
}: {
  readonly headers?: Record<string, string>;
  readonly stream?: ReadableStream<Uint8Array> | null;
} = {}): RequestFacts {
  return {
    caller: { kind: "anonymous" },
    requestId: "test",
    headers: new Headers(headers),
    address: "unknown",
    stream,
    setHeader: () => {},
    setStatus: () => {},
  };
}

/**
 * The server as a storefront sees it, behind `fetch`: it answers pages from a few products, takes each event once, and can
 * be slow, broken or gone.
 */
import { shardFormat, shardOf } from "@basketlift/engine/snapshot";
import type { AnsweredItem, AnsweredRecommendation, PublicProduct } from "../src/client/answer.ts";
import type { StorefrontEvent } from "../src/client/events.ts";

export type Mood = "well" | "broken" | "gone" | "silent" | "holdout" | "taken-but-silent" | "nonsense";

interface PlacementBody {
  readonly id: string;
  readonly placement: string;
  readonly limit?: number;
  readonly strategy?: string;
}

/** Body of `POST /placements/page`. */
export interface PageBody {
  readonly key: string;
  readonly placements: readonly PlacementBody[];
  readonly exclude?: readonly string[];
  readonly [field: string]: unknown;
}

export interface TestApi {
  readonly fetch: typeof fetch;
  readonly requests: Request[];
  readonly pages: PageBody[];
  /** Batches as they came, repeats included. */
  readonly batches: (readonly StorefrontEvent[])[];
  /** Events as they are kept: each id once. */
  readonly kept: Map<string, StorefrontEvent>;
  /** Ids of the decisions that were served. */
  readonly decisions: Set<string>;
  readonly consents: unknown[];
  /** What follows a product, for the snapshot; none when left empty. */
  readonly followers: Map<string, readonly string[]>;
  mood: Mood;
}

const titles = ["Stoneware mug", "Teapot", "Oak tray", "Linen napkins", "Milk jug", "Sugar bowl", "Strainer", "Kettle"];

/** Product ids in the order that the server recommends them. */
export const recommended = titles.map((_, place) => `product-${place}`);

export function answeredItem(place: number, position: number): AnsweredItem {
  const price = 1250 + place * 100;
  const variants =
    place % 2 === 0
      ? [{ variantId: `variant-${place}`, options: {}, price, inStock: true }]
      : ["S", "M", "L"].map((size, index) => ({
          variantId: `variant-${place}-${size}`,
          options: { size },
          price: price + index * 500,
          inStock: size !== "L",
        }));
  return {
    productId: recommended[place],
    variantId: variants[0].variantId,
    title: titles[place],
    url: `#/products/${recommended[place]}`,
    reason: "Often bought together with Breakfast plate",
    source: "bought-together",
    position,
    price,
    currency: "EUR",
    availability: "in-stock",
    variants,
  };
}

export const plate: PublicProduct = {
  id: "plate",
  title: "Breakfast plate",
  currency: "EUR",
  variants: [
    { variantId: "plate-white", options: { colour: "white" }, price: 900, inStock: true },
    { variantId: "plate-blue", options: { colour: "blue" }, price: 1100, inStock: true },
  ],
};

let decisions = 0;

function recommendation(
  { limit = titles.length }: PlacementBody,
  exclude: Set<string>,
  mood: Mood,
): AnsweredRecommendation {
  const id = `decision-${++decisions}`;
  const places = titles.map((_, place) => place).filter((place) => !exclude.has(recommended[place]));
  const items =
    mood === "holdout" ? [] : places.slice(0, limit).map((place, position) => answeredItem(place, position));
  for (const { productId } of items) exclude.add(productId);
  return { id, status: mood === "holdout" ? "holdout" : "served", receipt: { decisionId: id }, items };
}

export function createTestApi(): TestApi {
  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (api.mood === "gone") throw new TypeError("Failed to fetch");
    if (api.mood === "silent") return new Promise((_, reject) => rejectWith(request.signal, reject));
    if (api.mood === "broken") return Response.json({ code: "internal" }, { status: 500 });
    if (api.mood === "nonsense") return Response.json({ placements: [{ id: "1", recommendation: { items: 3 } }] });
    if (pathname === "/api/placements/page") return answerPage(await request.json());
    if (pathname === "/api/events") return takeEvents(await request.json(), request.signal);
    if (pathname === "/api/catalog/products/plate") return Response.json(plate);
    if (pathname === "/api/recommendations/snapshot" && api.followers.size > 0) return Response.json(manifest);
    if (pathname.startsWith("/api/shards/")) return Response.json(shard(Number(pathname.split("/").at(-1))));
    return Response.json({ code: "not-found" }, { status: 404 });
  }

  function answerPage(body: PageBody): Response {
    api.pages.push(body);
    const shown = new Set(body.exclude);
    const placements = body.placements.map((placement) => ({
      id: placement.id,
      recommendation: recommendation(placement, shown, api.mood),
    }));
    for (const { recommendation } of placements) api.decisions.add(recommendation.id);
    return Response.json({ placements });
  }

  function takeEvents(
    { events, consent }: { readonly events: readonly StorefrontEvent[]; readonly consent: unknown },
    signal: AbortSignal,
  ): Response | Promise<Response> {
    api.batches.push(events);
    api.consents.push(consent);
    for (const event of events) api.kept.set(event.id, event);
    if (api.mood === "taken-but-silent") return new Promise((_, reject) => rejectWith(signal, reject));
    return Response.json({ accepted: events.length, repeated: 0, refused: [] }, { status: 202 });
  }

  function shard(place: number) {
    const own = [...api.followers].filter(([product]) => shardOf(product, shardCount) === place);
    const ids = [...new Set(own.flatMap(([product, followers]) => [product, ...followers]))];
    const rows = own.map(([product, followers]) => [
      ids.indexOf(product),
      ...followers.flatMap((follower, rank) => [ids.indexOf(follower), 255 - rank * 40, 0]),
    ]);
    return { format: shardFormat, ids, rows };
  }

  const api: TestApi = {
    requests: [],
    pages: [],
    batches: [],
    kept: new Map(),
    decisions: new Set(),
    consents: [],
    followers: new Map(),
    mood: "well",
    fetch: (input, init) => {
      const request = new Request(input, init);
      api.requests.push(request);
      return answer(request);
    },
  };
  return api;
}

const shardCount = 2;
const manifest = {
  version: "snapshot-1",
  minimumClient: 1,
  expiresAt: "2999-01-01T00:00:00Z",
  kill: false,
  shards: [0, 1].map((place) => ({ url: `shards/${place}`, bytes: 100 })),
};

function rejectWith(signal: AbortSignal, reject: (reason: unknown) => void): void {
  if (signal.aborted) reject(signal.reason);
  signal.addEventListener("abort", () => reject(signal.reason));
}

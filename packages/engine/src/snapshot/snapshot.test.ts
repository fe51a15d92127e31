import { beforeAll, describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import type { Product } from "../catalogue/product.ts";
import { basketsOf, findAffinities, type Affinities } from "../association/index.ts";
import { createOrderHistoryBuilder, sessionize, type Interaction, type Order } from "../history/index.ts";
import { createPublicSnapshot, type PublicSnapshot } from "./create-public-snapshot.ts";
import { readShard, shardOf, transitionsOf, type SnapshotShard } from "./shard.ts";

/** Numbers that stand nowhere else, so that any trace of them is a leak. */
const canary = { cost: 73_194_867, stock: 91_827_364, price: 58_372_915 };

const ids = ["cup", "saucer", "spoon", "lamp", "rug", "whisper"];
const products: Product[] = ids.map((id) => ({
  id,
  title: `The ${id}`,
  variants: [{ id: `${id}-1`, prices: { default: canary.price }, cost: canary.cost, stock: canary.stock }],
}));
const catalogue = createCatalogue({ products });
const minute = 60_000;
const start = Date.UTC(2026, 0, 1);

/** `visitors` people look at the products one after another. */
function visits(prefix: string, visitors: number, path: readonly string[]): Interaction[] {
  return Array.from({ length: visitors }, (_, person) =>
    path.map((productId, step) => ({
      visitorId: `${prefix}-${person}`,
      productId,
      kind: "view" as const,
      occurredAt: new Date(start + person * 60 * minute + step * minute).toISOString(),
    })),
  ).flat();
}

const interactions = [
  ...visits("many", 30, ["cup", "saucer", "lamp"]),
  ...visits("nine", 9, ["cup", "whisper"]),
  // One person, fifty visits: still one person.
  ...Array.from({ length: 50 }, (_, day) =>
    visits("fan", 1, ["rug", "whisper"]).map((event, step) => ({
      ...event,
      occurredAt: new Date(start + day * 24 * 60 * minute + step * minute).toISOString(),
    })),
  ).flat(),
];

const customers = 40;
const orders: Order[] = Array.from({ length: 400 }, (_, index) => ({
  id: `order-${index}`,
  placedAt: new Date(start + index * minute).toISOString(),
  customerId: `customer-${index % customers}`,
  currency: "EUR",
  lines: (index % 4 === 0 ? ["cup", "spoon"] : [["saucer", "lamp", "rug"][index % 3]]).map((productId) => ({
    productId,
    quantity: 1,
    unitPrice: canary.price,
  })),
}));

function historyOf(placed: readonly Order[]) {
  const builder = createOrderHistoryBuilder();
  for (const order of placed) builder.addOrder(order);
  return builder.finish(catalogue.ids).history;
}

function affinitiesOf(placed: readonly Order[]): Promise<Affinities> {
  const baskets = placed.map(({ lines }) => lines.map(({ productId }) => ids.indexOf(productId)));
  return findAffinities(basketsOf(baskets, ids.length));
}

const sessions = sessionize(interactions, catalogue.ids).sessions;
const textOf = (content: Uint8Array): string => new TextDecoder().decode(content);
const shardsOf = ({ shards }: PublicSnapshot): SnapshotShard[] =>
  shards.map(({ content }) => readShard(JSON.parse(textOf(content))));

function followersOf(snapshot: PublicSnapshot, id: string): string[] {
  const shards = shardsOf(snapshot);
  return transitionsOf(shards[shardOf(id, shards.length)], id).map(({ productId }) => productId);
}

let affinities: Affinities;
let snapshot: PublicSnapshot;
beforeAll(async () => {
  affinities = await affinitiesOf(orders);
  snapshot = await createPublicSnapshot({ catalogue, affinities }, { orders: historyOf(orders), sessions });
});

describe("the public snapshot", () => {
  it("knows what many visitors saw next, and what many buyers bought together beyond chance", () => {
    expect(followersOf(snapshot, "saucer")).toEqual(["lamp"]);
    expect(followersOf(snapshot, "cup")).toEqual(expect.arrayContaining(["saucer", "spoon"]));
    expect(followersOf(snapshot, "spoon")).toContain("cup");
  });

  it("says nothing that fewer than ten different people stand behind, however often they came", () => {
    expect(followersOf(snapshot, "cup")).not.toContain("whisper");
    expect(followersOf(snapshot, "rug")).toEqual([]);
    for (const { content } of snapshot.shards) expect(textOf(content)).not.toContain("whisper");
  });

  it("counts buyers and not orders: nine regulars with a hundred orders stay private", async () => {
    const regulars = orders.map((order, index) => ({ ...order, customerId: `customer-${index % 9}` }));
    const evidence = { orders: historyOf(regulars) };
    const silent = await createPublicSnapshot({ catalogue, affinities: await affinitiesOf(regulars) }, evidence);
    expect(shardsOf(silent).flatMap(({ rows }) => rows)).toEqual([]);
  });

  it("holds no cost, stock, price, title, person or order, in any encoding tried", () => {
    for (const content of snapshot.shards.map((shard) => shard.content)) {
      const text = textOf(content);
      for (const secret of ["customer", "many-", "order-", "The cup", "cup-1"]) expect(text).not.toContain(secret);
      for (const number of Object.values(canary)) {
        for (const form of writtenForms(number)) expect(contains(content, form), `${number}`).toBe(false);
      }
    }
  });

  it("has no field and no number but places and ratios", () => {
    for (const { content } of snapshot.shards) {
      const shard: unknown = JSON.parse(textOf(content));
      expect(Object.keys(shard as object).sort()).toEqual(["format", "ids", "rows"]);
    }
    const shard = shardsOf(snapshot)[0];
    expect(() => readShard({ ...shard, cost: canary.cost })).toThrow('may not hold "cost"');
    expect(() => readShard({ ...shard, rows: [[0, 0, canary.cost, 0]] })).toThrow("damaged");
    expect(() => readShard({ ...shard, ids: [canary.cost] })).toThrow("texts");
    expect(() => readShard("rubbish")).toThrow("shard of format 1");
  });

  it("is named by its content: the same twice, another one when a transition changes", async () => {
    const again = await createPublicSnapshot({ catalogue, affinities }, { orders: historyOf(orders), sessions });
    expect(again).toEqual(snapshot);
    const other = await createPublicSnapshot({ catalogue, affinities }, { orders: historyOf(orders) });
    expect(other.version).not.toBe(snapshot.version);
  });

  it("refuses to publish single persons", async () => {
    const evidence = { orders: historyOf(orders) };
    await expect(createPublicSnapshot({ catalogue, affinities }, evidence, { minimumVisitors: 1 })).rejects.toThrow(
      "minimumVisitors",
    );
  });
});

describe("a snapshot of a large shop", () => {
  it("costs a page at most 40 kB, by shards, fewer followers, and fewer products", async () => {
    const count = 20_000;
    const many = createCatalogue({
      products: Array.from({ length: count }, (_, i) => ({
        id: `a-product-with-a-long-name-${i}`,
        title: "x",
        variants: [{ id: `v${i}`, prices: {} }],
      })),
    });
    const big = sessionize(
      (function* () {
        for (let person = 0; person < 4000; person++) {
          for (let step = 0; step < 25; step++) {
            const productId = `a-product-with-a-long-name-${((person % 400) * 50 + step * 2) % count}`;
            const occurredAt = new Date(start + person * 60 * minute + step * minute).toISOString();
            yield { visitorId: `visitor-${person}`, productId, kind: "view" as const, occurredAt };
          }
        }
      })(),
      many.ids,
    ).sessions;
    const noOrders = createOrderHistoryBuilder().finish(many.ids).history;
    const nothing = await findAffinities(basketsOf([], count));
    const { shards } = await createPublicSnapshot(
      { catalogue: many, affinities: nothing },
      { orders: noOrders, sessions: big },
    );
    const sizes = shards.map(({ content }) => content.length).sort((a, b) => b - a);
    const page = shards.length * 100 + sizes.slice(0, 8).reduce((sum, size) => sum + size, 0);
    expect(page).toBeLessThanOrEqual(40_000);
    const rows = shardsOf({ version: "", minimumClient: 1, shards }).flatMap((shard) => shard.rows);
    expect(rows.length).toBeGreaterThan(500);
  });
});

/** The number as text, hexadecimal, and in the bytes of common machine formats. */
function writtenForms(number: number): Uint8Array[] {
  const texts = [
    String(number),
    number.toString(16),
    number.toString(36),
    (number / 100).toFixed(2),
    btoa(String(number)),
  ];
  const machine = ["setUint32", "setFloat32", "setFloat64"] as const;
  const binary = machine.flatMap((write) =>
    [true, false].map((littleEndian) => {
      const bytes = new Uint8Array(write === "setFloat64" ? 8 : 4);
      new DataView(bytes.buffer)[write](0, number, littleEndian);
      return bytes;
    }),
  );
  return [...texts.map((text) => new TextEncoder().encode(text)), ...binary];
}

function contains(bytes: Uint8Array, wanted: Uint8Array): boolean {
  return bytes.some((_, at) => wanted.every((byte, i) => bytes[at + i] === byte));
}

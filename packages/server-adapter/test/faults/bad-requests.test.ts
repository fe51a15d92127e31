/** Requests that nobody should send, each with the answer it deserves: what is wrong, where, and what to do. */
import { request } from "node:http";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { apiBase, problem as problemSchema } from "../../src/contract/index.ts";
import { openPool } from "../../src/database/pool.ts";
import { startServerProcess, type CallInit, type ServerProcess } from "../server-process.ts";
import { temporaryPath } from "../temporary-file.ts";

const mebibyte = 2 ** 20;
const now = new Date().toISOString();
const consent = { measurement: true, personalisation: true };
const order = {
  id: "order-1",
  placedAt: "2026-01-05T10:00:00Z",
  currency: "EUR",
  version: 1,
  lines: [{ productId: "mug", quantity: 1, unitPrice: 1250 }],
};
const event = { kind: "view", productId: "mug", occurredAt: now };

type From = "fromPage" | "fromShop";
type Sent = readonly [from: From, path: string, init?: CallInit];

/** Refused as a whole. */
interface BadRequest {
  readonly sent: Sent;
  readonly status: number;
  readonly title: string;
  readonly code: string;
  /** Says what to do. */
  readonly detail: RegExp;
  readonly pointers?: readonly string[];
}

const badRequests: Readonly<Record<string, BadRequest>> = {
  "a page that asks for another customer's picks": {
    sent: ["fromPage", "/recommendations/generate", { body: { placement: "homepage", customerId: "somebody" } }],
    status: 403,
    title: "The caller may not do this",
    code: "forbidden",
    detail: /needs a shopper token that the shop signed for this customer/,
  },
  "a page that asks what a customer was shown": {
    sent: ["fromPage", "/recommendations?customerId=somebody"],
    status: 403,
    title: "The caller may not do this",
    code: "forbidden",
    detail: /needs a secret key with the scope `read`, or a sign-in; the caller is a publishable key/,
  },
  "a page that asks for the evidence of a pair": {
    sent: ["fromPage", "/affinity/pair", { body: { productA: "mug", productB: "pot" } }],
    status: 403,
    title: "The caller may not do this",
    code: "forbidden",
    detail: /needs a secret key with the scope `read`, or a sign-in; the caller is a publishable key/,
  },
  "a page that reports an order": {
    sent: ["fromPage", "/orders", { body: { orders: [order] } }],
    status: 403,
    title: "The caller may not do this",
    code: "forbidden",
    detail: /needs a secret key with the scope `write`, or a sign-in as editor/,
  },
  "rubbish in place of JSON": {
    sent: ["fromPage", "/events", { body: "{rubbish" }],
    status: 400,
    title: "The body is not JSON",
    code: "invalid-json",
    detail: /must be JSON.*position 1/,
  },
  "fields of the wrong kind": {
    sent: ["fromPage", "/events", { body: { events: [], consent: { measurement: "yes", personalisation: true } } }],
    status: 400,
    title: "The request is not valid",
    code: "invalid-request",
    detail: /^\/events: Too small: expected array to have >=1 items/,
    pointers: ["/events", "/consent/measurement"],
  },
  "a form": {
    sent: ["fromShop", "/orders", { body: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } }],
    status: 415,
    title: "The media type is not understood",
    code: "unsupported-media-type",
    detail: /must be application\/json, not application\/x-www-form-urlencoded/,
  },
  "a header of 100 kB": {
    sent: ["fromPage", "/events", { headers: { "x-long": "x".repeat(100_000) } }],
    status: 431,
    title: "The headers are too large",
    code: "headers-too-large",
    detail: /may have 16384 bytes together; send what is longer in the body/,
  },
  "an unknown route": {
    sent: ["fromPage", "/nowhere"],
    status: 404,
    title: "There is no such thing",
    code: "not-found",
    detail: /There is no \/api\/upsell-cross-sell\/nowhere; \/docs lists what there is/,
  },
  "a wrong method": {
    sent: ["fromPage", "/events", { method: "DELETE" }],
    status: 405,
    title: "The path does not know this method",
    code: "method-not-allowed",
    detail: /does not know DELETE, but POST/,
  },
};

/** Taken as a whole, and refused row by row: one bad row costs no other. */
interface BadRow {
  readonly sent: Sent;
  readonly answer: unknown;
}

const eventsOf = (bad: object): Sent => ["fromPage", "/events", { body: { events: [bad], consent } }];
const refusedAs = (code: string, detail: RegExp) => ({
  accepted: 0,
  repeated: 0,
  refused: [{ index: 0, code, detail: expect.stringMatching(detail) }],
});
const invalidAs = (id: string, detail: RegExp) => ({
  results: [{ id, status: "invalid", detail: expect.stringMatching(detail) }],
});

const badRows: Readonly<Record<string, BadRow>> = {
  "an event of an unknown product": {
    sent: eventsOf({ ...event, id: "event-of-unknown-product", productId: "teapot" }),
    answer: refusedAs("unknown-product", /There is no product "teapot"; send the catalogue first/),
  },
  "a forged purchase": {
    sent: eventsOf({ ...event, id: "event-of-forged-purchase", kind: "purchase", revenue: 1_000_000 }),
    answer: refusedAs("purchase-not-accepted", /Send orders from the shop's server to POST \/orders with a secret key/),
  },
  "an event with a field of the wrong kind": {
    sent: eventsOf({ ...event, id: "event-with-wrong-field", position: "first" }),
    answer: refusedAs("invalid-event", /^\/position: .*expected number/),
  },
  "a page whose clock runs ahead": {
    sent: eventsOf({ ...event, id: "event-of-clock-ahead", occurredAt: "2099-01-01T00:00:00Z" }),
    answer: { accepted: 1, repeated: 0, refused: [] },
  },
  "a shop whose clock runs ahead": {
    sent: ["fromShop", "/orders", { body: { orders: [{ ...order, id: "late", placedAt: "2099-01-01T00:00:00Z" }] } }],
    answer: invalidAs("late", /^\/placedAt: .* more than a day ahead; check the clock of the shop's server/),
  },
  "an order sent again with other lines": {
    sent: [
      "fromShop",
      "/orders",
      { body: { orders: [{ ...order, lines: [{ productId: "mug", quantity: 9, unitPrice: 1250 }] }] } },
    ],
    answer: invalidAs("order-1", /^\/version: version 1 is stored with other content; a change needs a higher version/),
  },
};

it("a server answers bad requests with what is wrong, where and what to do, and goes on", async () => {
  const directory = await temporaryPath("data");
  const server = await startServerProcess(directory);
  await makeShop(server);

  for (const [what, { sent, status, title, code, detail, pointers }] of Object.entries(badRequests)) {
    const [from, path, init] = sent;
    const answer = await server[from](path, init);
    expect.soft(answer.headers.get("content-type"), what).toBe("application/problem+json");
    const { errors, requestId, ...told } = problemSchema.parse(await answer.json());
    const type = `urn:basketlift:problem:${code}`;
    expect.soft(told, what).toEqual({ type, title, status, code, detail: expect.stringMatching(detail) });
    expect
      .soft(
        errors?.map(({ pointer }) => pointer),
        what,
      )
      .toEqual(pointers);
    expect.soft([answer.status, answer.headers.get("x-request-id")], what).toEqual([status, requestId]);
  }
  for (const [what, { sent, answer: expected }] of Object.entries(badRows)) {
    const [from, path, init] = sent;
    const answer = await server[from](path, init);
    expect.soft([answer.ok, await answer.json()], what).toEqual([true, expected]);
  }

  const before = await memoryOf(server);
  for (const declared of [true, false]) {
    for (const { text, bytes } of await Promise.all([1, 2, 3, 4].map(() => sendHuge(server, declared)))) {
      expect.soft(problemSchema.parse(JSON.parse(text))).toMatchObject({
        status: 413,
        code: "body-too-large",
        title: "The body is too large",
        detail: "The body may have at most 262144 bytes.",
      });
      expect.soft(bytes).toBeLessThan(25 * mebibyte);
    }
  }
  expect((await memoryOf(server)) - before).toBeLessThan(100 * mebibyte);

  expect(await storedIn(directory)).toEqual({ clamped: true, quantity: 1, events: 1, orders: 1 });
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  await server.end("SIGTERM");
}, 240_000);

async function makeShop(server: ServerProcess): Promise<void> {
  const products = [{ id: "mug", title: "Mug", variants: [{ id: "mug-1", prices: { default: 1250 } }] }];
  expect((await server.fromShop("/catalog/products", { method: "PUT", body: { products } })).status).toBe(200);
  expect((await server.fromShop("/orders", { body: { orders: [order] } })).status).toBe(200);
}

/** What the bad requests left behind: the event of the clock that ran ahead, at the time it came. */
async function storedIn(directory: string): Promise<unknown> {
  const pool = openPool({
    host: join(directory, "database-socket"),
    port: 5432,
    user: "postgres",
    database: "postgres",
  });
  const { rows } = await pool.query(
    `select (select bool_and(occurred_at = received_at and flaw = 'clock-ahead') from events) as clamped,
      (select (lines -> 0 ->> 'quantity')::int from orders) as quantity,
      (select count(*)::int from events) as events, (select count(*)::int from orders) as orders`,
  );
  await pool.end();
  return rows[0];
}

/** Bytes that the server's process holds. */
async function memoryOf({ url, secret }: ServerProcess): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${secret}` } })).text();
  return z.coerce
    .number()
    .positive()
    .parse(/^process_resident_memory_bytes (\S+)/m.exec(metrics)?.[1]);
}

interface Refusal {
  readonly text: string;
  /** That left before the server had enough. */
  readonly bytes: number;
}

/** Sends a body of 50 MB until it is answered; rejects where no answer comes through. */
function sendHuge({ url, secret }: ServerProcess, declared: boolean): Promise<Refusal> {
  const size = 50 * mebibyte;
  const chunk = Buffer.alloc(mebibyte / 4, "x");
  const headers = {
    authorization: `Bearer ${secret}`,
    "content-type": "application/json",
    ...(declared && { "content-length": size }),
  };
  return new Promise((resolve, reject) => {
    let bytes = 0;
    const sending = request(`${url}${apiBase}/events`, { method: "POST", headers, agent: false });
    const goOn = (): void => {
      while (bytes < size && !sending.destroyed) {
        bytes += chunk.length;
        if (!sending.write(chunk)) return void sending.once("drain", goOn);
      }
      sending.end();
    };
    sending.on("response", (answer) => {
      sending.off("drain", goOn);
      const told = answer.toArray().then((parts) => ({ text: Buffer.concat(parts).toString(), bytes }));
      told.then(resolve, reject).finally(() => sending.destroy());
    });
    // EPIPE or ECONNRESET, from a server that hangs up before its answer has come through.
    sending.on("error", reject);
    goOn();
  });
}

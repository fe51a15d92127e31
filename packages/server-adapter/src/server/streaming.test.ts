import { request } from "node:http";
import { Readable } from "node:stream";
import { serve, type ServerType } from "@hono/node-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { TestServices } from "../../test/services.ts";
import { createTestServices } from "../../test/services.ts";
import { route } from "../contract/route.ts";
import { createRouter } from "./router.ts";

const mebibyte = 2 ** 20;
const contract = {
  json: route({
    method: "post",
    path: "/json",
    scope: "open",
    tag: "test",
    summary: "",
    body: z.object({ text: z.string() }),
    answer: z.object({ length: z.int() }),
  }),
  file: route({
    method: "post",
    path: "/file",
    scope: "open",
    tag: "test",
    summary: "",
    bodyLimit: 4 * mebibyte,
    answer: z.object({ length: z.int() }),
  }),
};

let services: TestServices;
let server: ServerType;
let port: number;

beforeAll(async () => {
  services = await createTestServices();
  const app = createRouter({
    contract,
    services,
    authenticate: () => ({ kind: "anonymous" }),
    allowsOrigin: () => false,
    handlers: {
      json: ({ body }) => ({ length: JSON.stringify(body).length }),
      async file(_, __, { stream }) {
        let length = 0;
        for await (const chunk of stream ?? []) length += chunk.byteLength;
        return { length };
      },
    },
  });
  await new Promise<void>((listening) => {
    server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 }, (address) => {
      port = address.port;
      listening();
    });
  });
}, 120_000);

afterAll(async () => {
  await new Promise((closed) => server.close(closed));
  await services.close();
});

interface Sent {
  readonly status: number;
  readonly code: string | undefined;
  readonly length: number | undefined;
  /** Bytes that left before the answer was complete. */
  readonly bytes: number;
}

/** Sends `size` bytes, without saying beforehand how many, unless asked to. */
function send(path: string, size: number, declared = false): Promise<Sent> {
  let bytes = 0;
  const chunk = Buffer.alloc(64 * 1024, "x");
  function* content() {
    while (bytes < size) {
      const part = chunk.subarray(0, Math.min(chunk.length, size - bytes));
      bytes += part.length;
      yield part;
    }
  }
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", ...(declared && { "content-length": size }) };
    const sent = request({ port, host: "127.0.0.1", method: "POST", path: `/api/upsell-cross-sell${path}`, headers });
    const body = Readable.from(content());
    sent.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (text += part));
      response.on("end", () => {
        body.destroy();
        const { code, length } = JSON.parse(text) as { code?: string; length?: number };
        resolve({ status: response.statusCode ?? 0, code, length, bytes });
      });
      response.on("error", reject);
    });
    // The server hangs up on what it will not read; its answer came before.
    sent.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE" && error.code !== "ECONNRESET") reject(error);
    });
    body.pipe(sent);
  });
}

describe("bodies over HTTP", () => {
  it.each([
    ["that says how large it is", true],
    ["that does not", false],
  ])("of 50 MB are refused long before their end, also one %s", async (_, declared) => {
    const answer = await send("/json", 50 * mebibyte, declared);
    expect([answer.status, answer.code]).toEqual([413, "body-too-large"]);
    expect(answer.bytes).toBeLessThan(25 * mebibyte);
  });

  it("of files are refused beyond their limit while they stream", async () => {
    const answer = await send("/file", 50 * mebibyte);
    expect([answer.status, answer.code]).toEqual([413, "body-too-large"]);
    expect(answer.bytes).toBeLessThan(25 * mebibyte);
  });

  it("of files reach their handler whole up to it", async () => {
    expect(await send("/file", 4 * mebibyte)).toMatchObject({ status: 200, length: 4 * mebibyte });
  });

  it("leave the server able to answer the next one", async () => {
    await Promise.all([send("/json", 50 * mebibyte), send("/json", 50 * mebibyte, true)]);
    const answer = await fetch(`http://127.0.0.1:${port}/api/upsell-cross-sell/json`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"text":"ü"}',
    });
    expect(await answer.json()).toEqual({ length: 12 });
  });
});

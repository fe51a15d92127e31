import { Pool } from "pg";
import { describe, expect, it } from "vitest";
import { contract } from "../contract/index.ts";
import { builtContract, createHandlers } from "./handlers.ts";
import { createMetrics } from "./metrics.ts";
import { createSignIn } from "./sign-in.ts";

describe("the handlers", () => {
  it("are those that the reference describes: what is not built is absent from both", () => {
    const secrets = { receiptKey: new Uint8Array(32) };
    const signIn = createSignIn({ database: { pool: new Pool() }, secrets, now: Date.now });
    const handlers = createHandlers({ signIn, version: "0.1.0", metrics: createMetrics({ ofProcess: false }) });
    expect(Object.keys(handlers).toSorted()).toEqual(Object.keys(builtContract()).toSorted());
    for (const name of Object.keys(handlers)) expect(contract).toHaveProperty(name);
  });
});

import { Pool } from "pg";
import { describe, expect, it } from "vitest";
import { isConnectionLoss } from "./connection-loss.ts";

const withCode = (code: string, more: object = {}) => Object.assign(new Error("failed"), { code, ...more });

describe("a database that is gone", () => {
  it("is told from the error of a real attempt", async () => {
    for (const host of ["127.0.0.1", "/nonexistent-directory"]) {
      const pool = new Pool({ host, port: 1, connectionTimeoutMillis: 1000 });
      expect(isConnectionLoss(await pool.query("select 1").catch((error: unknown) => error))).toBe(true);
      await pool.end();
    }
  });

  it("is seen through what an error was caused by", () => {
    expect(isConnectionLoss(new Error("query", { cause: withCode("57P01") }))).toBe(true);
    expect(isConnectionLoss(new AggregateError([withCode("ECONNREFUSED")]))).toBe(true);
    expect(isConnectionLoss(new Error("Connection terminated unexpectedly"))).toBe(true);
  });

  it("is not a wrong query, a missing file or a bug", () => {
    expect(isConnectionLoss(withCode("42703"))).toBe(false);
    expect(isConnectionLoss(withCode("23505"))).toBe(false);
    expect(isConnectionLoss(withCode("ENOENT", { syscall: "open" }))).toBe(false);
    expect(isConnectionLoss(new TypeError("x is not a function"))).toBe(false);
    expect(isConnectionLoss("gone")).toBe(false);
  });
});

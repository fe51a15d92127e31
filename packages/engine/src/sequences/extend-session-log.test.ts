import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../errors.ts";
import { groupByRow } from "../matrix/sparse.ts";
import { extendSessionLog } from "./extend-session-log.ts";
import { buildSessionLog, type SessionData } from "./session-log.ts";

function hourlySessions(columns: number, lists: readonly (readonly number[])[]): SessionData {
  const row = lists.flatMap((products, session) => products.map(() => session));
  return {
    sessions: groupByRow({ rows: lists.length, columns, row, column: lists.flat() }),
    sessionEndedAt: lists.map((_, session) => session * 3_600_000),
  };
}

describe("a session log that is extended", () => {
  it("equals the log of all sessions, in any shop, wherever it is cut", async () => {
    const anyLists = fc.array(fc.array(fc.nat(5), { maxLength: 6 }), { maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(anyLists, fc.nat(14), fc.integer({ min: 1, max: 5 }), async (lists, cut, postingLength) => {
        const older = await buildSessionLog(hourlySessions(6, lists.slice(0, cut)), postingLength);
        const whole = hourlySessions(6, lists);
        expect(await extendSessionLog(older, whole, postingLength)).toEqual(
          await buildSessionLog(whole, postingLength),
        );
      }),
      { numRuns: 100 },
    );
  });

  it("learns new products", async () => {
    const older = await buildSessionLog(hourlySessions(2, [[0, 1]]), 10);
    const whole = hourlySessions(3, [
      [0, 1],
      [2, 0],
    ]);
    expect(await extendSessionLog(older, whole, 10)).toEqual(await buildSessionLog(whole, 10));
  });

  it("refuses data that lacks what it knows", async () => {
    const log = await buildSessionLog(hourlySessions(2, [[0, 1], [1]]), 10);
    await expect(extendSessionLog(log, hourlySessions(2, [[0, 1]]), 10)).rejects.toThrow(InvalidInput);
    await expect(extendSessionLog(log, hourlySessions(1, [[0], [0]]), 10)).rejects.toThrow(InvalidInput);
  });
});

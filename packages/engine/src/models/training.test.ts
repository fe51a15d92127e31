import { describe, expect, it } from "vitest";
import type { InPieces } from "../matrix/pieces.ts";
import { createPacer, type Progress } from "./training.ts";

/** Keeps the thread busy until the pacer asks for a rest. */
function workUntilDue(pace: { isDue(): boolean }): number {
  let rounds = 1;
  while (!pace.isDue()) rounds++;
  return rounds;
}

describe("the pacer", () => {
  it("reports the beginning, every rest and the end", async () => {
    const reports: Progress[] = [];
    const pace = createPacer("counting pairs", 10, { onProgress: (progress) => reports.push(progress) });
    await pace.rest(4);
    pace.finish();
    expect(reports).toEqual([
      { step: "counting pairs", done: 0, total: 10 },
      { step: "counting pairs", done: 4, total: 10 },
      { step: "counting pairs", done: 10, total: 10 },
    ]);
  });

  it("works without anyone listening", async () => {
    const pace = createPacer("counting pairs", 1, {});
    await pace.rest(0);
    expect(() => pace.finish()).not.toThrow();
  });

  it("is due only after some work, and again after each rest", async () => {
    const pace = createPacer("counting pairs", 2, {});
    await pace.rest(0);
    expect(workUntilDue(pace)).toBeGreaterThan(1);
    expect(pace.isDue()).toBe(true);
    await pace.rest(1);
    expect(workUntilDue(pace)).toBeGreaterThan(1);
  });

  it("is due in a step that follows others of which none took long", async () => {
    const first = createPacer("counting pairs", 1, {});
    await first.rest(0);
    workUntilDue(first);
    first.finish();
    expect(createPacer("weighing pairs", 1, {}).isDue()).toBe(true);
  });

  it("rests between the pieces of long work, and hands on what comes of it", async () => {
    const reports: Progress[] = [];
    const pace = createPacer("sorting", 1, { onProgress: (progress) => reports.push(progress) });
    function* pieces(): InPieces<string> {
      for (let piece = 0; piece < 3; piece++) {
        workUntilDue(pace);
        yield;
      }
      return "sorted";
    }
    expect(await pace.through(pieces(), 0)).toBe("sorted");
    expect(reports).toHaveLength(1 + 3);
  });

  it("lets timers and messages run while it rests", async () => {
    const pace = createPacer("counting pairs", 1, {});
    let timerRan = false;
    let messageCame = false;
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => (messageCame = true));
    port1.start();
    setTimeout(() => (timerRan = true), 0);
    port2.postMessage("while you work");
    // Ends only when both had their turn; the test's own limit catches a pacer that starves them.
    for (let rests = 0; !timerRan || !messageCame; rests++) await pace.rest(rests);
    port1.close();
    expect([timerRan, messageCame]).toEqual([true, true]);
  });

  it("stops with the caller's reason when aborted before, between and after", async () => {
    const reason = new Error("the merchant pressed cancel");
    const aborted = AbortSignal.abort(reason);
    expect(() => createPacer("counting pairs", 1, { signal: aborted })).toThrow(reason);

    const controller = new AbortController();
    const pace = createPacer("counting pairs", 3, { signal: controller.signal });
    await pace.rest(1);
    setTimeout(() => controller.abort(reason), 0);
    const work = async () => {
      for (;;) await pace.rest(2);
    };
    await expect(work()).rejects.toBe(reason);
    expect(() => pace.finish()).toThrow(reason);
  });
});

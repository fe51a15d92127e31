import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTurnQueue, type Backend, type Client } from "./turn-queue.ts";
import type { Turn } from "./turn-reader.ts";

const turn = (text: string, unfinished = false): Turn => ({ kind: "request", bytes: Buffer.from(text), unfinished });
const settled = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => {});

/** Opens a transaction at "begin", closes it at "commit", and remembers what it was asked. */
class RecordingBackend implements Backend {
  readonly asked: string[] = [];
  #open = false;

  async execProtocolRawStream(message: Uint8Array): Promise<void> {
    const text = Buffer.from(message).toString();
    if (text === "crash") throw new Error("out of memory");
    this.asked.push(text);
    if (text === "begin") this.#open = true;
    if (text === "commit") this.#open = false;
  }

  async exec(statement: string): Promise<void> {
    this.asked.push(statement);
    this.#open = false;
  }

  isInTransaction(): boolean {
    return this.#open;
  }
}

describe("clients that share the embedded database", () => {
  const backend = { current: new RecordingBackend() };
  const client = (): Client => ({ send: () => {}, drop: () => {} });
  const failures: unknown[] = [];
  const queueOf = (): ReturnType<typeof createTurnQueue> =>
    createTurnQueue(backend.current, { idleLimit: 1000, onFailure: (error) => failures.push(error) });
  beforeEach(() => {
    vi.useFakeTimers();
    backend.current = new RecordingBackend();
    failures.length = 0;
  });
  afterEach(() => void vi.useRealTimers());

  it("wait for each other's transactions", async () => {
    const queue = queueOf();
    const [anna, ben] = [client(), client()];
    queue.add(anna, turn("begin"));
    queue.add(ben, turn("ben"));
    queue.add(anna, turn("anna"));
    await settled();
    expect(backend.current.asked).toEqual(["begin", "anna"]);
    queue.add(anna, turn("commit"));
    await settled();
    expect(backend.current.asked).toEqual(["begin", "anna", "commit", "ben"]);
  });

  it("do not come between the halves of a request", async () => {
    const queue = queueOf();
    const [anna, ben] = [client(), client()];
    queue.add(anna, turn("parse", true));
    queue.add(ben, turn("ben"));
    await settled();
    queue.add(anna, turn("sync"));
    await settled();
    expect(backend.current.asked).toEqual(["parse", "sync", "ben"]);
  });

  it("lose their transaction when they leave it open", async () => {
    const queue = queueOf();
    const [anna, ben] = [client(), client()];
    queue.add(anna, turn("begin"));
    queue.add(ben, turn("ben"));
    await settled();
    queue.leave(anna);
    await settled();
    expect(backend.current.asked).toEqual(["begin", "rollback", "ben"]);
  });

  it("that leave in the middle of a request have it ended for them", async () => {
    const queue = queueOf();
    const [anna, ben] = [client(), client()];
    queue.add(anna, turn("parse", true));
    queue.add(ben, turn("ben"));
    await settled();
    queue.leave(anna);
    await settled();
    expect(backend.current.asked).toEqual(["parse", "S\0\0\0\u0004", "ben"]);
  });

  it("are dropped when they idle in a transaction while others wait, however many come", async () => {
    const queue = queueOf();
    const anna = client();
    const drop = vi.spyOn(anna, "drop").mockImplementation(() => queue.leave(anna));
    queue.add(anna, turn("begin"));
    for (let waiting = 0; waiting < 4; waiting++) {
      await vi.advanceTimersByTimeAsync(300);
      queue.add(client(), turn(`other ${waiting}`));
    }
    expect(drop).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(700);
    expect(drop).toHaveBeenCalledTimes(1);
    expect(backend.current.asked).toEqual(["begin", "rollback", "other 0", "other 1", "other 2", "other 3"]);
  });

  it("may idle in a transaction for as long as nobody waits", async () => {
    const queue = queueOf();
    const anna = client();
    const drop = vi.spyOn(anna, "drop");
    queue.add(anna, turn("begin"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(drop).not.toHaveBeenCalled();
  });

  it("are told when the database itself fails", async () => {
    const queue = queueOf();
    queue.add(client(), turn("crash"));
    await settled();
    expect(failures).toEqual([new Error("out of memory")]);
  });
});

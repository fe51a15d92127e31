import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGroupWriter } from "./group-writer.ts";

/** A store that takes rows all or none, keeps each once, and fails when it is told to. */
function createStore(failures: readonly boolean[] = []) {
  const stored = new Set<string>();
  const groups: (readonly string[])[] = [];
  let calls = 0;
  return {
    stored,
    groups,
    async write(rows: readonly string[]) {
      await Promise.resolve();
      if (failures[calls++]) throw new Error("the database is down");
      if (rows.includes("broken")) throw new Error("a row is broken");
      groups.push(rows);
      for (const row of rows) stored.add(row);
    },
  };
}

describe("a group writer", () => {
  it("stores every acknowledged row exactly once, also when writes fail now and then", async () => {
    const batches = fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(batches, fc.array(fc.boolean(), { maxLength: 40 }), fc.nat(8), async (sizes, failures, rows) => {
        const store = createStore(failures);
        const writer = createGroupWriter({ write: store.write, linger: 0, groupRows: rows + 1 });
        const outcomes = await Promise.allSettled(
          sizes.map((batch, index) => writer.append(batch.map((_, place) => `${index}.${place}`))),
        );
        await writer.close();
        const written = store.groups.flat();
        expect(new Set(written).size).toBe(written.length);
        for (const [index, batch] of sizes.entries()) {
          for (const place of batch.keys()) {
            expect(store.stored.has(`${index}.${place}`)).toBe(outcomes[index].status === "fulfilled");
          }
        }
        expect(writer.waiting()).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it("commits what arrives together in one transaction", async () => {
    const store = createStore();
    const writer = createGroupWriter({ write: store.write });
    await Promise.all(["a", "b", "c"].map((row) => writer.append([row])));
    expect(store.groups).toEqual([["a", "b", "c"]]);
  });

  it("does not acknowledge what the database did not commit", async () => {
    const writer = createGroupWriter({ write: createStore([true]).write });
    await expect(writer.append(["a"])).rejects.toThrow("the database is down");
    await expect(writer.append(["b"])).resolves.toBeUndefined();
  });

  it("does not let one client's broken row cost another its events", async () => {
    const store = createStore();
    const isFaultOfRows = (error: unknown) => error instanceof Error && error.message === "a row is broken";
    const writer = createGroupWriter({ write: store.write, isFaultOfRows });
    const outcomes = await Promise.allSettled([writer.append(["good"]), writer.append(["broken"])]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect([...store.stored]).toEqual(["good"]);
  });

  it("refuses with 503 when more waits than it may hold", async () => {
    const writer = createGroupWriter({ write: createStore().write, capacity: 2 });
    const taken = writer.append(["a", "b"]);
    await expect(writer.append(["c"])).rejects.toMatchObject({ status: 503, code: "overloaded" });
    await taken;
    await expect(writer.append(["c"])).resolves.toBeUndefined();
  });

  it("commits what waits when it closes, and refuses more", async () => {
    const store = createStore();
    const writer = createGroupWriter({ write: store.write, linger: 10 });
    const taken = writer.append(["a"]);
    await writer.close();
    await taken;
    expect([...store.stored]).toEqual(["a"]);
    await expect(writer.append(["b"])).rejects.toMatchObject({ status: 503 });
  });
});

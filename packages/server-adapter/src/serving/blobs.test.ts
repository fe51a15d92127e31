import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestServices, type TestServices } from "../../test/services.ts";
import { blobs } from "../database/schema.ts";
import { deleteBlobs, listBlobs, readBlobs, writeBlobs } from "./blobs.ts";

let services: TestServices;
beforeAll(async () => void (services = await createTestServices()));
afterAll(() => services.close());

/** Not a multiple of the chunk, so that the last one is short. */
const large = Uint8Array.from({ length: 2_500_000 }, (_, i) => (i * 31) % 251);
const files = new Map([
  ["large.bin", large],
  ["empty.bin", new Uint8Array(0)],
]);

describe("files in the database", () => {
  it("come back byte for byte, in chunks of a megabyte", async () => {
    const { db } = services.database;
    const stored = await writeBlobs(db, "engine/a/", files);
    expect(await readBlobs(db, "engine/a/", stored)).toEqual(files);
    expect(await listBlobs(db, "engine/a/")).toEqual([
      { name: "engine/a/empty.bin", chunks: 1 },
      { name: "engine/a/large.bin", chunks: 3 },
    ]);
  });

  it("are replaced as a set, and removed without touching their neighbours", async () => {
    const { db } = services.database;
    await writeBlobs(db, "engine/b_/", files);
    await writeBlobs(db, "engine/bc/", files);
    const stored = await writeBlobs(db, "engine/b_/", new Map([["new.bin", Uint8Array.of(1)]]));
    expect(await listBlobs(db, "engine/b_/")).toEqual([{ name: "engine/b_/new.bin", chunks: 1 }]);
    expect(stored).toMatchObject([{ name: "new.bin", bytes: 1 }]);
    await deleteBlobs(db, "engine/b_/");
    expect(await listBlobs(db, "engine/bc/")).toHaveLength(2);
  });

  it("are refused when a chunk was lost or changed", async () => {
    const { db } = services.database;
    const stored = await writeBlobs(db, "engine/d/", files);
    await db
      .update(blobs)
      .set({ content: Buffer.from([1, 2, 3]) })
      .where(eq(blobs.name, "engine/d/empty.bin"));
    await expect(readBlobs(db, "engine/d/", [{ ...stored[1], bytes: 3 }])).rejects.toThrow("not the file");
    await db.delete(blobs).where(eq(blobs.chunk, 2));
    await expect(readBlobs(db, "engine/d/", stored)).rejects.toThrow("not whole");
  });
});

import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestServices, type TestServices } from "../../test/services.ts";
import { temporaryPath } from "../../test/temporary-file.ts";
import { blobs } from "../database/schema.ts";
import { createSharedUploads, createUploads } from "./uploads.ts";

let services: TestServices;
beforeAll(async () => void (services = await createTestServices()), 60_000);
afterAll(() => services.close());

const streamOf = (content: string | Uint8Array<ArrayBuffer>) => new Blob([content]).stream();
const broken = (): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array([1, 2, 3]));
      controller.error(new Error("The line went dead."));
    },
  });

describe("uploads that wait as files", () => {
  it("can be read by their owner alone, whatever their sender called them", async () => {
    const folder = await temporaryPath("uploads");
    const uploads = createUploads(folder);
    await uploads.keep("i1", streamOf("a,b"), "../../etc/../.passwd");
    const path = (await uploads.find("i1")) ?? "";
    expect(path).toBe(join(folder, "i1", "upload"));
    expect(await readFile(path, "utf8")).toBe("a,b");
    for (const place of [folder, dirname(path), path]) expect((await stat(place)).mode & 0o077).toBe(0);
  });

  it("leave nothing when the sender breaks off, or sends nothing", async () => {
    const folder = await temporaryPath("uploads");
    const uploads = createUploads(folder);
    await expect(uploads.keep("i1", broken(), "orders.csv")).rejects.toThrow("went dead");
    await expect(uploads.keep("i2", streamOf(""), "orders.csv")).rejects.toThrow("it was empty");
    expect(await readdir(folder)).toEqual([]);
  });

  it("go when nobody waits for them any more", async () => {
    const folder = await temporaryPath("uploads");
    const uploads = createUploads(folder);
    for (const id of ["wanted", "forgotten"]) await uploads.keep(id, streamOf("a"), "a.csv");
    await uploads.removeAllBut(new Set(["wanted", "never-came"]));
    expect(await readdir(folder)).toEqual(["wanted"]);
  });
});

describe("uploads of servers that share a database", () => {
  /** More than two chunks. */
  const content = Uint8Array.from({ length: 2.5 * 2 ** 20 }, (_, i) => (i * 7919) % 251);
  const serverWith = (folder: string) => createSharedUploads(services.database.db, folder);

  it("can be worked on by another one than took them, and are gone from both afterwards", async () => {
    const [one, other] = [await temporaryPath("one"), await temporaryPath("other")];
    await serverWith(one).keep("i1", streamOf(content), "orders.csv");
    expect(await readdir(one)).toEqual([]);
    const path = (await serverWith(other).find("i1")) ?? "";
    expect(path).toBe(join(other, "i1", "orders.csv"));
    expect(Buffer.compare(await readFile(path), content)).toBe(0);
    await serverWith(other).remove("i1");
    expect(await readdir(other)).toEqual([]);
    expect(await serverWith(one).find("i1")).toBeUndefined();
  });

  it("are whole again where half a file was left", async () => {
    const folder = await temporaryPath("uploads");
    const uploads = serverWith(folder);
    await uploads.keep("i2", streamOf(content), "orders.csv");
    await writeFile((await uploads.find("i2")) ?? "", "half");
    expect(Buffer.compare(await readFile((await uploads.find("i2")) ?? ""), content)).toBe(0);
    await uploads.remove("i2");
  });

  it("leave nothing in the database when the sender breaks off, and go when nobody waits for them", async () => {
    const uploads = serverWith(await temporaryPath("uploads"));
    await expect(uploads.keep("i3", broken(), "orders.csv")).rejects.toThrow("went dead");
    for (const id of ["i4", "i5"]) await uploads.keep(id, streamOf("a"), "a.csv");
    await services.database.db.insert(blobs).values({ name: "engine/r/x", chunk: 0, content: new Uint8Array([1]) });
    await uploads.removeAllBut(new Set(["i5"]));
    const names = (await services.database.db.select({ name: blobs.name }).from(blobs)).map(({ name }) => name);
    expect(names.toSorted()).toEqual(["engine/r/x", "upload/i5/a.csv"]);
  });
});

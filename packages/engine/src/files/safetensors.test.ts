import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidFile, InvalidInput } from "../errors.ts";
import type { Column } from "./column.ts";
import { readSafetensors, writeSafetensors } from "./safetensors.ts";

/** A file from any header, right or wrong. */
function fileOf(header: unknown, data: ArrayLike<number> = [], { claim }: { claim?: number } = {}): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(claim ?? json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  return bytes;
}

const bytesOf = (count: number) => new Uint8Array(count);
const tensor = (dtype: string, shape: unknown, begin: unknown, end: unknown) => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});

const anyColumn: fc.Arbitrary<Column> = fc.oneof(
  fc.float64Array(),
  fc.float32Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.uint16Array(),
  fc.uint8Array(),
);

describe("a safetensors file", () => {
  it("gives back every column bit for bit, of every type and length, with any name", () => {
    const anyName = fc.string({ unit: "binary" }).filter((name) => name !== "__metadata__");
    fc.assert(
      fc.property(fc.dictionary(anyName, anyColumn), fc.dictionary(fc.string(), fc.string()), (columns, metadata) => {
        const file = readSafetensors(writeSafetensors(columns, metadata));
        expect(new Map(file.metadata)).toEqual(new Map(Object.entries(metadata)));
        expect(file.tensors.size).toBe(Object.keys(columns).length);
        for (const [name, column] of Object.entries(columns)) {
          expect(file.tensors.get(name)).toEqual({ shape: [column.length], data: column });
        }
      }),
    );
  });

  it("is laid out as the format says, by a reader that knows nothing of ours", () => {
    const bytes = writeSafetensors(
      { ids: Uint16Array.of(7, 513), scores: { shape: [2, 1], data: Float64Array.of(0.5, -2) } },
      { made: "today" },
    );
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const length = Number(view.getBigUint64(0, true));
    const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
    expect(text).toMatch(/^\{.*\} *$/);
    expect(JSON.parse(text)).toEqual({
      __metadata__: { made: "today" },
      scores: { dtype: "F64", shape: [2, 1], data_offsets: [0, 16] },
      ids: { dtype: "U16", shape: [2], data_offsets: [16, 20] },
    });
    const data = 8 + length;
    expect(data % 8).toBe(0);
    expect(bytes.length).toBe(data + 20);
    expect([view.getFloat64(data, true), view.getFloat64(data + 8, true)]).toEqual([0.5, -2]);
    expect([view.getUint16(data + 16, true), view.getUint16(data + 18, true)]).toEqual([7, 513]);
  });

  it("is the same bytes for the same content, in whatever order it was given", () => {
    const [a, b] = [Float32Array.of(1), Uint8Array.of(2)];
    expect(writeSafetensors({ a, b }, { x: "1", y: "2" })).toEqual(writeSafetensors({ b, a }, { y: "2", x: "1" }));
  });

  it("is read without copying a column", () => {
    const bytes = writeSafetensors({ a: Uint8Array.of(1, 2, 3), b: Float64Array.of(1), c: Uint16Array.of(5) });
    for (const { data } of readSafetensors(bytes).tensors.values()) expect(data.buffer).toBe(bytes.buffer);
  });

  it("is read by copying where it lies askew in a larger buffer", () => {
    const bytes = writeSafetensors({ a: Float64Array.of(1.5, 2.5), b: Uint8Array.of(3) });
    const askew = new Uint8Array(bytes.length + 3);
    askew.set(bytes, 3);
    const { tensors } = readSafetensors(askew.subarray(3));
    expect(tensors.get("a")?.data).toEqual(Float64Array.of(1.5, 2.5));
    expect(tensors.get("b")?.data).toEqual(Uint8Array.of(3));
  });

  it("may hold scalars, empty tensors, spaces after the header, and unaligned tensors in any order", () => {
    const header = {
      late: tensor("U16", [], 3, 5),
      early: tensor("U8", [3], 0, 3),
      none: tensor("F32", [4, 0], 5, 5),
    };
    const { tensors } = readSafetensors(fileOf(`${JSON.stringify(header)}   `, [1, 2, 3, 1, 2]));
    expect(tensors.get("early")?.data).toEqual(Uint8Array.of(1, 2, 3));
    expect(tensors.get("late")).toEqual({ shape: [], data: Uint16Array.of(513) });
    expect(tensors.get("none")).toEqual({ shape: [4, 0], data: new Float32Array() });
    expect(readSafetensors(fileOf({})).tensors.size).toBe(0);
  });
});

describe("a file that is rubbish", () => {
  it.each<[string, Uint8Array, string]>([
    ["is empty", bytesOf(0), "cut short: 0 bytes"],
    ["ends within the length", bytesOf(7), "cut short: 7 bytes"],
    ["has no header", bytesOf(8), 'does not begin with "{"'],
    [
      "claims a header beyond its end",
      fileOf({}, [], { claim: 3 }),
      "its header is 3 bytes long, but only 2 bytes follow",
    ],
    [
      "claims a header of more than 100 MB",
      fileOf({}, [], { claim: 100_000_001 }),
      "claims a header of 100000001 bytes",
    ],
    ["claims a header of 2^53 bytes", fileOf({}, [], { claim: 2 ** 53 }), "claims a header of 9007199254740992 bytes"],
    ["has a header that is an array", fileOf([]), 'does not begin with "{"'],
    ["has a header that is cut", fileOf('{"a":'), "not JSON in UTF-8"],
    ["has a space before the header", fileOf(" {}"), 'does not begin with "{"'],
    ["has bytes that are not UTF-8", fileOf('{"a":0}').fill(0xff, 10, 11), "not JSON in UTF-8"],
    [
      "names a tensor twice",
      fileOf(
        '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\\u0061" :{"dtype":"U8","shape":[0],"data_offsets":[1,1]}}',
        [1],
      ),
      'names "a" twice',
    ],
    [
      "says a tensor's type twice",
      fileOf('{"a":{"dtype":"U8","dtype":"F64","shape":[0],"data_offsets":[0,0]}}'),
      '"dtype" twice',
    ],
    ["has a tensor that is no entry", fileOf({ a: 5 }), 'Tensor "a" is 5 instead of an entry'],
    [
      "has 64-bit integers",
      fileOf({ a: tensor("I64", [1], 0, 8) }, bytesOf(8)),
      'dtype "I64"; this reader knows F64, F32',
    ],
    ["has a type from the prototype", fileOf({ a: tensor("toString", [1], 0, 8) }, bytesOf(8)), 'dtype "toString"'],
    ["lacks a shape", fileOf({ a: { dtype: "U8", data_offsets: [0, 0] } }), 'Tensor "a" has shape nothing'],
    ["has a negative length", fileOf({ a: tensor("U8", [-1], 0, 1) }, [1]), "has shape [-1]"],
    ["has half a length", fileOf({ a: tensor("U8", [0.5], 0, 1) }, [1]), "has shape [0.5]"],
    ["has offsets that are texts", fileOf({ a: tensor("U8", [1], "0", "1") }, [1]), 'data_offsets ["0","1"]'],
    ["has offsets back to front", fileOf({ a: tensor("U8", [1], 1, 0) }, [1]), "data_offsets [1,0]"],
    ["has a shape that does not fit", fileOf({ a: tensor("F32", [3], 0, 8) }, bytesOf(8)), "needs 12 bytes, not 8"],
    [
      "has a shape beyond all bounds",
      fileOf({ a: tensor("U8", Array(40).fill(2 ** 52), 0, 8) }, bytesOf(8)),
      "needs Infinity bytes",
    ],
    [
      "has data beyond its end",
      fileOf({ a: tensor("U8", [9], 0, 9) }, bytesOf(8)),
      "ends at byte 9 of the data, which has only 8",
    ],
    [
      "has overlapping tensors",
      fileOf({ a: tensor("U8", [2], 0, 2), b: tensor("U8", [2], 1, 3) }, bytesOf(3)),
      'Tensor "b" overlaps',
    ],
    [
      "has two tensors in one place",
      fileOf({ a: tensor("U8", [2], 0, 2), b: tensor("U8", [2], 0, 2) }, bytesOf(2)),
      'Tensor "b" overlaps',
    ],
    [
      "has a hole",
      fileOf({ a: tensor("U8", [1], 0, 1), b: tensor("U8", [1], 2, 3) }, bytesOf(3)),
      'Tensor "b" leaves a hole',
    ],
    [
      "has bytes left over",
      fileOf({ a: tensor("U8", [1], 0, 1) }, bytesOf(3)),
      "end at byte 1 of the data, but the file goes on to 3",
    ],
    ["has a number in its metadata", fileOf({ __metadata__: { a: 1 } }), '__metadata__ holds 1 under "a"'],
    ["has a list for metadata", fileOf({ __metadata__: [] }), "__metadata__ is [] instead of a map"],
  ])("that %s is refused with the reason", (_, bytes, reason) => {
    expect(() => readSafetensors(bytes)).toThrow(InvalidFile);
    expect(() => readSafetensors(bytes)).toThrow(reason);
  });

  it("is refused wherever a good file is cut off", () => {
    const bytes = writeSafetensors({ a: Float64Array.of(1, 2), b: Uint8Array.of(3) }, { note: "{}" });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readSafetensors(bytes.slice(0, length))).toThrow(InvalidFile);
    }
  });

  it("never causes any other error, whatever bytes are changed", () => {
    const good = writeSafetensors({ a: Float64Array.of(1, 2), "b{": Uint8Array.of(3) }, { note: 'a "quoted\\" text' });
    const change = fc.record({ at: fc.nat(good.length - 1), to: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = good.slice();
        for (const { at, to } of changes) bytes[at] = to;
        try {
          readSafetensors(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidFile);
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe("writing a file", () => {
  it("refuses the reserved name, a shape that does not fit, and columns of another type", () => {
    expect(() => writeSafetensors({ __metadata__: Uint8Array.of(1) })).toThrow(InvalidInput);
    expect(() => writeSafetensors({ a: { shape: [2, 2], data: new Float32Array(3) } })).toThrow(
      'tensors["a"].shape must be a shape of 3 elements; received "[2,2]".',
    );
    const wide: unknown = new BigInt64Array(1);
    expect(() => Reflect.apply(writeSafetensors, undefined, [{ a: wide }])).toThrow('tensors["a"] must be a column of');
  });
});

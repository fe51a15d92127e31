/**
 * Reads and writes safetensors files: an 8-byte little-endian length, a JSON header, then raw little-endian columns.
 * https://github.com/huggingface/safetensors#format. What is written here opens in Python's `safetensors` and the
 * other way round; columns are aligned, so that reading makes views and copies nothing.
 */
import { InvalidInput } from "../errors.ts";
import type { Column } from "./column.ts";
import {
  dtypes,
  elementSize,
  elementsOf,
  lengthBytes,
  metadataName,
  readHeader,
  type Dtype,
} from "./safetensors-header.ts";

/** A column with its shape, the last dimension running fastest. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Column;
}

/** What a file holds. */
export interface TensorFile {
  /** By name, in the order of the file. */
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** Free text that travels with the tensors. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** Data begin at a multiple of this in the file; no element type is wider. */
const alignment = 8;

/**
 * Lays out a file. The widest element types come first and names ascend within a type, so that every column is
 * aligned and equal content gives equal bytes.
 * @param tensors by name; a bare column has one dimension
 * @throws InvalidInput when a shape does not fit its column or a name is the reserved `__metadata__`
 * @example
 * const bytes = writeSafetensors({ weights: { shape: [2, 3], data: new Float32Array(6) } }, { made: "2026-01-31" });
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, Tensor | Column>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const entries = Object.entries(tensors).map(([name, tensor]) => entryOf(name, tensor));
  entries.sort((a, b) => elementSize[b.dtype] - elementSize[a.dtype] || compare(a.name, b.name));

  const header: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) header.push([metadataName, byName(metadata)]);
  let end = 0;
  for (const { name, dtype, shape, data } of entries) {
    header.push([name, { dtype, shape, data_offsets: [end, (end += data.byteLength)] }]);
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const padded = Math.ceil(json.length / alignment) * alignment;
  const bytes = new Uint8Array(lengthBytes + padded + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(json, lengthBytes);
  bytes.fill(0x20, lengthBytes + json.length, lengthBytes + padded);
  let at = lengthBytes + padded;
  for (const { data } of entries) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * Reads a file without trusting it. Columns are views on `bytes` wherever alignment allows, which it does for files
 * of `writeSafetensors`; others are copied.
 * @throws InvalidFile saying what is wrong: cut short, a header that is too long or no JSON, a name twice, an element
 * type without a typed array (such as I64), a shape that does not fit, data that overlap, leave holes or run over
 * @example
 * const { tensors } = readSafetensors(bytes);
 * tensors.get("weights")?.shape; // [2, 3]
 */
export function readSafetensors(bytes: Uint8Array): TensorFile {
  const { tensors: places, metadata, dataStart } = readHeader(bytes);
  const tensors = new Map<string, Tensor>();
  for (const { name, dtype, shape, begin, end } of places) {
    tensors.set(name, { shape, data: columnAt(bytes, dtype, dataStart + begin, dataStart + end) });
  }
  return { tensors, metadata };
}

interface Entry extends Tensor {
  readonly name: string;
  readonly dtype: Dtype;
}

function entryOf(name: string, tensor: Tensor | Column): Entry {
  if (name === metadataName) throw new InvalidInput("tensors", name, "names other than the reserved one");
  const { shape, data } = "data" in tensor ? tensor : { shape: [tensor.length], data: tensor };
  if (elementsOf(shape) !== data.length) {
    throw new InvalidInput(
      `tensors[${JSON.stringify(name)}].shape`,
      `[${shape.join()}]`,
      `a shape of ${data.length} elements`,
    );
  }
  return { name, dtype: dtypeOf(name, data), shape, data };
}

type ColumnType = new (buffer: ArrayBufferLike, byteOffset: number, length: number) => Column;

const columnTypes: Readonly<Record<Dtype, ColumnType>> = {
  F64: Float64Array,
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  U16: Uint16Array,
  U8: Uint8Array,
};

function dtypeOf(name: string, column: Column): Dtype {
  for (const dtype of dtypes) if (column instanceof columnTypes[dtype]) return dtype;
  throw new InvalidInput(`tensors[${JSON.stringify(name)}]`, column, `a column of type ${dtypes.join(", ")}`);
}

function columnAt(bytes: Uint8Array, dtype: Dtype, begin: number, end: number): Column {
  const size = elementSize[dtype];
  const aligned = (bytes.byteOffset + begin) % size === 0;
  const { buffer, byteOffset }: Uint8Array = aligned ? bytes.subarray(begin, end) : bytes.slice(begin, end);
  return new columnTypes[dtype](buffer, byteOffset, (end - begin) / size);
}

/** The same record with its names in ascending order, so that equal records are written with equal bytes. */
export function byName<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => compare(a, b)));
}

/** By UTF-16 code units: the same order in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

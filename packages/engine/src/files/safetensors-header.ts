/**
 * The header of a safetensors file: JSON that names each tensor's type, shape and place. Everything it claims is
 * checked before a byte of data is touched, since the file may come from anywhere.
 * Format: https://github.com/huggingface/safetensors#format, limits as in its reference implementation.
 */
import { InvalidFile } from "../errors.ts";
import { repeatedKey } from "./json-keys.ts";

/** Bytes an element, by the dtypes that have a typed array of their own. */
export const elementSize = { F64: 8, F32: 4, I32: 4, U32: 4, U16: 2, U8: 1 } as const;

/** An element type this reader and writer support, in the format's own spelling. */
export type Dtype = keyof typeof elementSize;

export const dtypes: readonly Dtype[] = ["F64", "F32", "I32", "U32", "U16", "U8"];

/** One tensor's entry. `begin <= byte < end`, counted from the first byte after the header. */
export interface TensorPlace {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the order of their data; they follow one another without a gap up to the file's end. */
  readonly tensors: readonly TensorPlace[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Position of the first data byte in the file. */
  readonly dataStart: number;
}

/** Name of the entry that holds free text instead of a tensor. */
export const metadataName = "__metadata__";

/** Bytes in front of the header that hold its length. */
export const lengthBytes = 8;

/** The reference implementation's limit, in bytes. */
const longestHeader = 100_000_000;

/** @throws InvalidFile saying what is wrong, and with which tensor */
export function readHeader(bytes: Uint8Array): Header {
  const dataStart = lengthBytes + headerLength(bytes);
  const entries = parseEntries(bytes.subarray(lengthBytes, dataStart));
  const metadata = new Map<string, string>();
  const tensors: TensorPlace[] = [];
  for (const [name, value] of Object.entries(entries)) {
    if (name === metadataName) readMetadata(value, metadata);
    else tensors.push(readPlace(name, value));
  }
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  requireSeamless(tensors, bytes.length - dataStart);
  return { tensors, metadata, dataStart };
}

/** Number of elements of a tensor; 1 for a scalar, whose shape is empty. */
export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < lengthBytes) {
    throw new InvalidFile(`The file is cut short: ${bytes.length} bytes, where 8 alone hold the header's length.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, lengthBytes);
  const length = view.getUint32(4, true) * 2 ** 32 + view.getUint32(0, true);
  if (length > longestHeader) {
    throw new InvalidFile(`The file claims a header of ${length} bytes; ${longestHeader} is the most there may be.`);
  }
  if (lengthBytes + length > bytes.length) {
    throw new InvalidFile(
      `The file is cut short: its header is ${length} bytes long, but only ${bytes.length - lengthBytes} bytes follow.`,
    );
  }
  return length;
}

function parseEntries(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  if (bytes[0] !== 0x7b) throw new InvalidFile('The header does not begin with "{": this is no safetensors file.');
  let text: string;
  let entries: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    entries = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidFile(`The header is not JSON in UTF-8: ${reason}`, { cause: error });
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined) throw new InvalidFile(`The header names ${show(repeated)} twice.`);
  return isRecord(entries) ? entries : {};
}

function readMetadata(value: unknown, into: Map<string, string>): void {
  if (!isRecord(value)) throw new InvalidFile(`${metadataName} is ${show(value)} instead of a map of texts.`);
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") {
      throw new InvalidFile(`${metadataName} holds ${show(text)} under ${show(key)} instead of a text.`);
    }
    into.set(key, text);
  }
}

function readPlace(name: string, value: unknown): TensorPlace {
  if (!isRecord(value)) throw new InvalidFile(`Tensor ${show(name)} is ${show(value)} instead of an entry.`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (!isDtype(dtype)) {
    throw new InvalidFile(`Tensor ${show(name)} has dtype ${show(dtype)}; this reader knows ${dtypes.join(", ")}.`);
  }
  if (!isCounts(shape)) throw new InvalidFile(`Tensor ${show(name)} has shape ${show(shape)} instead of lengths.`);
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    throw new InvalidFile(`Tensor ${show(name)} has data_offsets ${show(offsets)} instead of [begin, end].`);
  }
  const [begin, end] = offsets;
  const size = elementsOf(shape) * elementSize[dtype];
  if (size !== end - begin) {
    throw new InvalidFile(
      `Tensor ${show(name)} of shape ${show(shape)} and dtype ${dtype} needs ${size} bytes, not ${end - begin}.`,
    );
  }
  return { name, dtype, shape, begin, end };
}

/** The data must be covered once: no overlap, no hole, nothing beyond the end and nothing left over. */
function requireSeamless(tensors: readonly TensorPlace[], dataLength: number): void {
  let covered = 0;
  for (const { name, begin, end } of tensors) {
    if (end > dataLength) {
      throw new InvalidFile(`Tensor ${show(name)} ends at byte ${end} of the data, which has only ${dataLength}.`);
    }
    if (begin !== covered) {
      const fault = begin < covered ? "overlaps the one before it" : "leaves a hole before it";
      throw new InvalidFile(`Tensor ${show(name)} ${fault}: it begins at byte ${begin} instead of ${covered}.`);
    }
    covered = end;
  }
  if (covered !== dataLength) {
    throw new InvalidFile(`The tensors end at byte ${covered} of the data, but the file goes on to ${dataLength}.`);
  }
}

function isDtype(value: unknown): value is Dtype {
  return typeof value === "string" && Object.hasOwn(elementSize, value);
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

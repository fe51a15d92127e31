/** Lists of strings as two columns, so that ids travel in model files: their UTF-8 bytes and where each one begins. */
import { InvalidFile, InvalidInput } from "../errors.ts";
import { atOnce, type InPieces } from "../matrix/pieces.ts";

/** String `i` is the UTF-8 of `bytes[offsets[i] .. offsets[i + 1])`. */
export interface EncodedStrings {
  readonly bytes: Uint8Array;
  /** One more than there are strings. */
  readonly offsets: Uint32Array;
}

/** Strings that are decoded between two pauses. */
const stringsAPiece = 4096;

/**
 * @throws InvalidInput when a string holds half of a surrogate pair, which UTF-8 cannot say, or all of them together
 * take 4 GiB or more
 * @example
 * const { bytes, offsets } = encodeStrings(catalogue.ids.all);
 */
export function encodeStrings(strings: readonly string[]): EncodedStrings {
  const encoder = new TextEncoder();
  const offsets = new Uint32Array(strings.length + 1);
  let bytes = new Uint8Array(64);
  let length = 0;
  for (const [index, text] of strings.entries()) {
    if (!text.isWellFormed()) throw new InvalidInput(`strings[${index}]`, text, "well-formed Unicode");
    // A UTF-16 code unit takes at most three bytes.
    const needed = length + 3 * text.length;
    if (needed > bytes.length) bytes = enlarged(bytes, Math.max(needed, 2 * bytes.length));
    length += encoder.encodeInto(text, bytes.subarray(length)).written;
    if (length >= 2 ** 32) throw new InvalidInput(`strings[${index}]`, length, "within the first 4 GiB");
    offsets[index + 1] = length;
  }
  return { bytes: bytes.slice(0, length), offsets };
}

/**
 * @throws InvalidFile when the offsets do not fit the bytes or the bytes are not UTF-8
 * @example
 * decodeStrings(encodeStrings(["mug", "teapot"])); // ["mug", "teapot"]
 */
export function decodeStrings(encoded: EncodedStrings): string[] {
  return atOnce(decodeStringsInPieces(encoded));
}

/** The same, pausing on the way. */
export function* decodeStringsInPieces({ bytes, offsets }: EncodedStrings): InPieces<string[]> {
  if (offsets.length === 0 || offsets[0] !== 0 || offsets[offsets.length - 1] !== bytes.length) {
    throw new InvalidFile(`The strings' offsets do not cover their ${bytes.length} bytes.`);
  }
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const strings: string[] = [];
  for (let i = 0; i + 1 < offsets.length; i++) {
    if (offsets[i] > offsets[i + 1]) throw new InvalidFile(`String ${i} ends before it begins.`);
    try {
      strings.push(decoder.decode(bytes.subarray(offsets[i], offsets[i + 1])));
    } catch (error) {
      throw new InvalidFile(`String ${i} is not UTF-8.`, { cause: error });
    }
    if (i % stringsAPiece === 0) yield;
  }
  return strings;
}

function enlarged(bytes: Uint8Array, capacity: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(capacity);
  larger.set(bytes);
  return larger;
}

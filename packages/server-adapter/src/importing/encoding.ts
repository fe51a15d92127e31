/**
 * Which characters the bytes stand for. CSV is cut into cells before that is decided, for every delimiter is ASCII:
 * cells arrive as byte strings (one character a byte), and the evidence of the whole file decides at the end.
 */
import { isUtf8 } from "node:buffer";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** What was found out about a file's characters. */
export interface EncodingEvidence {
  readonly encoding: Encoding;
  /** Distinct values beyond ASCII that are valid UTF-8, and that are not. */
  readonly validValues: number;
  readonly invalidValues: number;
  /** One value that was not UTF-8, as it was read. */
  readonly example?: string | undefined;
}

/** The encoding that the first bytes give away, and how many of them are the byte order mark. */
export function encodingOfHead(head: Buffer): { encoding: Encoding | "utf-32" | "unknown"; markLength: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", markLength: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) {
    return head[2] === 0 && head[3] === 0
      ? { encoding: "utf-32", markLength: 4 }
      : { encoding: "utf-16le", markLength: 2 };
  }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", markLength: 2 };
  if (head[0] === 0 && head[1] === 0 && head[2] === 0xfe && head[3] === 0xff)
    return { encoding: "utf-32", markLength: 4 };
  return { encoding: zeroPattern(head), markLength: 0 };
}

/** UTF-16 without a mark shows as a zero in every other byte of its ASCII part. */
function zeroPattern(head: Buffer): Encoding | "unknown" {
  let even = 0;
  let odd = 0;
  for (let i = 0; i < head.length; i++) {
    if (head[i] !== 0) continue;
    if (i % 2 === 0) even++;
    else odd++;
  }
  const half = head.length / 2;
  if (odd > 0.7 * half && even < 0.05 * half) return "utf-16le";
  if (even > 0.7 * half && odd < 0.05 * half) return "utf-16be";
  return "unknown";
}

/** Whether bytes look like anything but text: many control characters. */
export function looksBinary(head: Buffer): boolean {
  let control = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27 && byte !== 26)) control++;
  return control > head.length * 0.02;
}

/** UTF-16 bytes to UTF-8 bytes, chunk by chunk; a pair that is cut in two by a chunk is put together again. */
export async function* utf16ToUtf8(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }), "utf8");
  yield Buffer.from(decoder.decode(), "utf8");
}

const windows1252 = new TextDecoder("windows-1252");

/** The text of a byte string under its own evidence: UTF-8 where it is valid, else Windows-1252. */
export function decodeAlone(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString("utf8") : windows1252.decode(bytes);
}

/**
 * Decides on all distinct values of a file. A value that is not valid UTF-8 is always read as Windows-1252; valid ones
 * are UTF-8 unless invalid ones outnumber them ten to one, when they are valid by chance only.
 * @param values byte strings
 */
export function decideEncoding(values: Iterable<string>): {
  evidence: EncodingEvidence;
  decode(value: string): string;
} {
  let validValues = 0;
  let invalidValues = 0;
  let example: string | undefined;
  for (const value of values) {
    if (isAscii(value)) continue;
    const bytes = Buffer.from(value, "latin1");
    if (isUtf8(bytes)) validValues++;
    else {
      invalidValues++;
      example ??= windows1252.decode(bytes);
    }
  }
  const byChance = invalidValues >= 10 * validValues && invalidValues > 0;
  const encoding = byChance || invalidValues > validValues ? "windows-1252" : "utf-8";
  function decode(value: string): string {
    if (isAscii(value)) return value;
    const bytes = Buffer.from(value, "latin1");
    return byChance ? windows1252.decode(bytes) : decodeAlone(bytes);
  }
  return { evidence: { encoding, validValues, invalidValues, example }, decode };
}

function isAscii(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) > 127) return false;
  return true;
}

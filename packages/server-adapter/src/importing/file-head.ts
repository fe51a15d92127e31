/** The beginning of a file in memory, read as the file itself would be: what a preview has of a file of any size. */
import { once } from "node:events";
import { constants, createGunzip } from "node:zlib";
import { encodingOfHead } from "./encoding.ts";
import { ImportError } from "./errors.ts";
import { refuseImpostors, type Source } from "./source.ts";

export interface FileHead {
  /** As its owner calls it. */
  readonly name: string;
  /** As it lies on disk, gzip or not. */
  readonly content: Uint8Array;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
}

/** A file by its path, or its beginning. */
export type FileInput = string | FileHead;

const headSize = 64 * 1024;
/** Bytes that are looked at: a few small ones in gzip may stand for gigabytes. */
const largestHead = 4 * 2 ** 20;

/** What messages call it. */
export function nameOf(input: FileInput): string {
  return typeof input === "string" ? input : input.name;
}

/** Whether the file goes on behind what there is of it. */
export function isCutOff(input: FileInput): boolean {
  return typeof input !== "string" && !input.isWhole;
}

/** @throws ImportError when it is empty, or recognisably no table */
export async function openHead({ name, content, isWhole }: FileHead): Promise<Source> {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const compression = bytes[0] === 0x1f && bytes[1] === 0x8b ? "gzip" : "none";
  refuseImpostors(name, bytes);
  const plain = compression === "gzip" ? await unpacked(name, bytes) : { text: bytes, isWhole: true };
  refuseImpostors(name, plain.text);
  const text = isWhole && plain.isWhole ? plain.text : wholeLinesOf(plain.text);
  if (text.length === 0) {
    throw new ImportError("empty-file", "The file is empty.", { file: name, hint: "Export it again." });
  }
  return {
    path: name,
    size: bytes.length,
    compression,
    head: text.subarray(0, headSize),
    chunks: (async function* () {
      yield text;
    })(),
    bytesRead: () => bytes.length,
    close: async () => {},
  };
}

/** As much as can be unpacked of a beginning. */
async function unpacked(name: string, bytes: Buffer): Promise<{ text: Buffer; isWhole: boolean }> {
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH });
  const parts: Buffer[] = [];
  let length = 0;
  gunzip.on("data", (part: Buffer) => {
    parts.push(part);
    length += part.length;
    if (length >= largestHead) gunzip.destroy();
  });
  const closed = once(gunzip, "close").catch((cause: unknown) => {
    if (length > 0) return;
    const hint = "Copy or download it again (in binary mode).";
    throw new ImportError("damaged-file", "The gzip file is damaged.", { file: name, hint, cause });
  });
  gunzip.end(bytes);
  await closed;
  return { text: Buffer.concat(parts), isWhole: length < largestHead };
}

/** Without the line that is cut off; a single line stays. */
function wholeLinesOf(text: Buffer): Buffer {
  const { encoding } = encodingOfHead(text.subarray(0, headSize));
  const end = text.includes(10) ? text.lastIndexOf(10) : text.lastIndexOf(13);
  if (end < 0) return text;
  return text.subarray(0, end + (encoding === "utf-16le" ? 2 : 1));
}

/**
 * A file as a stream of plain bytes: opened, recognised by its first bytes, unpacked when it is gzip, refused when it
 * is no text at all. Nothing is kept in memory but the chunk at hand.
 */
import { open, type FileHandle } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { ImportError, type ImportErrorCode } from "./errors.ts";

/** What one file tells before its content is looked at. */
export interface Source {
  readonly path: string;
  /** Bytes on disk. */
  readonly size: number;
  readonly compression: "none" | "gzip";
  /** First bytes of the unpacked content, at most `headSize`. */
  readonly head: Buffer;
  /** All of the unpacked content, the head included. Can be read once. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Bytes of the file on disk read so far. */
  bytesRead(): number;
  /** Closes the file, whatever state reading is in. */
  close(): Promise<void>;
}

const headSize = 64 * 1024;
const chunkSize = 256 * 1024;

/** Files that are often handed in by mistake, by their first bytes. */
const impostors: readonly {
  readonly magic: string;
  readonly code: ImportErrorCode;
  readonly is: string;
  readonly hint: string;
}[] = [
  {
    magic: "504b0304",
    code: "spreadsheet-file",
    is: "an Excel workbook or a zip archive",
    hint: 'Open it and save it as "CSV UTF-8", or unpack it first.',
  },
  { magic: "504b0506", code: "archive-file", is: "an empty zip archive", hint: "Export the file again." },
  {
    magic: "d0cf11e0a1b11ae1",
    code: "spreadsheet-file",
    is: "an old Excel workbook",
    hint: 'Open it and save it as "CSV UTF-8".',
  },
  {
    magic: "25504446",
    code: "pdf-file",
    is: "a PDF document",
    hint: "Export the data as CSV; a PDF holds no table that can be read back.",
  },
  { magic: "89504e470d0a1a0a", code: "image-file", is: "a PNG picture", hint: "Choose the CSV export instead." },
  { magic: "ffd8ff", code: "image-file", is: "a JPEG picture", hint: "Choose the CSV export instead." },
  { magic: "47494638", code: "image-file", is: "a GIF picture", hint: "Choose the CSV export instead." },
  { magic: "52617221", code: "archive-file", is: "a RAR archive", hint: "Unpack it first; gzip is read as it is." },
  { magic: "377abcaf271c", code: "archive-file", is: "a 7z archive", hint: "Unpack it first; gzip is read as it is." },
  { magic: "28b52ffd", code: "archive-file", is: "packed with zstd", hint: "Unpack it first; gzip is read as it is." },
  { magic: "425a68", code: "archive-file", is: "packed with bzip2", hint: "Unpack it first; gzip is read as it is." },
  {
    magic: "fd377a585a00",
    code: "archive-file",
    is: "packed with xz",
    hint: "Unpack it first; gzip is read as it is.",
  },
  {
    magic: "53514c69746520666f726d6174",
    code: "binary-file",
    is: "an SQLite database",
    hint: "Export its tables as CSV.",
  },
  { magic: "50415231", code: "binary-file", is: "a Parquet file", hint: "Export it as CSV." },
];

/**
 * Opens a file. The caller must call `close`, also after an error while reading.
 * @throws ImportError when it is absent, a directory, empty, or recognisably no table
 */
export async function openSource(path: string): Promise<Source> {
  const handle = await openFile(path);
  try {
    const { size } = await handle.stat();
    if (size === 0) throw emptyFile(path);
    const first = await peek(handle);
    const compression = first[0] === 0x1f && first[1] === 0x8b ? "gzip" : "none";
    if (compression === "none") refuseImpostors(path, first);
    return await startReading(path, handle, size, compression);
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function startReading(
  path: string,
  handle: FileHandle,
  size: number,
  compression: Source["compression"],
): Promise<Source> {
  const file = handle.createReadStream({ start: 0, highWaterMark: chunkSize, autoClose: false });
  const bytes = compression === "gzip" ? file.pipe(createGunzip({ chunkSize })) : file;
  // `pipe` does not hand errors on: without this a disk error would leave the unpacking side waiting for ever.
  if (bytes !== file) file.on("error", (error) => bytes.destroy(error));
  const iterator: AsyncIterator<Buffer> = bytes[Symbol.asyncIterator]();
  const close = async (): Promise<void> => {
    bytes.destroy();
    file.destroy();
    await handle.close();
  };
  try {
    const head = await readHead(path, iterator);
    if (head.length === 0) throw emptyFile(path);
    if (compression === "gzip") refuseImpostors(path, head);
    return {
      path,
      size,
      compression,
      head: head.subarray(0, headSize),
      chunks: rest(path, head, iterator),
      bytesRead: () => file.bytesRead,
      close,
    };
  } catch (error) {
    bytes.destroy();
    file.destroy();
    throw error;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") {
      throw new ImportError("not-found", "There is no such file.", { file: path, hint: "Check the path.", cause });
    }
    throw unreadable(path, cause);
  }
  const stats = await handle.stat();
  if (stats.isFile()) return handle;
  await handle.close();
  if (stats.isDirectory()) {
    throw new ImportError("directory", "This is a directory.", { file: path, hint: "Name one file inside it." });
  }
  throw new ImportError("unreadable-file", "This is a pipe or a device.", {
    file: path,
    hint: "Save its content to a file first.",
  });
}

async function peek(handle: FileHandle): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(512), 0, 512, 0);
  return buffer.subarray(0, bytesRead);
}

/** Enough of the content to recognise it. A file that breaks off this early is reported like one that breaks off later. */
async function readHead(path: string, iterator: AsyncIterator<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  while (length < headSize) {
    const chunk = await next(path, iterator);
    if (!chunk) break;
    parts.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(parts);
}

async function* rest(path: string, head: Buffer, iterator: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield head;
  for (let chunk = await next(path, iterator); chunk; chunk = await next(path, iterator)) yield chunk;
}

async function next(path: string, iterator: AsyncIterator<Buffer>): Promise<Buffer | undefined> {
  try {
    const step = await iterator.next();
    return step.done ? undefined : step.value;
  } catch (cause) {
    throw readingError(path, cause);
  }
}

function readingError(path: string, cause: unknown): ImportError {
  const code = errorCode(cause);
  if (code === "Z_BUF_ERROR") {
    return new ImportError("truncated-file", "The gzip file breaks off before its end.", {
      file: path,
      hint: "Copy or download it again, in full; nothing was imported.",
      cause,
    });
  }
  if (code?.startsWith("Z_")) {
    return new ImportError("damaged-file", "The gzip file is damaged.", {
      file: path,
      hint: "Copy or download it again (in binary mode); nothing was imported.",
      cause,
    });
  }
  return unreadable(path, cause);
}

/** @throws ImportError when the first bytes are those of another kind of file */
export function refuseImpostors(path: string, head: Buffer): void {
  for (const { magic, code, is, hint } of impostors) {
    if (head.subarray(0, magic.length / 2).toString("hex") === magic) {
      throw new ImportError(code, `This is not a text file but ${is}.`, { file: path, hint });
    }
  }
  if (head.subarray(257, 262).toString("latin1") === "ustar") {
    throw new ImportError("archive-file", "This is a tar archive.", { file: path, hint: "Unpack it first." });
  }
}

function emptyFile(path: string): ImportError {
  return new ImportError("empty-file", "The file is empty.", { file: path, hint: "Export it again." });
}

function unreadable(path: string, cause: unknown): ImportError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ImportError("unreadable-file", `The file cannot be read (${reason}).`, {
    file: path,
    hint: "Check that this user may read it.",
    cause,
  });
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

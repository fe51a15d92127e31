/**
 * Cuts a stream of bytes after line ends and leaves lines out that are longer than any real row, so that a broken file
 * of one endless line costs no memory. (csv-parse's `max_record_size` bounds memory too, but ends the file there:
 * it cannot go on with the next line. It stays on as a second guard, against quotes that never close.)
 */

/** Rows longer than this many bytes are left out. Shopify's product descriptions stay far below. */
export const longestRow = 8 * 1024 * 1024;

export interface LineCutting {
  /** The byte lines end with: 10, or 13 in files of old Macs. */
  readonly newline: number;
  readonly longest?: number;
  /** Called with the physical line (from 1) of each line that is left out. An empty line takes its place. */
  onTooLong(line: number): void;
}

/**
 * @returns the same bytes in chunks that end at line ends, the last one excepted
 */
export async function* wholeLines(
  chunks: AsyncIterable<Buffer>,
  { newline, longest = longestRow, onTooLong }: LineCutting,
): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  let pendingLength = 0;
  let line = 1;
  let dropping = false;
  for await (const chunk of chunks) {
    const first = chunk.indexOf(newline);
    if (first < 0) {
      if (dropping) continue;
      pending.push(chunk);
      pendingLength += chunk.length;
      if (pendingLength > longest) {
        onTooLong(line);
        dropping = true;
        pending = [];
        pendingLength = 0;
      }
      continue;
    }
    const last = chunk.lastIndexOf(newline);
    const complete = chunk.subarray(dropping ? first : 0, last + 1);
    line += countByte(chunk, newline);
    yield pendingLength > 0 ? Buffer.concat([...pending, complete]) : complete;
    dropping = false;
    pending = last + 1 < chunk.length ? [chunk.subarray(last + 1)] : [];
    pendingLength = chunk.length - last - 1;
  }
  if (pendingLength > 0) yield Buffer.concat(pending);
}

function countByte(bytes: Buffer, byte: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}

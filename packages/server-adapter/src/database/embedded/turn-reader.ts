/**
 * Cuts what a PostgreSQL client sends into turns: a start-up packet, or the messages up to the one that asks for an
 * answer. Turns of several clients may follow one another on the one backend of the embedded database; their single
 * messages may not, or one client would get another's rows.
 * PostgreSQL documentation, "Frontend/Backend Protocol", "Message Formats".
 */

/** What a client asks for next. `request` is for the database, the others are answered at the socket. */
export interface Turn {
  readonly kind: "start-up" | "request" | "encryption" | "cancel" | "goodbye";
  readonly bytes: Uint8Array;
  /** A Flush: an answer is wanted, but more of the same request follows. */
  readonly unfinished: boolean;
}

const encryptionCodes = new Set([80_877_103, 80_877_104]);
const cancelCode = 80_877_102;

/** Message types after which the client waits: Query, Sync, Flush, FunctionCall. */
const [query, sync, flush, functionCall, terminate] = ["Q", "S", "H", "F", "X"].map((letter) => letter.charCodeAt(0));
const endsTurn = new Set([query, sync, flush, functionCall, terminate]);

/** Bytes before a message's body: its type, and its length. A start-up packet has no type. */
const [packetHead, messageHead] = [8, 5];
/** The least that a length can say: it counts itself, and in a start-up packet the code behind it. */
const [leastPacket, leastMessage] = [8, 4];

/** Whoever sends this does not speak the protocol, or lost its place in it. */
export class MalformedMessage extends Error {
  override readonly name = "MalformedMessage";
}

/** One for each connection. */
export interface TurnReader {
  /**
   * @returns the turns that this chunk completes, in order
   * @throws MalformedMessage when nothing more can be read from this connection: end it
   */
  push(chunk: Uint8Array): Turn[];
}

/**
 * @example
 * const reader = createTurnReader();
 * socket.on("data", (chunk) => reader.push(chunk).forEach(answer));
 */
export function createTurnReader(): TurnReader {
  let started = false;
  /** Received and not yet given out; joined only when the next frame is whole, so that a large one costs one copy. */
  let chunks: Uint8Array[] = [];
  let received = 0;
  let wanted = packetHead;
  /** Bytes of the unfinished turn that are whole messages. */
  let scanned = 0;

  function nextTurn(buffer: Buffer): Turn | undefined {
    while (buffer.length - scanned >= (started ? messageHead : packetHead)) {
      const length = frameLength(buffer);
      if (buffer.length - scanned < length) {
        wanted = scanned + length;
        return undefined;
      }
      const type = started ? buffer[scanned] : undefined;
      scanned += length;
      if (type === undefined) return packet(buffer.subarray(0, scanned));
      if (!endsTurn.has(type)) continue;
      const kind = type === terminate ? "goodbye" : "request";
      return { kind, bytes: buffer.subarray(0, scanned), unfinished: type === flush };
    }
    wanted = scanned + (started ? messageHead : packetHead);
    return undefined;
  }

  /** Of the frame that begins where the scan stands. */
  function frameLength(buffer: Buffer): number {
    const [length, least] = started
      ? [buffer.readInt32BE(scanned + 1), leastMessage]
      : [buffer.readInt32BE(scanned), leastPacket];
    if (length < least) throw new MalformedMessage(`A message cannot be ${length} bytes long.`);
    return started ? 1 + length : length;
  }

  function packet(bytes: Buffer): Turn {
    const code = bytes.readInt32BE(4);
    if (encryptionCodes.has(code)) return { kind: "encryption", bytes, unfinished: false };
    if (code === cancelCode) return { kind: "cancel", bytes, unfinished: false };
    started = true;
    return { kind: "start-up", bytes, unfinished: false };
  }

  return {
    push(chunk) {
      chunks.push(chunk);
      received += chunk.length;
      const turns: Turn[] = [];
      if (received < wanted) return turns;
      let buffer = Buffer.concat(chunks);
      for (let turn = nextTurn(buffer); turn; turn = nextTurn(buffer)) {
        turns.push(turn);
        buffer = buffer.subarray(scanned);
        scanned = 0;
      }
      chunks = buffer.length > 0 ? [buffer] : [];
      received = buffer.length;
      return turns;
    },
  };
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTurnReader, MalformedMessage, type Turn } from "./turn-reader.ts";

function message(type: string, body: string): Buffer {
  const content = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(4 + content.length, 1);
  return Buffer.concat([head, content]);
}

function packet(code: number, body = ""): Buffer {
  const content = Buffer.from(body);
  const head = Buffer.alloc(8);
  head.writeInt32BE(8 + content.length);
  head.writeInt32BE(code, 4);
  return Buffer.concat([head, content]);
}

const encryption = packet(80_877_103);
const startUp = packet(196_608, "user\0postgres\0\0");
const statement = Buffer.concat([message("P", "select $1"), message("B", "42"), message("E", ""), message("S", "")]);
const query = message("Q", "begin\0");

const readAll = (chunks: readonly Uint8Array[]): Turn[] => {
  const reader = createTurnReader();
  return chunks.flatMap((chunk) => reader.push(chunk));
};

describe("what a client of the embedded database sends", () => {
  it("is cut after the messages that ask for an answer, not between them", () => {
    const turns = readAll([Buffer.concat([encryption, startUp, statement, query, message("X", "")])]);
    expect(turns.map(({ kind }) => kind)).toEqual(["encryption", "start-up", "request", "request", "goodbye"]);
    expect(turns[2].bytes).toEqual(statement);
  });

  it("is the same however the network cuts it", () => {
    const stream = Buffer.concat([startUp, statement, query, statement]);
    const whole = readAll([stream]).map(({ bytes }) => Buffer.from(bytes).toString("hex"));
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
        const edges = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        const chunks = edges.slice(1).map((edge, index) => stream.subarray(edges[index], edge));
        expect(readAll(chunks).map(({ bytes }) => Buffer.from(bytes).toString("hex"))).toEqual(whole);
      }),
    );
  });

  it("is answered at a Flush although the request goes on", () => {
    const [, flushed, rest] = readAll([startUp, message("P", "select 1"), message("H", ""), message("S", "")]);
    expect([flushed.unfinished, rest.unfinished]).toEqual([true, false]);
  });

  it("may be a wish to cancel, on a connection of its own", () => {
    expect(readAll([packet(80_877_102, "12345678")]).map(({ kind }) => kind)).toEqual(["cancel"]);
  });

  it("ends with the first length that no message can have, and is not read for ever", () => {
    const withLength = (length: number): Buffer => {
      const bytes = message("D", "");
      bytes.writeInt32BE(length, 1);
      return bytes;
    };
    for (const length of [-1, -5, 0, 3, -(2 ** 31)]) {
      expect(() => readAll([startUp, withLength(length)]), `${length}`).toThrow(MalformedMessage);
    }
    expect(readAll([startUp, withLength(4), statement]).map(({ kind }) => kind)).toEqual(["start-up", "request"]);
    for (const length of [-1, 0, 7]) {
      const bytes = packet(196_608);
      bytes.writeInt32BE(length);
      expect(() => readAll([bytes]), `${length}`).toThrow(MalformedMessage);
    }
  });
});

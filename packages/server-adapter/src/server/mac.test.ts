import { describe, expect, it } from "vitest";
import { macOf } from "./mac.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("message authentication codes", () => {
  it("are HMAC-SHA-256, the first time and every time after", () => {
    // RFC 4231, section 4.3.
    const key = bytesOf("Jefe");
    const expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    for (let time = 0; time < 3; time++) {
      expect(macOf("what do ya want for nothing?", key).toString("hex")).toBe(expected);
    }
  });

  it("differ by key, also where keys are alike in length or equal in bytes", () => {
    const [one, another, again] = ["key one", "key two", "key one"].map(bytesOf);
    expect(macOf("text", one)).not.toEqual(macOf("text", another));
    expect(macOf("text", one)).toEqual(macOf("text", again));
  });
});

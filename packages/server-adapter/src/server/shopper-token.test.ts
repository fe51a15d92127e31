import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signShopperToken, verifyShopperToken } from "./shopper-token.ts";

const secret = new Uint8Array(32).fill(1);
const now = Date.UTC(2026, 0, 1);

describe("shopper tokens", () => {
  it("vouch for any customer until they expire", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 100, unit: "grapheme" }), (customerId) => {
        const token = signShopperToken(customerId, secret, { now, lifetime: 60 });
        expect(verifyShopperToken(token, secret, now + 59_999)).toBe(customerId);
        expect(() => verifyShopperToken(token, secret, now + 60_000)).toThrow("has expired");
      }),
    );
  });

  it("mean nothing once a character is another one", () => {
    const token = signShopperToken("customer-1", secret, { now });
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom("A", "z", "0", "."), (position, character) => {
        const forged = token.slice(0, position) + character + token.slice(position + 1);
        // The last digit of a signature has two bits that carry nothing.
        fc.pre(forged !== token && position !== token.length - 1);
        expect(() => verifyShopperToken(forged, secret, now)).toThrow("not valid");
      }),
    );
  });

  it("mean nothing under another secret", () => {
    const token = signShopperToken("customer-1", new Uint8Array(32).fill(2), { now });
    expect(() => verifyShopperToken(token, secret, now)).toThrow("not signed");
  });

  it.each(["", ".", "a", "a.b.c", "é.ü", "x".repeat(5000)])("are never %j", (token) => {
    expect(() => verifyShopperToken(token, secret, now)).toThrow("not valid");
  });

  it("need a secret that nobody guesses", () => {
    expect(() => signShopperToken("customer-1", new Uint8Array(31))).toThrow("at least 32 bytes");
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashColumns, murmur3, murmur3Bytes, stickyUnit } from "./hash.ts";

// Test vectors of MurmurHash3 x86 32: https://stackoverflow.com/a/31929528 (Ian Boyd, after SMHasher).
describe("MurmurHash3", () => {
  it.each([
    [[], 0, 0],
    [[], 1, 0x514e28b7],
    [[], 0xffffffff, 0x81f16f39],
    [[0xff, 0xff, 0xff, 0xff], 0, 0x76293b50],
    [[0x21, 0x43, 0x65, 0x87], 0, 0xf55b516b],
    [[0x21, 0x43, 0x65, 0x87], 0x5082edee, 0x2362f9de],
    [[0x21, 0x43, 0x65], 0, 0x7e4a8634],
    [[0x21, 0x43], 0, 0xa0f7b07a],
    [[0x21], 0, 0x72661cf4],
    [[0, 0, 0, 0], 0, 0x2362f9de],
    [[0, 0, 0], 0, 0x85f0b427],
    [[0, 0], 0, 0x30f4c306],
    [[0], 0, 0x514e28b7],
  ])("hashes the bytes %j with seed %d as published", (bytes, seed, expected) => {
    expect(murmur3Bytes(Uint8Array.from(bytes), seed)).toBe(expected);
  });

  it.each([
    ["aaaa", 0x9747b28c, 0x5a97808a],
    ["aaa", 0x9747b28c, 0x283e0130],
    ["aa", 0x9747b28c, 0x5d211726],
    ["a", 0x9747b28c, 0x7fa09ea6],
    ["Hello, world!", 0x9747b28c, 0x24884cba],
    ["ππππππππ", 0x9747b28c, 0xd58063c1],
    ["a".repeat(256), 0x9747b28c, 0x37405bdc],
    ["abc", 0, 0xb3dd93fa],
    ["The quick brown fox jumps over the lazy dog", 0x9747b28c, 0x2fa826cd],
  ])("hashes the text %j with seed %d as published", (text, seed, expected) => {
    expect(murmur3(text, seed)).toBe(expected);
  });
});

describe("sticky assignment", () => {
  it("never changes its mind about a visitor", () => {
    expect(stickyUnit("holdout", "visitor-1")).toBe(stickyUnit("holdout", "visitor-1"));
    expect(stickyUnit("holdout", "visitor-1")).not.toBe(stickyUnit("test", "visitor-1"));
  });

  it("puts about as many visitors into a share as the share says, independently of another salt", () => {
    const visitors = Array.from({ length: 20_000 }, (_, i) => `visitor-${i}`);
    const inHoldout = visitors.filter((id) => stickyUnit("holdout", id) < 0.1);
    const inBoth = inHoldout.filter((id) => stickyUnit("test", id) < 0.5);
    expect(Math.abs(inHoldout.length - 2000)).toBeLessThan(5 * Math.sqrt(20_000 * 0.1 * 0.9));
    expect(Math.abs(inBoth.length - inHoldout.length / 2)).toBeLessThan(5 * Math.sqrt(inHoldout.length / 4));
  });
});

describe("the name of columns", () => {
  it("is 16 hexadecimal digits and the same for the same content, views included", () => {
    const column = Uint32Array.of(9, 1, 2, 3, 9);
    expect(hashColumns([Uint32Array.of(1, 2, 3)])).toMatch(/^[0-9a-f]{16}$/);
    expect(hashColumns([column.subarray(1, 4)])).toBe(hashColumns([Uint32Array.of(1, 2, 3)]));
  });

  it("changes with any value, with the order of columns and with their borders", () => {
    fc.assert(
      fc.property(fc.uint32Array({ minLength: 1 }), fc.nat(), fc.integer({ min: 1 }), (column, place, change) => {
        const changed = column.slice();
        changed[place % column.length] += change;
        expect(hashColumns([changed])).not.toBe(hashColumns([column]));
      }),
    );
    const [one, two] = [Uint8Array.of(1, 2), Uint8Array.of(3)];
    const names = [[one, two], [two, one], [Uint8Array.of(1, 2, 3)], [Uint8Array.of(1), Uint8Array.of(2, 3)], []];
    expect(new Set(names.map(hashColumns)).size).toBe(names.length);
  });
});

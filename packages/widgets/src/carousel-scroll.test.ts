import { describe, expect, it } from "vitest";
import { pageTarget, readScroll } from "./carousel-scroll.ts";

/** Ten cards of 200 pixels with gaps of 16, in a window of 700. */
const pitch = 216;
const width = 700;
const offsets = Array.from({ length: 10 }, (_, card) => card * pitch);
const scrollWidth = 10 * pitch - 16;
const at = (scrollLeft: number) => readScroll({ scrollLeft, scrollWidth, clientWidth: width });

describe("where a row stands", () => {
  it("leads only onwards at its start", () => {
    expect(at(0)).toEqual({ hasPrevious: false, hasNext: true });
  });

  it("leads both ways in its middle", () => {
    expect(at(3 * pitch)).toEqual({ hasPrevious: true, hasNext: true });
  });

  it("leads only back at its end, also where zoom leaves it a fraction of a pixel short", () => {
    expect(at(scrollWidth - width - 0.6)).toEqual({ hasPrevious: true, hasNext: false });
  });

  it("leads nowhere when every card is in view", () => {
    const state = readScroll({ scrollLeft: 0, scrollWidth: 700, clientWidth: 700 });
    expect(state).toEqual({ hasPrevious: false, hasNext: false });
  });

  it("counts from the right where writing does, with positions below zero", () => {
    expect(at(-3 * pitch)).toEqual({ hasPrevious: true, hasNext: true });
    expect(at(width - scrollWidth)).toEqual({ hasPrevious: true, hasNext: false });
  });
});

describe("a page of a row", () => {
  it("is as many cards as are wholly visible", () => {
    expect(pageTarget(offsets, 0, width, 1)).toBe(3 * pitch);
  });

  it("leads back to where it came from", () => {
    expect(pageTarget(offsets, 3 * pitch, width, -1)).toBe(0);
  });

  it("starts from the nearest card when asked for in the middle of a movement", () => {
    expect(pageTarget(offsets, 2.9 * pitch, width, 1)).toBe(6 * pitch);
  });

  it("is one card where not even one is wholly visible", () => {
    expect(pageTarget(offsets, 0, 180, 1)).toBe(pitch);
  });

  it("goes to the left in right-to-left writing", () => {
    const mirrored = offsets.map((offset) => width - 200 - offset);
    expect(pageTarget(mirrored, 0, width, 1)).toBe(-3 * pitch);
    expect(pageTarget(mirrored, -3 * pitch, width, -1)).toBeCloseTo(0);
  });

  it("is where the row stands when there is one card only", () => {
    expect(pageTarget([0], 0, width, 1)).toBe(0);
  });
});

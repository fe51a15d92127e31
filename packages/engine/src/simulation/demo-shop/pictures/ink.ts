/** What a silhouette is told about the product it draws. */
import type { Tone } from "./tones.ts";
import type { Mark } from "./pen.ts";

export interface Ink {
  /** The product's own colour. */
  readonly main: Tone;
  /** A second colour that goes with it. */
  readonly accent: Tone;
  readonly material: string;
  /** A stable choice among `count` ways to draw it. */
  readonly way: (count: number) => number;
  /** Whether the title says so: `says("Tall")`. */
  readonly says: (word: string) => boolean;
}

/**
 * Draws one kind of product on a canvas of 200 by 200: axis at x = 100, floor at y = 166.
 */
export type Silhouette = (ink: Ink) => Mark;

/** Leaves, flowers, flames and steam that several drawings share. */
import { disc, line, path, round, type Mark } from "./pen.ts";
import { flame, leaf, type Tone } from "./tones.ts";

/** One leaf of a given length, growing upwards from (x, y) and leaning by `degrees`. */
export function leafAt(x: number, y: number, length: number, degrees: number, fill: string): Mark {
  const half = Math.round(length * 0.3);
  const d = `M${x} ${y}q${-half} ${-length / 2} 0 ${-length}q${half} ${length / 2} 0 ${length}`;
  return degrees === 0 ? path(d, fill) : `<path d="${d}" fill="${fill}" transform="rotate(${degrees} ${x} ${y})"/>`;
}

/** A tuft of leaves fanning out from (x, y). */
export function tuft(x: number, y: number, length: number, tone: Tone = leaf): Mark {
  return [
    leafAt(x, y, length * 0.8, -48, tone.dark),
    leafAt(x, y, length * 0.8, 48, tone.base),
    leafAt(x, y, length * 0.95, -24, tone.base),
    leafAt(x, y, length * 0.95, 24, tone.dark),
    leafAt(x, y, length, 0, tone.light),
  ].join("");
}

/** A stem with a round flower on top. The five petals are the dashes, without length and with round ends, of a circle. */
export function flower(x: number, y: number, toX: number, toY: number, tone: Tone, size = 9): Mark {
  const gap = round((2 * Math.PI * size * 0.72) / 5);
  return [
    line(`M${x} ${y}Q${x} ${(y + toY) / 2} ${toX} ${toY}`, leaf.dark, 2.5),
    `<circle cx="${toX}" cy="${toY}" r="${round(size * 0.72)}" fill="none" stroke="${tone.base}" stroke-width="${round(size * 1.05)}" stroke-dasharray="0 ${gap}" stroke-linecap="round"/>`,
    disc(toX, toY, size * 0.42, flame.base),
  ].join("");
}

/** A candle flame that stands on (x, y). */
export function flameAt(x: number, y: number, height = 20): Mark {
  const half = height * 0.42;
  const drop = (h: number, w: number) =>
    `M${x} ${y - h}Q${x + w * 1.6} ${y - h * 0.3} ${x} ${y}Q${x - w * 1.6} ${y - h * 0.3} ${x} ${y - h}`;
  return (
    disc(x, y - height / 2, height * 1.1, flame.light, 0.4) +
    path(drop(height, half), flame.base) +
    path(drop(height * 0.55, half * 0.5), "#fff3c9")
  );
}

/** Two curls of steam above (x, y). */
export function steam(x: number, y: number): Mark {
  return line(`M${x - 8} ${y}q-7-8 0-15t0-14M${x + 9} ${y - 3}q-7-7 0-13t0-12`, "#fff", 3.5, 0.75);
}

/** The few SVG marks that drawings are made of. No ids, no styles, no script: safe inline, many to a page. */

/** A piece of SVG. */
export type Mark = string;

/** Shortens a coordinate to what the eye can see. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function path(d: string, fill: string, opacity = 1): Mark {
  return `<path d="${d}" fill="${fill}"${faint(opacity)}/>`;
}

/** An open line with round ends. */
export function line(d: string, colour: string, width: number, opacity = 1): Mark {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"${faint(opacity)}/>`;
}

export function ellipse(x: number, y: number, rx: number, ry: number, fill: string, opacity = 1): Mark {
  return `<ellipse cx="${round(x)}" cy="${round(y)}" rx="${round(rx)}" ry="${round(ry)}" fill="${fill}"${faint(opacity)}/>`;
}

export function disc(x: number, y: number, radius: number, fill: string, opacity = 1): Mark {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="${fill}"${faint(opacity)}/>`;
}

export function ring(x: number, y: number, radius: number, colour: string, width: number, opacity = 1): Mark {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="none" stroke="${colour}" stroke-width="${width}"${faint(opacity)}/>`;
}

/** A rectangle with rounded corners. */
export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  corner: number,
  fill: string,
  opacity = 1,
): Mark {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${corner}" fill="${fill}"${faint(opacity)}/>`;
}

/** Round dots in one mark: lines without length, with round ends. */
export function dots(points: readonly (readonly number[])[], colour: string, size: number, opacity = 1): Mark {
  return line(points.map(([x, y]) => `M${x} ${y}h0`).join(""), colour, size, opacity);
}

/** Turns marks clockwise about a point. */
export function turn(degrees: number, x: number, y: number, ...marks: Mark[]): Mark {
  return `<g transform="rotate(${degrees} ${x} ${y})">${marks.join("")}</g>`;
}

/** Moves marks. */
export function move(x: number, y: number, ...marks: Mark[]): Mark {
  return `<g transform="translate(${x} ${y})">${marks.join("")}</g>`;
}

function faint(opacity: number): string {
  return opacity === 1 ? "" : ` opacity="${opacity}"`;
}

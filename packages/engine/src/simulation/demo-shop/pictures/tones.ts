/** Colours of the drawings: one hue in four steps, and the neutrals that all drawings share. */

/** One hue, from light to shadow. */
export interface Tone {
  readonly light: string;
  readonly base: string;
  readonly dark: string;
  readonly deep: string;
}

/** @returns `from` with a share of `to` mixed in; both "#rrggbb" */
export function mix(from: string, to: string, share: number): string {
  const channel = (at: number) => {
    const start = parseInt(from.slice(at, at + 2), 16);
    return Math.round(start + (parseInt(to.slice(at, at + 2), 16) - start) * share)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

export function toneOf(base: string): Tone {
  return {
    light: mix(base, "#fffaf0", 0.4),
    base,
    dark: mix(base, "#33243a", 0.2),
    deep: mix(base, "#2a1f30", 0.45),
  };
}

export const steel = toneOf("#b8c0c6");
export const brass = toneOf("#cfa352");
export const wood = toneOf("#c99c6b");
export const walnut = toneOf("#7d553d");
export const paper = toneOf("#f7f1e6");
export const leaf = toneOf("#6f9560");
export const charcoal = toneOf("#46464b");
export const flame = toneOf("#f6b545");

/** Shadow and shine are laid over any colour. */
export const shadow = "#2a1f30";
export const shine = "#ffffff";

/** Backdrops, and the deeper ones that white and sand-coloured things stand out from. */
export const backdrops: readonly string[] = ["#dfe6df", "#ecdcd1", "#d9e3ea", "#ece2c8", "#e3dce9", "#ddd6c9"];
export const deepBackdrops: readonly string[] = ["#c6d6cf", "#e6cbbd", "#c3d3de", "#d5cade"];

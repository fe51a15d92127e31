/** A product's picture in a box that never changes its size: the picture, or a quiet tile with the title's initials. */
import type { CSSProperties, JSX } from "preact";
import { useState } from "preact/hooks";

export interface ProductPictureProps {
  readonly title: string;
  /** Address of the picture; a tile stands in while there is none, or when it does not load. */
  readonly src?: string | undefined;
  /** Left empty where the title stands beside the picture, so that it is not read out twice. */
  readonly alt?: string;
  /** `eager` for the picture that a page is about. */
  readonly loading?: "lazy" | "eager";
}

/** Draws nothing that needs to load before it has its place. */
export function ProductPicture({ title, src, alt = "", loading = "lazy" }: ProductPictureProps): JSX.Element {
  const [broken, setBroken] = useState<string>();
  if (src === undefined || src === "" || src === broken) {
    const name = alt === "" ? { "aria-hidden": true as const } : { role: "img" as const, "aria-label": alt };
    return (
      <span class="basketlift-picture basketlift-picture--tile" style={tint(title)} {...name}>
        {initialsOf(title)}
      </span>
    );
  }
  return (
    <span class="basketlift-picture">
      <img
        class="basketlift-picture__image"
        {...{ src, alt, loading }}
        decoding="async"
        width="400"
        height="400"
        onError={() => setBroken(src)}
      />
    </span>
  );
}

/**
 * The first letters or digits of the first two words that have one.
 * @example
 * initialsOf("Stoneware mug, blue"); // "SM"
 */
export function initialsOf(title: string): string {
  const words = title.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu) ?? [];
  return words
    .slice(0, 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0).toLocaleUpperCase())
    .join("");
}

/** The same title always gets the same hue; lightness and chroma are the style sheet's, and with them the contrast. */
function tint(title: string): CSSProperties {
  let hash = 0;
  for (const character of title) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return { "--basketlift-hue": String(hash) };
}

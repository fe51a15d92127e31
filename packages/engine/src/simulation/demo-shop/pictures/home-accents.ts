/** Silhouettes: home accents. */
import type { Silhouette } from "./ink.ts";
import { box, disc, ellipse, line, path, ring, turn } from "./pen.ts";
import { flower, leafAt } from "./plants.ts";
import { charcoal, leaf, mix, paper, shadow, shine, toneOf } from "./tones.ts";
import { band, turned, type Knot } from "./turned.ts";

const cushion: Silhouette = ({ main, accent, says, way }) => {
  const wide = says("Bolster");
  const outline = wide
    ? "M28 96Q24 88 34 90Q100 82 166 90Q176 88 172 96Q176 124 172 152Q176 160 166 158Q100 166 34 158Q24 160 28 152Q24 124 28 96Z"
    : "M42 52Q40 44 50 48Q100 58 150 48Q160 44 158 52Q148 106 158 160Q160 168 150 164Q100 154 50 164Q40 168 42 160Q52 106 42 52Z";
  const pattern = says("Striped")
    ? line(
        wide ? "M60 90V158M84 88V160M116 88V160M140 90V158" : "M64 56V156M82 58V154M118 58V154M136 56V156",
        accent.light,
        6,
        0.85,
      )
    : says("Block-Print") || says("Embroidered")
      ? [
          [76, 80],
          [124, 80],
          [100, 106],
          [76, 132],
          [124, 132],
        ]
          .map(
            ([x, y]) =>
              leafAt(x, y + 9, 18, 0, accent.light) +
              leafAt(x, y + 9, 16, 55, accent.light) +
              leafAt(x, y + 9, 16, -55, accent.light),
          )
          .join("")
      : says("Velvet") || says("Bouclé") || way(2) === 0
        ? line("M70 78Q76 106 68 136M132 76Q124 106 134 138", main.dark, 3, 0.5)
        : line("M60 106H140", main.dark, 2.5, 0.5);
  const trim = says("Tasselled")
    ? [
        [42, 50],
        [158, 50],
        [42, 162],
        [158, 162],
      ]
        .map(([x, y]) => disc(x, y, 6, accent.base))
        .join("")
    : "";
  return [
    path(outline, main.base),
    path(
      wide
        ? "M140 88Q176 86 172 96Q176 124 172 152Q176 160 140 161Q150 124 140 88Z"
        : "M122 54Q160 44 158 52Q148 106 158 160Q160 168 122 158Q132 106 122 54Z",
      shadow,
      0.12,
    ),
    pattern,
    says("Fringed")
      ? `<path d="${outline}" fill="none" stroke="${main.light}" stroke-width="6" stroke-dasharray="2 4"/>`
      : line(outline, main.light, 2.5, 0.8),
    trim,
  ].join("");
};

const throwBlanket: Silhouette = ({ main, accent, says }) => {
  const checks = says("Checked")
    ? line("M66 66V150M92 66V150M118 66V150M50 84H142M50 108H142M50 132H142", accent.base, 6, 0.5)
    : says("Herringbone")
      ? line(
          "M56 80l10-8 10 8 10-8 10 8 10-8 10 8 10-8 10 8M56 100l10-8 10 8 10-8 10 8 10-8 10 8 10-8 10 8M56 120l10-8 10 8 10-8 10 8 10-8 10 8 10-8 10 8",
          main.light,
          3,
          0.8,
        )
      : says("Knit") || says("Waffle")
        ? line("M60 76h80M60 90h80M60 104h80M60 118h80M60 132h80", main.light, 5, 0.5)
        : line("M50 78H142M50 90H142", accent.light, 5, 0.8);
  return [
    path("M52 150H156Q164 150 164 140V72Q164 60 152 60H60Q48 60 48 72V148Z", main.dark),
    path("M44 70Q44 60 54 60H138Q146 60 146 70V148H44Z", main.base),
    checks,
    path("M118 60H138Q146 60 146 70V148H118Z", shadow, 0.08),
    line(
      "M48 148v14M58 148v14M68 148v14M78 148v14M88 148v14M98 148v14M108 148v14M118 148v14M128 148v14M140 148v14",
      main.light,
      4,
    ),
  ].join("");
};

const vaseShapes: readonly (readonly Knot[])[] = [
  [
    [84, 14],
    [96, 12],
    [128, 38],
    [150, 34],
    [166, 22],
  ],
  [
    [74, 20],
    [88, 16],
    [120, 30],
    [166, 24],
  ],
  [
    [88, 18],
    [104, 34],
    [134, 40],
    [166, 24],
  ],
];

const vase: Silhouette = ({ main, accent, says, way, material }) => {
  const knots: readonly Knot[] =
    says("Tall") || says("Cylinder")
      ? [
          [70, 24],
          [166, 22],
        ]
      : says("Bottle") || says("Bud")
        ? [
            [76, 9],
            [104, 10],
            [130, 30],
            [166, 26],
          ]
        : says("Belly")
          ? vaseShapes[2]
          : vaseShapes[way(3)];
  const top = knots[0][0];
  const stems =
    way(2) === 0
      ? flower(98, top, 76, top - 34, accent, 11) +
        flower(102, top, 124, top - 26, toneOf(mix(accent.base, "#ffffff", 0.35)), 9) +
        flower(100, top, 102, top - 46, accent, 10)
      : line(`M100 ${top}Q94 60 74 40M100 ${top}Q104 58 126 38`, leaf.dark, 2.5) +
        [
          [74, 42, -30],
          [84, 54, 30],
          [86, 58, -60],
          [126, 40, 26],
          [116, 54, -34],
          [112, 60, 60],
          [95, 66, -70],
        ]
          .map(([x, y, a]) => leafAt(x, y, 20, a, a > 0 ? leaf.base : leaf.light))
          .join("");
  const isGlass = material === "glass";
  return [
    stems,
    says("Twin") ? ring(66, 112, 12, main.dark, 6) + ring(134, 112, 12, main.dark, 6) : "",
    turned(knots, isGlass ? mix("#eaf3f3", main.base, 0.3) : main.base, { opacity: isGlass ? 0.8 : 1 }),
    isGlass
      ? band(knots, 122, 162, "#bcd9dd", { opacity: 0.7 })
      : says("Ribbed")
        ? line("M86 120V158M100 116V162M114 120V158", main.dark, 2.5, 0.6)
        : "",
    ellipse(100, top, knots[0][1], 3.6, isGlass ? "#fff" : main.deep, 0.9),
  ].join("");
};

const frame: Silhouette = ({ main, accent, way }) => {
  const art =
    way(3) === 0
      ? path("M74 134V112Q88 92 100 108Q112 88 126 112V134Z", accent.base) +
        disc(112, 82, 9, "#e0a83e") +
        path("M74 134V124Q94 110 126 126V134Z", accent.dark)
      : way(3) === 1
        ? leafAt(100, 132, 58, 0, leaf.base) +
          leafAt(100, 134, 44, -34, leaf.dark) +
          leafAt(100, 134, 44, 34, accent.base)
        : disc(92, 98, 18, accent.base) +
          disc(110, 116, 16, "#d9a25f", 0.85) +
          line("M80 132Q100 118 122 130", charcoal.base, 2.5);
  return [
    box(50, 42, 104, 124, 3, main.deep),
    box(48, 40, 104, 124, 3, main.base),
    box(48, 40, 104, 7, 3, main.light),
    box(145, 40, 7, 124, 2, main.dark),
    box(58, 50, 84, 104, 1, "#fbf8f1"),
    box(72, 66, 56, 72, 1, mix(paper.base, accent.base, 0.14)),
    art,
    path("M58 50H96L58 112Z", shine, 0.35),
  ].join("");
};

const clock: Silhouette = ({ main, says }) => {
  const ticks = [0, 90, 180, 270].map((a) => turn(a, 100, 106, box(98, 66, 4, 10, 1, charcoal.base))).join("");
  const feet =
    says("Mantel") || says("Desk") || says("Bedroom")
      ? path("M70 150L60 168H72L82 156ZM130 150L140 168H128L118 156Z", main.dark)
      : "";
  return [
    feet,
    disc(102, 109, 54, main.deep),
    disc(100, 106, 54, main.base),
    disc(100, 106, 44, paper.base),
    path("M100 62A44 44 0 0 1 131 137L100 106Z", shadow, 0.05),
    ticks,
    ring(100, 106, 37, charcoal.base, 1, 0.3),
    turn(-52, 100, 106, box(97.5, 80, 5, 28, 2, charcoal.base)),
    turn(48, 100, 106, box(98.2, 70, 3.6, 38, 2, charcoal.base)),
    disc(100, 106, 4, "#c9704a"),
  ].join("");
};

export const homeAccents: Readonly<Record<string, Silhouette>> = {
  cushion,
  throw: throwBlanket,
  vase,
  frame,
  clock,
};

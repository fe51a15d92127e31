/** Silhouettes: bed and bath. */
import type { Silhouette } from "./ink.ts";
import { box, disc, ellipse, line, path, ring } from "./pen.ts";
import { brass, charcoal, paper, shadow, shine, toneOf } from "./tones.ts";
import { band, turned, type Knot } from "./turned.ts";

const bedLinen: Silhouette = ({ main, accent, says }) => {
  const stripes =
    says("Striped") || says("Seersucker")
      ? line("M52 118H148M52 128H148M52 142H148M52 152H148", accent.light, 3, 0.8)
      : says("Gingham")
        ? line("M64 112V164M84 112V164M104 112V164M124 112V164M50 124H150M50 144H150", accent.base, 4, 0.35)
        : "";
  return [
    path(
      "M36 74Q34 64 44 66Q100 74 156 66Q166 64 164 74Q160 92 164 104Q166 112 156 110Q100 104 44 110Q34 112 36 104Q40 92 36 74Z",
      main.light,
    ),
    path("M134 70Q166 64 164 74Q160 92 164 104Q166 112 134 107Q140 88 134 70Z", shadow, 0.08),
    box(44, 110, 112, 28, 10, main.base),
    box(44, 136, 112, 30, 10, main.base),
    stripes,
    line("M50 138H150", main.deep, 2, 0.5),
    box(92, 106, 16, 62, 2, accent.base),
    says("Embroidered") ? line("M44 76Q100 84 156 76", accent.base, 2.5) : "",
    path("M100 112Q82 96 78 108Q80 120 100 114Q120 120 122 108Q118 96 100 112Z", accent.dark),
  ].join("");
};

const pillow: Silhouette = ({ main, accent, says }) => {
  if (says("Travel") || says("Neck")) {
    return (
      path(
        "M100 58Q158 58 158 112Q158 160 132 164Q112 164 116 138Q120 112 100 112Q80 112 84 138Q88 164 68 164Q42 160 42 112Q42 58 100 58Z",
        main.base,
      ) +
      path("M124 62Q158 70 158 112Q158 160 132 164Q128 164 124 162Q146 120 124 62Z", shadow, 0.12) +
      line("M60 86Q76 68 98 68", shine, 5, 0.5)
    );
  }
  return [
    path(
      "M26 82Q22 70 36 74Q100 86 164 74Q178 70 174 82Q166 116 174 150Q178 162 164 158Q100 146 36 158Q22 162 26 150Q34 116 26 82Z",
      main.base,
    ),
    path("M138 79Q178 70 174 82Q166 116 174 150Q178 162 138 153Q150 116 138 79Z", shadow, 0.1),
    line("M30 80Q38 116 30 152", accent.light, 3),
    line("M46 92Q60 98 72 96M132 140Q146 132 156 138M52 138Q62 130 70 134", main.dark, 3, 0.4),
    line("M52 84Q76 92 104 90", shine, 5, 0.6),
  ].join("");
};

const towel: Silhouette = ({ main, accent, says }) => {
  const fold = (y: number, tone: typeof main) =>
    path(
      `M52 ${y}H150Q158 ${y} 158 ${y + 15}Q158 ${y + 30} 150 ${y + 30}H52Q40 ${y + 28} 40 ${y + 15}Q40 ${y + 2} 52 ${y}Z`,
      tone.base,
    ) +
    line(`M150 ${y + 15}H58Q50 ${y + 15} 50 ${y + 21}`, tone.dark, 2.5) +
    path(`M128 ${y}H150Q158 ${y} 158 ${y + 15}Q158 ${y + 30} 150 ${y + 30}H128Z`, shadow, 0.09);
  const pattern =
    says("Striped") || says("Fringed")
      ? line("M70 78V104M80 78V104M120 78V104M130 78V104", accent.light, 4, 0.9)
      : line("M62 96H140", accent.light, 4, 0.8);
  return [
    fold(136, main),
    fold(106, toneOf(main.light)),
    fold(76, main),
    pattern,
    ellipse(100, 62, 30, 15, main.dark),
    ellipse(97, 60, 30, 15, main.light),
    line("M97 60m-18 0a18 9 0 1 1 18 9a10 5 0 1 1 2-8", main.dark, 2.5),
  ].join("");
};

const soap: Silhouette = ({ main, accent }) =>
  [
    box(40, 104, 120, 58, 20, main.dark),
    box(40, 96, 120, 58, 20, main.base),
    box(52, 102, 96, 10, 5, shine, 0.4),
    box(78, 92, 44, 72, 3, paper.base),
    box(110, 92, 12, 72, 3, shadow, 0.07),
    line("M86 118H114M90 128H110", main.deep, 3),
    disc(100, 142, 5, accent.base),
    ...[
      [52, 78, 12],
      [74, 66, 8],
      [136, 74, 10],
      [152, 58, 6],
    ].map(
      ([x, y, r]) =>
        disc(x, y, r, "#fff", 0.6) + ring(x, y, r, main.light, 1.5) + disc(x - r * 0.3, y - r * 0.3, r * 0.25, "#fff"),
    ),
  ].join("");

const soapDispenser: Silhouette = ({ main, says, material, way }) => {
  const bottle: readonly Knot[] =
    way(2) === 0
      ? [
          [88, 12],
          [98, 32],
          [160, 34],
          [166, 31],
        ]
      : [
          [88, 12],
          [104, 30],
          [140, 38],
          [166, 32],
        ];
  const tone = material === "glass" ? toneOf("#a5662f") : main;
  const metal = says("Brass") ? brass : charcoal;
  return [
    line("M100 88V56M100 56H72Q66 56 66 66", metal.base, 6),
    box(88, 48, 26, 9, 4, metal.base),
    turned(
      [
        [76, 11],
        [90, 13],
      ],
      metal.dark,
    ),
    turned(bottle, tone.base, { opacity: material === "glass" ? 0.92 : 1 }),
    says("Ribbed")
      ? line("M80 112V160M93 108V162M107 108V162M120 112V160", tone.dark, 2.5, 0.6)
      : band(bottle, 120, 148, paper.base) + line("M88 130H112M92 139H108", tone.deep, 3),
  ].join("");
};

export const bedAndBath: Readonly<Record<string, Silhouette>> = {
  "bed-linen": bedLinen,
  pillow,
  towel,
  soap,
  "soap-dispenser": soapDispenser,
};

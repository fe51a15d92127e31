/** Silhouettes: what is laid on a table. */
import type { Silhouette } from "./ink.ts";
import { box, disc, dots, ellipse, line, path, ring, turn } from "./pen.ts";
import { mix, shadow, shine, steel, toneOf, walnut } from "./tones.ts";
import { band, turned, type Knot } from "./turned.ts";

const plate: Silhouette = ({ main, accent, says, material }) => {
  const rim = material === "enamel" ? ring(100, 108, 55, main.deep, 4) : ring(100, 108, 54, main.light, 3, 0.8);
  const speckles = says("Speckled")
    ? dots(
        [
          [70, 92],
          [84, 132],
          [120, 80],
          [134, 118],
          [104, 148],
          [62, 116],
        ],
        main.deep,
        4.4,
        0.5,
      )
    : "";
  if (says("Oval")) {
    return (
      ellipse(100, 118, 70, 42, main.dark) +
      ellipse(100, 114, 70, 42, main.base) +
      ellipse(100, 114, 50, 27, main.light) +
      line("M44 108Q56 84 84 78", shine, 4, 0.5)
    );
  }
  return [
    disc(100, 112, 57, main.dark),
    disc(100, 108, 57, main.base),
    rim,
    says("Scalloped")
      ? `<circle cx="100" cy="108" r="50" fill="none" stroke="${main.light}" stroke-width="6" stroke-dasharray="1 10" stroke-linecap="round"/>`
      : "",
    disc(100, 109, 38, main.dark, 0.55),
    disc(100, 110, 37, says("Reactive") ? mix(main.base, accent.base, 0.35) : main.light),
    speckles,
    line("M54 98Q60 72 84 62", shine, 4, 0.55),
  ].join("");
};

const wineGlass: Silhouette = ({ main, says }) => {
  const wine =
    says("Champagne") || says("White") || says("Sherry") ? "#e3b65a" : says("Cocktail") ? "#e58f7b" : "#8e2f47";
  const tint = mix("#f4f8f8", main.base, 0.18);
  const bowl: readonly Knot[] = says("Champagne")
    ? [
        [42, 15],
        [70, 17],
        [96, 12],
        [106, 3],
      ]
    : says("Coupe")
      ? [
          [60, 44],
          [78, 38],
          [94, 18],
          [102, 3],
        ]
      : says("Low-Stem") || says("Goblet")
        ? [
            [62, 30],
            [92, 36],
            [122, 24],
            [134, 4],
          ]
        : [
            [46, 26],
            [78, 34],
            [102, 20],
            [112, 3],
          ];
  const top = bowl[0][0];
  const bottom = bowl[bowl.length - 1][0];
  const level = top + (bottom - top) * 0.42;
  return [
    ellipse(100, 163, 28, 5, tint),
    turned(
      [
        [bottom - 2, 3],
        [bottom + 8, 2.5],
        [154, 3],
        [163, 22],
      ],
      tint,
      { relief: 0.6 },
    ),
    turned(bowl, tint, { opacity: 0.75, relief: 0 }),
    band(bowl, level, bottom, wine, { opacity: 0.92 }),
    turned(bowl, "#fff", { opacity: 0.06, relief: 0.8 }),
    ellipse(100, top, bowl[0][1], 4, "#fff", 0.8),
  ].join("");
};

const carafe: Silhouette = ({ main, says, material }) => {
  const isJug = says("Jug") || says("Pitcher");
  const body: readonly Knot[] = isJug
    ? [
        [64, 30],
        [84, 28],
        [130, 42],
        [166, 38],
      ]
    : [
        [48, 16],
        [70, 13],
        [96, 18],
        [136, 44],
        [166, 40],
      ];
  const isGlass = material === "glass";
  const liquid =
    says("Wine") || says("Decanter") ? "#8e2f47" : says("Tea") ? "#d08a3e" : mix("#bfdfe6", main.base, 0.2);
  return [
    isJug ? line("M130 84Q164 78 160 112Q156 140 140 142", isGlass ? "#dfeaea" : main.dark, 8) : "",
    turned(body, isGlass ? "#f1f6f6" : main.base, { opacity: isGlass ? 0.8 : 1 }),
    isGlass ? band(body, 114, 163, liquid, { opacity: 0.85 }) : "",
    isJug ? path("M70 64L56 58L72 80Z", isGlass ? "#f1f6f6" : main.base) : "",
    ellipse(100, body[0][0], body[0][1], 4.5, isGlass ? "#fff" : main.deep, 0.9),
    says("Stopper") ? disc(100, 38, 11, "#e3eeee") + disc(97, 35, 4, "#fff") : "",
    says("Tumbler")
      ? turned(
          [
            [34, 18],
            [52, 16],
          ],
          "#e3eeee",
          { opacity: 0.9 },
        )
      : "",
  ].join("");
};

const cutlery: Silhouette = ({ main, says }) => {
  const tone = says("Brass") ? toneOf("#cfa352") : says("Matte") ? toneOf("#55555a") : mixSteel(main.base);
  const grip = says("Bistro") || says("Heirloom") ? walnut.base : tone.base;
  return [
    path("M56 42V74Q56 86 66 88V110H72V88Q82 86 82 74V42H77V70H72V42H66V70H61V42Z", tone.light),
    box(64, 104, 10, 64, 5, grip),
    path("M104 40Q118 62 114 108H100V46Q100 40 104 40Z", tone.light),
    path("M108 46Q118 64 114 108H108Z", tone.dark, 0.5),
    box(99, 104, 11, 64, 5, grip),
    ellipse(140, 64, 14, 22, tone.light),
    ellipse(142, 66, 9, 15, tone.dark, 0.45),
    box(137, 82, 6, 30, 3, tone.light),
    box(135, 104, 10, 64, 5, grip),
    box(69, 106, 4, 60, 2, shadow, 0.15),
    box(105, 106, 4, 60, 2, shadow, 0.15),
    box(140, 106, 4, 60, 2, shadow, 0.15),
  ].join("");
};

const mixSteel = (colour: string) => toneOf(mix(steel.base, colour, 0.2));

const napkin: Silhouette = ({ main, accent, says }) => {
  const fold = (y: number, fill: string) =>
    path(
      `M40 ${y}Q40 ${y - 8} 48 ${y - 8}H152Q160 ${y - 8} 160 ${y}V${y + 8}Q160 ${y + 14} 152 ${y + 14}H48Q40 ${y + 14} 40 ${y + 8}Z`,
      fill,
    );
  const pattern = says("Gingham")
    ? line("M64 58V120M80 58V120M96 58V120M112 58V120M128 58V120M52 72H146M52 88H146M52 104H146", accent.base, 4, 0.5)
    : says("Striped")
      ? line("M60 58V120M74 58V120M126 58V120M140 58V120", accent.base, 4, 0.75)
      : says("Block-Print")
        ? [66, 92, 118, 138]
            .flatMap((x, i) =>
              [72, 96].map((y) =>
                turn(45, x, y + (i % 2) * 10, box(x - 5, y - 5 + (i % 2) * 10, 10, 10, 2, accent.base)),
              ),
            )
            .join("")
        : line("M54 66H146V112H54Z", main.light, 2.5);
  return [
    fold(152, main.dark),
    fold(136, main.light),
    fold(122, main.dark),
    turn(-5, 100, 90, box(46, 54, 108, 66, 5, main.base), pattern, path("M46 120L100 88L154 120Z", shadow, 0.07)),
    says("Frayed")
      ? line(
          "M44 160v6M56 162v6M68 162v6M80 162v6M92 162v6M104 162v6M116 162v6M128 162v6M140 162v6M154 160v6",
          main.base,
          2,
        )
      : "",
  ].join("");
};

export const dining: Readonly<Record<string, Silhouette>> = { plate, "wine-glass": wineGlass, carafe, cutlery, napkin };

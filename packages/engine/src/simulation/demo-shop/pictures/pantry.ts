/** Silhouettes: jars, bottles and bars. */
import type { Silhouette } from "./ink.ts";
import { box, disc, dots, ellipse, line, path, turn, type Mark } from "./pen.ts";
import { leafAt } from "./plants.ts";
import { brass, paper, shadow, toneOf, wood } from "./tones.ts";
import { band, turned, type Knot } from "./turned.ts";

const oliveOil: Silhouette = ({ main, says, way }) => {
  const bottle: readonly Knot[] =
    way(2) === 0
      ? [
          [52, 9],
          [84, 10],
          [104, 28],
          [166, 28],
        ]
      : [
          [52, 9],
          [74, 10],
          [90, 26],
          [110, 34],
          [166, 30],
        ];
  return [
    turned(bottle, says("Vinegar") ? "#6b3d32" : "#5f6f3a", { opacity: 0.95 }),
    band(bottle, 112, 152, paper.base),
    leafAt(100, 144, 22, -40, main.dark),
    leafAt(100, 144, 22, 40, main.base),
    disc(100, 128, 6, main.base),
    turned(
      [
        [40, 8],
        [56, 8],
      ],
      wood.dark,
    ),
    box(90, 54, 20, 6, 2, brass.base),
  ].join("");
};

const jarGlass: readonly Knot[] = [
  [86, 34],
  [94, 42],
  [150, 42],
  [166, 36],
];

/** A squat jar filled to the shoulder. */
function jar(filling: string): Mark {
  return (
    turned(jarGlass, "#f4f6f2", { opacity: 0.7, relief: 0 }) +
    band(jarGlass, 96, 162, filling) +
    turned(jarGlass, "#fff", { opacity: 0.08 })
  );
}

const honey: Silhouette = ({ main, accent, says }) =>
  [
    turn(
      32,
      132,
      70,
      box(129, 34, 6, 60, 3, wood.base),
      box(124, 78, 16, 5, 2, wood.dark),
      box(122, 86, 20, 5, 2, wood.dark),
      box(124, 94, 16, 5, 2, wood.dark),
    ),
    jar(main.base),
    path("M100 104L117 114V134L100 144L83 134V114Z", paper.base),
    says("Butter") || says("Spread")
      ? disc(100, 124, 9, main.dark)
      : path("M100 113L109 118V129L100 134L91 129V118Z", accent.base),
    turned(
      [
        [70, 38],
        [88, 38],
      ],
      wood.base,
    ),
    ellipse(100, 70, 38, 5, wood.light),
  ].join("");

const jam: Silhouette = ({ main, accent }) =>
  [
    jar(main.base),
    box(76, 108, 48, 34, 4, paper.base),
    disc(94, 126, 8, main.base),
    disc(107, 128, 7, main.dark),
    leafAt(100, 122, 13, 30, "#6f9560"),
    path("M60 92Q64 66 100 64Q136 66 140 92Q130 86 122 94Q112 86 100 94Q88 86 78 94Q70 86 60 92Z", accent.base),
    path("M112 65Q136 68 140 92Q130 86 122 94Q118 78 112 65Z", shadow, 0.13),
    line("M66 84Q100 76 134 84", paper.base, 3),
    line("M74 72Q100 64 126 72", paper.base, 2, 0.7),
  ].join("");

const spice: Silhouette = ({ main, accent }) => {
  const glass: readonly Knot[] = [
    [84, 26],
    [92, 31],
    [158, 31],
    [166, 28],
  ];
  return [
    turned(glass, "#f4f6f2", { opacity: 0.75, relief: 0 }),
    band(glass, 98, 162, main.base),
    turned(glass, "#fff", { opacity: 0.06 }),
    band(glass, 116, 146, paper.base),
    line("M84 126H116M90 135H110", accent.dark, 3),
    turned(
      [
        [62, 28],
        [86, 27],
      ],
      wood.base,
    ),
    ellipse(100, 62, 28, 4, wood.light),
    dots(
      [
        [44, 160],
        [52, 164],
        [150, 161],
        [158, 165],
        [143, 165],
      ],
      main.dark,
      5.2,
    ),
  ].join("");
};

const chocolate: Silhouette = ({ main, accent, says }) => {
  const bar = says("White") ? toneOf("#e8d7b4") : says("Milk") ? toneOf("#8a5a3c") : toneOf("#4f3126");
  const squares = [64, 88, 112].flatMap((x) =>
    [46, 66].map((y) => box(x, y, 22, 18, 3, bar.base) + box(x, y, 22, 5, 2, bar.light, 0.4)),
  );
  return turn(
    -8,
    100,
    110,
    box(61, 42, 78, 60, 4, bar.dark),
    ...squares,
    path("M58 90L70 84L84 91L100 84L116 91L130 84L142 90V172H58Z", main.base),
    path("M122 88L130 84L142 90V172H122Z", shadow, 0.13),
    path("M58 90L70 84L84 91L100 84L116 91L130 84L142 90V97L130 91L116 98L100 91L84 98L70 91L58 97Z", "#e3d9c6"),
    box(72, 112, 56, 42, 4, paper.base),
    line("M82 126H118M88 136H112", main.dark, 3.5),
    disc(100, 147, 3, accent.base),
  );
};

export const pantry: Readonly<Record<string, Silhouette>> = { "olive-oil": oliveOil, honey, jam, spice, chocolate };

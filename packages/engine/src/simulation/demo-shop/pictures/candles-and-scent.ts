/** Silhouettes: candles and scent. */
import type { Silhouette } from "./ink.ts";
import { box, disc, ellipse, line, path, ring, turn } from "./pen.ts";
import { flameAt, leafAt } from "./plants.ts";
import { charcoal, leaf, mix, paper, shadow, wood } from "./tones.ts";
import { band, turned, type Knot } from "./turned.ts";

const candle: Silhouette = ({ main, accent, way }) => {
  const glass: readonly Knot[] =
    way(2) === 0
      ? [
          [82, 38],
          [162, 38],
          [166, 35],
        ]
      : [
          [82, 34],
          [120, 42],
          [166, 34],
        ];
  return [
    turned(glass, mix(main.base, "#ffffff", 0.1)),
    band(glass, 84, 100, mix(main.light, "#ffffff", 0.4), { opacity: 0.8 }),
    ellipse(100, 82, glass[0][1], 6, mix(main.light, "#ffffff", 0.5)),
    line("M100 82V72", charcoal.base, 2.5),
    flameAt(100, 74, 24),
    box(78, 112, 44, 34, 3, paper.base),
    line("M88 122H112", main.deep, 3),
    leafAt(95, 142, 14, -30, accent.base),
    leafAt(105, 142, 14, 30, main.dark),
  ].join("");
};

const dinnerCandle: Silhouette = ({ main, accent, says }) => {
  if (says("Pillar") || says("Church")) {
    return (
      turned(
        [
          [84, 32],
          [166, 32],
        ],
        main.base,
      ) +
      ellipse(100, 84, 32, 6, main.light) +
      line("M100 84V74", charcoal.base, 2.5) +
      flameAt(100, 76, 26) +
      path("M68 86Q70 104 76 104Q80 100 80 88Z", main.light)
    );
  }
  const count = says("Birthday") ? [64, 82, 100, 118, 136] : [70, 100, 130];
  const width = says("Birthday") ? 4 : 8;
  return count
    .map((x, i) => {
      const top = 76 - (i % 2) * 14;
      const tone = says("Two-Tone") && i % 2 === 1 ? accent : main;
      return (
        turned(
          [
            [top, width - 2],
            [top + 20, width],
            [166, width + 1],
          ],
          tone.base,
          { x, relief: width < 6 || says("Twisted") ? 0 : 1 },
        ) +
        (says("Twisted") ? line(`M${x - 6} ${top + 30}l12-8m-13 28l14-8m-14 28l14-8`, tone.dark, 2.5) : "") +
        flameAt(x, top, 18)
      );
    })
    .join("");
};

const candleHolder: Silhouette = ({ main, says, material }) => {
  const isGlass = material === "glass";
  const body = isGlass ? "#e6f0f0" : main.base;
  const stick = (x: number, top: number) =>
    turned(
      [
        [52 + (top - 100) * 0.6, 5.5],
        [top, 6.5],
      ],
      paper.base,
      { x, relief: 0 },
    ) +
    flameAt(x, 52 + (top - 100) * 0.6, 18) +
    turned(
      [
        [top - 4, 10],
        [top + 6, 10],
        [top + 12, 4],
        [152, 5],
        [160, 20],
        [166, 22],
      ],
      body,
      { x, relief: says("Trio") ? 0 : 1 },
    );
  if (says("Trio")) return stick(60, 126) + stick(140, 118) + stick(100, 104);
  if (says("Ring"))
    return (
      ring(100, 132, 30, main.base, 8) +
      ring(100, 132, 33, main.light, 1.5, 0.6) +
      turned(
        [
          [46, 5.5],
          [92, 6.5],
        ],
        paper.base,
      ) +
      flameAt(100, 46, 18) +
      turned(
        [
          [90, 11],
          [104, 11],
        ],
        main.dark,
      )
    );
  if (says("Chamberstick"))
    return (
      ring(154, 142, 13, main.dark, 6) +
      turned(
        [
          [62, 7],
          [122, 8],
        ],
        paper.base,
      ) +
      flameAt(100, 62, 20) +
      turned(
        [
          [118, 14],
          [148, 14],
        ],
        main.base,
      ) +
      turned(
        [
          [148, 54],
          [160, 46],
          [166, 36],
        ],
        main.base,
      )
    );
  return stick(100, 100);
};

const diffuser: Silhouette = ({ main, accent }) => {
  const bottle: readonly Knot[] = [
    [94, 12],
    [104, 13],
    [118, 34],
    [166, 36],
  ];
  return [
    line("M96 132L66 40M99 132L88 34M101 132L112 34M104 132L136 42M102 132L124 36", wood.dark, 3),
    turned(bottle, mix("#eef4f2", main.base, 0.3), { opacity: 0.9 }),
    band(bottle, 134, 163, main.base, { opacity: 0.75 }),
    box(78, 124, 44, 30, 3, paper.base),
    line("M88 134H112", main.deep, 3),
    disc(100, 145, 4, accent.base),
    turned(
      [
        [88, 14],
        [98, 14],
      ],
      wood.base,
    ),
  ].join("");
};

const matches: Silhouette = ({ main, accent, says }) => {
  const heads = [-26, -13, 0, 13, 26]
    .map((a) => turn(a, 100, 150, box(98, 52, 4, 70, 1, "#e6cfa4"), ellipse(100, 52, 4.5, 6.5, main.base)))
    .join("");
  if (says("Bottle") || says("Jar")) {
    const jar: readonly Knot[] = [
      [88, 22],
      [98, 34],
      [160, 34],
      [166, 30],
    ];
    return (
      heads +
      turned(jar, "#eef4f2", { opacity: 0.65 }) +
      band(jar, 120, 150, paper.base) +
      line("M84 130H116M90 140H110", main.dark, 3)
    );
  }
  return [
    heads,
    box(50, 108, 100, 58, 4, main.base),
    box(124, 108, 26, 58, 4, shadow, 0.13),
    box(50, 108, 100, 9, 3, "#e6d9c2"),
    box(64, 124, 54, 34, 3, paper.base),
    leafAt(91, 154, 24, 0, accent.base),
    leafAt(91, 154, 20, -42, leaf.base),
    leafAt(91, 154, 20, 42, leaf.base),
  ].join("");
};

export const candlesAndScent: Readonly<Record<string, Silhouette>> = {
  candle,
  "dinner-candle": dinnerCandle,
  "candle-holder": candleHolder,
  diffuser,
  matches,
};

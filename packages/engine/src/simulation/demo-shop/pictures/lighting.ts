/** Silhouettes: lamps, bulbs and lanterns. */
import type { Silhouette } from "./ink.ts";
import { box, disc, dots, ellipse, line, path, turn } from "./pen.ts";
import { flameAt } from "./plants.ts";
import { brass, charcoal, flame, mix, paper, shadow, steel, toneOf, wood } from "./tones.ts";
import { turned, type Knot } from "./turned.ts";

const lampShade = toneOf("#f5e6c6");

const tableLamp: Silhouette = ({ main, accent, says, material }) => {
  if (says("Mushroom") || says("Dome")) {
    return [
      disc(100, 104, 66, flame.light, 0.45),
      turned(
        [
          [98, 12],
          [140, 12],
          [160, 30],
          [166, 32],
        ],
        main.base,
      ),
      turned(
        [
          [50, 8],
          [58, 34],
          [84, 54],
          [96, 56],
        ],
        main.base,
      ),
      ellipse(100, 96, 56, 7, lampShade.light),
    ].join("");
  }
  if (says("Reading")) {
    return [
      disc(70, 100, 46, flame.light, 0.5),
      line("M128 160V78Q128 56 104 56L88 58", main.base, 6),
      turn(
        -24,
        80,
        66,
        turned(
          [
            [52, 10],
            [62, 20],
            [84, 28],
          ],
          main.dark,
          { x: 78 },
        ),
      ),
      turned(
        [
          [158, 24],
          [166, 30],
        ],
        main.base,
        { x: 128 },
      ),
    ].join("");
  }
  const base: readonly Knot[] =
    material === "oak" || says("Oak")
      ? [
          [104, 8],
          [130, 12],
          [160, 30],
          [166, 30],
        ]
      : [
          [102, 9],
          [116, 26],
          [140, 36],
          [160, 24],
          [166, 26],
        ];
  const pleats = says("Pleated")
    ? line("M84 46L74 98M92 46L88 100M108 46L112 100M116 46L126 98", lampShade.dark, 2, 0.5)
    : "";
  return [
    disc(100, 84, 66, flame.light, 0.45),
    turned(base, says("Oak") ? wood.base : says("Glass") ? mix("#dfeaea", main.base, 0.4) : main.base),
    box(97, 94, 6, 12, 2, brass.base),
    path("M76 44H124L144 100H56Z", says("Linen") ? lampShade.base : lampShade.light),
    path("M108 44H124L144 100H112Z", shadow, 0.07),
    pleats,
    line("M76 44H124M56 100H144", accent.base, 3),
  ].join("");
};

const pendant: Silhouette = ({ main, says, material }) => {
  const knots: readonly Knot[] = says("Cone")
    ? [
        [72, 6],
        [132, 52],
      ]
    : says("Opal") || says("Paper")
      ? [
          [70, 10],
          [84, 40],
          [108, 52],
          [130, 40],
          [142, 16],
        ]
      : [
          [74, 8],
          [84, 30],
          [112, 52],
          [128, 58],
        ];
  const bottom = knots[knots.length - 1][0];
  const colour = says("Opal") || says("Paper") ? lampShade.light : main.base;
  const weave =
    material === "rattan"
      ? line(
          "M76 92Q100 98 124 92M62 108Q100 116 138 108M52 120Q100 130 148 120M100 76V128M82 84L70 126M118 84L130 126",
          main.dark,
          2,
        )
      : "";
  const shades = says("Cluster")
    ? [
        [58, 20],
        [142, 34],
      ]
        .map(
          ([x, drop]) =>
            line(`M${x} 0V${70 + drop}`, charcoal.base, 2.5) +
            turned(
              [
                [70 + drop, 5],
                [94 + drop, 24],
              ],
              main.dark,
              { x },
            ),
        )
        .join("")
    : "";
  return [
    path(`M56 ${bottom}H144L164 190H36Z`, flame.light, 0.4),
    shades,
    line("M100 0V72", charcoal.base, 3),
    disc(100, bottom, 12, flame.base),
    turned(knots, colour),
    weave,
    says("Pleated") ? line("M84 82Q74 108 88 136M100 74V140M116 82Q126 108 112 136", lampShade.dark, 2, 0.5) : "",
    box(93, 62, 14, 14, 4, brass.base),
    says("Opal") || says("Paper") ? "" : ellipse(100, bottom, knots[knots.length - 1][1], 6, flame.light),
    says("Enamel") ? line(`M44 ${bottom - 2}Q100 ${bottom + 10} 156 ${bottom - 2}`, main.deep, 3) : "",
  ].join("");
};

const bulb: Silhouette = ({ main, says }) => {
  const glass: readonly Knot[] = says("Candle")
    ? [
        [42, 3],
        [74, 22],
        [100, 26],
        [124, 14],
      ]
    : says("Spot")
      ? [
          [58, 42],
          [76, 40],
          [124, 14],
        ]
      : says("Globe")
        ? [
            [40, 8],
            [50, 34],
            [80, 46],
            [106, 36],
            [124, 15],
          ]
        : [
            [44, 8],
            [54, 30],
            [82, 40],
            [106, 24],
            [124, 15],
          ];
  const filament =
    says("Filament") || says("Amber") || says("Globe")
      ? line("M92 122L86 84L96 96L100 78L104 96L114 84L108 122", "#e08a2c", 2.5)
      : disc(100, 90, 14, "#fff", 0.8);
  return [
    disc(100, 88, 62, flame.light, 0.5),
    turned(glass, says("Opal") ? "#fdf8ec" : mix("#fff1c8", main.base, 0.35), { opacity: 0.92 }),
    filament,
    turned(
      [
        [122, 15],
        [150, 14],
        [158, 8],
      ],
      steel.base,
    ),
    line("M86 130H114M86 138H114M87 146H113", steel.deep, 2.5),
    disc(100, 161, 5, charcoal.base),
  ].join("");
};

const fairyLights: Silhouette = ({ main, says }) => {
  const spots = [
    [38, 70],
    [62, 92],
    [90, 98],
    [118, 88],
    [146, 72],
    [160, 112],
    [134, 134],
    [104, 142],
    [74, 140],
    [46, 128],
  ] as const;
  const hanging = spots.map(([x, y]) => [x, y + 10] as const);
  const at = (mark: string) => spots.map(([x, y]) => `M${x} ${y}${mark}`).join("");
  const lamps = says("Star")
    ? path(at("m0-12l3.5 8 8.5 1-6.5 5.5 2 8.5-7.5-4.5-7.5 4.5 2-8.5-6.5-5.5 8.5-1Z"), flame.base)
    : says("Paper Lantern")
      ? dots(hanging, main.dark, 24) +
        dots(hanging, main.light, 21) +
        line(at("m-8 6h16m-16 8h16"), main.dark, 1.2, 0.6)
      : says("Festoon")
        ? line(at("v5"), charcoal.base, 6) + dots(hanging, flame.base, 16)
        : dots(spots, flame.base, 10) + dots(spots, "#fff", 4);
  return [
    line(
      "M20 58Q60 110 100 98Q150 78 170 78Q176 124 134 134Q80 150 34 116",
      says("Copper") ? "#c9825a" : says("Festoon") ? charcoal.base : main.deep,
      2.5,
    ),
    dots(spots, flame.light, 30, 0.5),
    lamps,
  ].join("");
};

const lantern: Silhouette = ({ main, says, material }) => {
  const metal = material === "willow" || material === "rattan" ? wood : main;
  const bars =
    says("Wicker") || says("Moroccan")
      ? line("M76 88L124 150M124 88L76 150M100 84V152M68 118H132", metal.dark, 2.5)
      : line("M100 84V152", metal.dark, 2.5);
  return [
    line("M84 60Q100 24 116 60", metal.deep, 4),
    path("M70 82L84 58H116L130 82Z", metal.base),
    path("M106 58H116L130 82H112Z", shadow, 0.14),
    box(68, 82, 64, 72, 2, "#f5efdc", 0.75),
    turned(
      [
        [122, 13],
        [154, 13],
      ],
      paper.base,
    ),
    flameAt(100, 122, 20),
    bars,
    box(64, 80, 72, 7, 2, metal.dark),
    box(64, 82, 6, 76, 2, metal.base),
    box(130, 82, 6, 76, 2, metal.dark),
    box(58, 152, 84, 12, 3, metal.base),
  ].join("");
};

export const lighting: Readonly<Record<string, Silhouette>> = {
  "table-lamp": tableLamp,
  pendant,
  bulb,
  "fairy-lights": fairyLights,
  lantern,
};

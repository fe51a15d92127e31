/** Silhouettes: from seed to terrace. */
import type { Silhouette } from "./ink.ts";
import { box, disc, dots, ellipse, line, path, turn } from "./pen.ts";
import { flower, leafAt, tuft } from "./plants.ts";
import { brass, charcoal, leaf, mix, paper, shadow, shine, steel, toneOf, wood } from "./tones.ts";
import { turned, type Knot } from "./turned.ts";

const plantPot: Silhouette = ({ main, accent, says, way }) => {
  const plant = says("Herb")
    ? sprig(60, 116) + sprig(140, 116) + sprig(100, 114)
    : way(3) === 0
      ? tuft(100, 116, 66)
      : way(3) === 1
        ? flower(94, 116, 76, 66, accent, 13) +
          flower(106, 116, 124, 58, accent, 12) +
          flower(100, 116, 102, 46, toneOf(accent.light), 12) +
          leafAt(96, 118, 30, -60, leaf.base) +
          leafAt(104, 118, 30, 60, leaf.base)
        : cactus;
  if (says("Herb"))
    return (
      plant +
      [60, 100, 140]
        .map(
          (x) =>
            turned(
              [
                [120, 20],
                [166, 15],
              ],
              main.base,
              { x },
            ) + box(x - 22, 114, 44, 10, 2, main.dark),
        )
        .join("")
    );
  const basket = says("Basket") || says("Woven");
  const pot: readonly Knot[] =
    says("Tub") || basket
      ? [
          [116, 40],
          [150, 42],
          [166, 38],
        ]
      : says("Footed")
        ? [
            [116, 40],
            [146, 30],
            [158, 14],
            [166, 28],
          ]
        : says("Long Tom")
          ? [
              [104, 28],
              [166, 20],
            ]
          : [
              [118, 38],
              [166, 27],
            ];
  const top = pot[0][0];
  const hanging = says("Hanging") ? line("M64 116L100 10L136 116", wood.dark, 2.5) : "";
  return [
    hanging,
    plant,
    says("Footed") || says("Tub") ? "" : ellipse(100, 165, 36, 4.5, main.deep),
    turned(pot, main.base),
    basket
      ? line(
          "M62 126Q100 132 138 126M60 138Q100 144 140 138M61 150Q100 156 139 150M76 118V162M92 120V164M108 120V164M124 118V162",
          main.dark,
          2,
          0.7,
        )
      : says("Ribbed")
        ? line("M78 132L82 160M93 132L94 162M107 132L106 162M122 132L118 160", main.dark, 2.5, 0.6)
        : "",
    turned(
      [
        [top - 6, pot[0][1] + 4],
        [top + 8, pot[0][1] + 3],
      ],
      main.dark,
    ),
    ellipse(100, top - 6, pot[0][1] + 4, 5, mix(main.deep, "#4a3328", 0.6)),
    ellipse(100, top - 6, pot[0][1] + 1, 3.6, "#4a3328"),
    says("Hanging") ? "" : frontLeaves(top - 5),
  ].join("");
};

const sprig = (x: number, y: number) =>
  leafAt(x, y, 38, -26, leaf.dark) + leafAt(x, y, 38, 26, leaf.base) + leafAt(x, y, 46, 0, leaf.light);

const frontLeaves = (y: number) => leafAt(92, y, 18, -70, leaf.light) + leafAt(108, y, 18, 66, leaf.base);

const cactus = [
  box(86, 50, 28, 76, 14, leaf.base),
  path(
    "M88 92H74Q66 92 66 82V72Q66 66 71 66T76 72V80H88ZM112 84H124V66Q124 60 129 60T134 66V84Q134 96 122 96H112Z",
    leaf.base,
  ),
  line("M94 62V114M106 62V114", leaf.dark, 2),
  disc(100, 50, 6, "#d98a94"),
].join("");

const wateringCan: Silhouette = ({ main, says, material }) => {
  const tone = material === "copper" ? toneOf("#c9825a") : main;
  if (says("Mister"))
    return (
      line("M100 86V66H78", tone.dark, 6) +
      box(90, 50, 30, 10, 5, tone.dark) +
      line("M114 60Q124 76 116 88", tone.dark, 5) +
      turned(
        [
          [84, 12],
          [100, 30],
          [140, 38],
          [166, 30],
        ],
        tone.base,
      ) +
      dots(
        [
          [58, 58],
          [50, 66],
          [58, 74],
        ],
        "#8dbbd6",
        5,
      )
    );
  const reach = says("Long") || says("Indoor");
  return [
    line("M92 88Q100 44 140 66Q170 84 150 132", tone.dark, 7),
    line(reach ? "M78 146Q44 140 40 96Q38 72 24 64" : "M78 140L42 84", tone.dark, reach ? 6 : 10),
    reach ? "" : turn(-32, 40, 80, ellipse(40, 78, 17, 6, tone.light), line("M30 78H50", tone.deep, 2)),
    turned(
      [
        [92, 34],
        [110, 38],
        [166, 42],
      ],
      tone.base,
      { x: 112 },
    ),
    ellipse(112, 92, 34, 6, tone.deep),
    box(71, 122, 82, 4, 2, tone.dark, 0.6),
  ].join("");
};

const secateurs: Silhouette = ({ main }) =>
  turn(
    24,
    100,
    106,
    line("M94 108Q68 138 76 182", main.base, 13),
    line("M106 108Q132 138 124 182", main.dark, 13),
    path("M92 112Q84 66 108 34Q118 72 110 112Z", steel.light),
    path("M108 112Q132 90 118 56Q100 80 96 108Z", steel.dark),
    line("M84 140Q100 150 116 140", steel.base, 3),
    disc(101, 108, 9, charcoal.base),
    disc(101, 108, 3.4, brass.base),
    line("M72 164Q72 172 75 180", shine, 3, 0.4),
  );

const trowel: Silhouette = ({ main, says }) => {
  const metal = says("Copper") ? toneOf("#c9825a") : steel;
  const head = says("Fork")
    ? line("M84 110Q80 70 82 44M100 104V40M116 110Q120 70 118 44M84 108Q100 118 116 108", metal.base, 7)
    : says("Dibber")
      ? path("M88 112L100 40L112 112Z", metal.base)
      : path("M100 30Q126 60 122 96Q118 116 100 118Q82 116 78 96Q74 60 100 30Z", metal.base) +
        path("M100 30Q126 60 122 96Q118 116 100 118Z", shadow, 0.15) +
        line("M100 48V104", metal.light, 3);
  return turn(
    34,
    100,
    106,
    head,
    box(96, 112, 8, 24, 3, metal.dark),
    box(91, 130, 18, 56, 9, main.base),
    box(101, 130, 8, 56, 5, shadow, 0.14),
    line("M100 184Q92 198 104 196", "#6e4a37", 2.5),
  );
};

const seeds: Silhouette = ({ main, accent, says }) => {
  const crop =
    says("Tomato") || says("Chilli")
      ? [
          [88, 112],
          [112, 108],
          [100, 128],
        ]
          .map(([x, y]) => disc(x, y, 11, "#c9503f") + disc(x - 3, y - 4, 3, "#fff", 0.5))
          .join("") +
        leafAt(100, 100, 22, -50, leaf.base) +
        leafAt(100, 100, 22, 50, leaf.dark)
      : says("Basil") || says("Salad") || says("Chard")
        ? tuft(100, 140, 52, says("Chard") ? toneOf("#8c9a4a") : leaf)
        : says("Bean")
          ? [-24, 0, 24].map((a) => turn(a, 100, 90, path("M96 92Q90 120 100 144Q112 120 104 92Z", leaf.base))).join("")
          : says("Lavender")
            ? [-18, 0, 18]
                .map((a) =>
                  turn(
                    a,
                    100,
                    146,
                    line("M100 146V108", leaf.dark, 2.5),
                    ...[86, 94, 102].map((y) => ellipse(100, y, 6, 6, "#a796c7")),
                  ),
                )
                .join("")
            : flower(100, 146, 86, 102, accent, 12) +
              flower(100, 146, 116, 110, toneOf("#e0a83e"), 11) +
              leafAt(100, 146, 22, 50, leaf.base);
  return [
    box(58, 42, 84, 124, 4, main.base),
    box(122, 42, 20, 124, 4, shadow, 0.1),
    box(58, 42, 84, 12, 3, main.dark),
    `<path d="M58 54H142" stroke="${main.light}" stroke-width="1.5" stroke-dasharray="4 3"/>`,
    box(67, 84, 66, 74, 30, paper.base),
    line("M78 66H122M86 75H114", paper.base, 4),
    crop,
  ].join("");
};

const glove = (tone: ReturnType<typeof toneOf>, cuff: string) =>
  path(
    "M62 128V86Q62 76 70 76Q77 76 77 84V62Q77 53 85 53Q92 53 92 62V56Q92 47 100 47Q108 47 108 56V62Q108 54 116 54Q123 54 123 63V98L132 88Q139 82 145 87Q150 92 145 100L124 130V140H62Z",
    tone.base,
  ) +
  path("M108 62Q108 54 116 54Q123 54 123 63V98L132 88Q139 82 145 87Q150 92 145 100L124 130V140H106Z", shadow, 0.1) +
  line("M77 84V104M92 62V102M108 62V102", tone.dark, 2.5) +
  box(56, 134, 74, 32, 6, cuff) +
  line("M60 144H126M60 155H126", shine, 2.5, 0.4);

const gardenGloves: Silhouette = ({ main, accent }) =>
  turn(14, 100, 150, glove(toneOf(main.dark), accent.dark)) + turn(-8, 100, 150, glove(main, accent.base));

const compost: Silhouette = ({ main }) =>
  [
    path("M60 48H140L136 62Q150 110 146 158Q146 166 138 166H62Q54 166 54 158Q50 110 64 62Z", main.base),
    path("M122 48H140L136 62Q150 110 146 158Q146 166 138 166H120Q130 110 122 48Z", shadow, 0.13),
    path("M60 48H140L137 58H63Z", main.dark),
    line("M66 58H134", paper.base, 2, 0.7),
    ellipse(100, 112, 34, 36, paper.base),
    path("M70 128Q100 112 130 128Q120 148 100 148Q80 148 70 128Z", "#6e4a37"),
    leafAt(100, 124, 26, -30, leaf.base),
    leafAt(100, 124, 26, 32, leaf.light),
  ].join("");

export const garden: Readonly<Record<string, Silhouette>> = {
  "plant-pot": plantPot,
  "watering-can": wateringCan,
  secateurs,
  trowel,
  seeds,
  "garden-gloves": gardenGloves,
  compost,
};

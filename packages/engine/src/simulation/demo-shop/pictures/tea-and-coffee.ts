/** Silhouettes: tea, coffee and what they are brewed in. */
import type { Silhouette } from "./ink.ts";
import { box, disc, dots, ellipse, line, path, turn, type Mark } from "./pen.ts";
import { leafAt, steam } from "./plants.ts";
import { brass, charcoal, mix, paper, shadow, shine, steel, toneOf, wood } from "./tones.ts";
import { band, turned, type Knot } from "./turned.ts";

const brew = toneOf("#5b3a2a");

const tea: Silhouette = ({ main, accent, way }) => {
  const label = [
    box(72, 96, 56, 46, 5, paper.base),
    leafAt(100, 132, 26, -28, main.base),
    leafAt(100, 132, 26, 28, main.dark),
    leafAt(100, 132, 30, 0, accent.base),
  ].join("");
  if (way(2) === 0) {
    return (
      turned(
        [
          [72, 38],
          [166, 38],
        ],
        main.base,
      ) +
      label +
      turned(
        [
          [56, 40],
          [74, 40],
        ],
        main.dark,
      ) +
      ellipse(100, 56, 40, 6, main.light)
    );
  }
  return (
    box(60, 68, 80, 98, 6, main.base) +
    box(118, 68, 22, 98, 6, shadow, 0.13) +
    label +
    box(57, 52, 86, 22, 6, main.dark) +
    box(57, 52, 86, 6, 3, main.light, 0.6)
  );
};

const bean = (x: number, y: number, degrees: number, fill: string): Mark =>
  turn(degrees, x, y, ellipse(x, y, 6, 9, fill), line(`M${x} ${y - 7}q-4 7 0 14`, paper.base, 1.6));

const coffee: Silhouette = ({ main, accent }) =>
  [
    path("M64 62L136 62L142 160Q142 166 136 166L64 166Q58 166 58 160Z", main.base),
    path("M116 62L136 62L142 160Q142 166 136 166L122 166Z", shadow, 0.14),
    box(62, 46, 76, 20, 3, main.dark),
    box(62, 46, 76, 5, 2, main.light, 0.55),
    box(56, 54, 14, 7, 3, brass.base),
    box(130, 54, 14, 7, 3, brass.base),
    disc(100, 116, 29, paper.base),
    bean(91, 118, -24, accent.deep),
    bean(108, 114, 24, brew.base),
    disc(100, 78, 3.4, main.deep),
  ].join("");

const teapot: Silhouette = ({ main, material, says }) => {
  const isGlass = material === "glass";
  const body: readonly Knot[] = says("Tall")
    ? [
        [72, 24],
        [86, 38],
        [130, 44],
        [156, 40],
        [166, 32],
      ]
    : [
        [84, 22],
        [98, 44],
        [124, 54],
        [150, 44],
        [166, 28],
      ];
  const top = body[0][0];
  const spout = path("M62 138Q36 132 34 96L26 90L42 86Q48 110 70 112Z", isGlass ? steel.light : main.dark);
  const handle =
    material === "cast iron"
      ? line(`M62 ${top + 16}Q100 ${top - 66} 138 ${top + 16}`, charcoal.base, 6)
      : line("M142 102Q178 92 172 122Q166 146 140 144", main.dark, 9);
  const filling = isGlass ? band(body, 112, 166, "#cf8a3c", { opacity: 0.85 }) : "";
  return [
    spout,
    handle,
    turned(body, isGlass ? "#f2f7f6" : main.base, { opacity: isGlass ? 0.75 : 1 }),
    filling,
    turned(
      [
        [top - 10, 8],
        [top - 4, 22],
        [top + 2, body[0][1] + 2],
      ],
      isGlass ? wood.base : main.dark,
    ),
    disc(100, top - 15, 7, material === "cast iron" ? brass.base : isGlass ? wood.dark : main.light),
  ].join("");
};

const mug: Silhouette = ({ main, accent, material, says, way }) => {
  const small = says("Espresso") || says("Cappuccino");
  const top = small ? 108 : says("Tall") || says("Latte") ? 68 : 82;
  const r = says("Big") || says("Cappuccino") ? 46 : small ? 34 : 38;
  const body: readonly Knot[] =
    way(3) === 0
      ? [
          [top, r],
          [148, r - 2],
          [166, r - 14],
        ]
      : way(3) === 1
        ? [
            [top, r],
            [160, r],
            [166, r - 4],
          ]
        : [
            [top, r],
            [top + 30, r + 4],
            [152, r],
            [166, r - 12],
          ];
  const isGlass = material === "glass";
  const handleTop = top + (166 - top) * 0.24;
  const handle = `M${100 + r - 3} ${handleTop}q30-6 29 ${small ? 16 : 24}q-2 ${small ? 16 : 24}-30 ${small ? 14 : 22}`;
  const glaze = says("Dipped") || (!isGlass && way(5) === 0) ? band(body, 136, 166, accent.base) : "";
  const speckles = says("Speckled")
    ? dots(
        [
          [84, 118],
          [98, 140],
          [112, 112],
          [80, 148],
          [120, 134],
          [100, 104],
        ],
        main.deep,
        4,
        0.5,
      )
    : "";
  const rim = material === "enamel" ? ellipse(100, top, r, 8, main.deep) : ellipse(100, top, r, 8, main.light);
  return [
    isGlass ? "" : line(handle, main.dark, 8),
    turned(body, isGlass ? "#eef5f5" : main.base, { opacity: isGlass ? 0.8 : 1 }),
    isGlass
      ? band(
          body.map(([y, radius]) => [y, radius - 6]),
          top + 14,
          158,
          brew.base,
          { opacity: 0.9 },
        )
      : glaze,
    speckles,
    rim,
    ellipse(100, top + 1, r - 5, 5.5, brew.base),
    steam(100, top - 12),
  ].join("");
};

const coffeePress: Silhouette = ({ main, material, says }) => {
  const metal = material === "copper" ? toneOf("#c9825a") : material === "stainless steel" ? steel : main;
  if (says("Pour-Over") || says("Jug")) return carafeBrewer(main.base);
  return [
    line("M134 92Q164 92 162 118Q160 144 134 144", metal.deep, 8),
    turned(
      [
        [78, 36],
        [164, 36],
      ],
      "#eef4f3",
      { opacity: 0.75 },
    ),
    band(
      [
        [78, 35],
        [164, 35],
      ],
      108,
      162,
      brew.base,
      { opacity: 0.92 },
    ),
    line("M100 46V106", steel.base, 4),
    ellipse(100, 106, 34, 4, steel.dark),
    box(62, 118, 76, 7, 3, metal.dark),
    box(62, 158, 76, 8, 3, metal.dark),
    turned(
      [
        [64, 20],
        [72, 37],
        [82, 38],
      ],
      metal.base,
    ),
    disc(100, 44, 8, metal.deep),
    path("M64 80L52 84L64 92Z", metal.dark),
  ].join("");
};

/** An hourglass of glass with a wooden collar. */
const carafeBrewer = (collar: string): Mark => {
  const glass: readonly Knot[] = [
    [52, 36],
    [98, 12],
    [104, 12],
    [150, 44],
    [166, 38],
  ];
  return [
    turned(glass, "#eef4f3", { opacity: 0.8 }),
    band(glass, 132, 164, brew.base, { opacity: 0.9 }),
    path("M70 56L130 56L104 96L96 96Z", paper.base),
    path("M78 58L122 58L104 84L96 84Z", brew.dark),
    box(84, 92, 32, 18, 5, collar),
    box(106, 92, 10, 18, 5, shadow, 0.15),
    line("M88 101H112", brass.dark, 2),
  ].join("");
};

const coffeeFilter: Silhouette = ({ main }) => {
  const cone = (dx: number, dy: number, fill: string) =>
    path(
      `M${44 + dx} ${70 + dy}H${150 + dx}L${122 + dx} ${150 + dy}Q${97 + dx} ${166 + dy} ${72 + dx} ${150 + dy}Z`,
      fill,
    );
  return [
    cone(8, 4, mix(main.base, shadow, 0.18)),
    cone(4, 2, main.light),
    cone(0, 0, main.base),
    path("M110 70H150L122 150Q112 158 100 158Z", shadow, 0.08),
    line("M52 76L76 148M60 150Q97 164 130 144", mix(main.base, shadow, 0.22), 1.6),
    line("M62 84H128M66 96H124M70 108H120", shine, 2, 0.5),
  ].join("");
};

const kettle: Silhouette = ({ main, says, material }) => {
  const tone = material === "copper" ? toneOf("#c9825a") : main;
  const spout =
    says("Gooseneck") || says("Thermometer")
      ? line("M62 146Q36 142 38 108Q38 86 22 84", tone.dark, 7)
      : path("M64 136L30 98L44 90L76 112Z", tone.dark);
  return [
    spout,
    line("M64 96Q64 44 100 44Q136 44 136 96", walnutGrip(material), 8),
    turned(
      [
        [88, 26],
        [100, 42],
        [150, 54],
        [166, 54],
      ],
      tone.base,
    ),
    turned(
      [
        [80, 10],
        [90, 28],
      ],
      tone.dark,
    ),
    disc(100, 75, 7, charcoal.base),
    ellipse(100, 166, 54, 4, tone.deep),
  ].join("");
};

const walnutGrip = (material: string): string => (material === "enamel" ? charcoal.base : wood.dark);

export const teaAndCoffee: Readonly<Record<string, Silhouette>> = {
  tea,
  coffee,
  teapot,
  mug,
  "coffee-press": coffeePress,
  "coffee-filter": coffeeFilter,
  kettle,
};

/** Silhouettes: bags, bottles and picnics. */
import type { Silhouette } from "./ink.ts";
import { box, ellipse, line, path, ring, turn } from "./pen.ts";
import { brass, charcoal, shadow, shine, steel, toneOf, wood } from "./tones.ts";
import { band, turned, type Knot } from "./turned.ts";

const backpack: Silhouette = ({ main, accent, says }) => {
  const rolled = says("Roll-Top");
  return [
    line("M84 52Q100 30 116 52", main.deep, 6),
    line("M58 84Q40 100 44 142M142 84Q160 100 156 142", main.deep, 9),
    path("M58 166Q50 166 50 156V92Q50 50 100 50Q150 50 150 92V156Q150 166 142 166Z", main.base),
    path("M122 54Q150 64 150 92V156Q150 166 142 166H122Z", shadow, 0.14),
    rolled ? box(56, 46, 88, 22, 8, main.dark) : line("M60 88Q62 62 100 62Q138 62 140 88", main.dark, 3),
    box(64, 108, 72, 52, 10, main.dark),
    box(64, 108, 72, 18, 9, main.light, 0.6),
    says("Leather") || says("Canvas") || rolled
      ? box(76, 62, 8, 62, 2, "#8a5a3c") +
        box(116, 62, 8, 62, 2, "#8a5a3c") +
        box(75, 108, 10, 9, 2, brass.base) +
        box(115, 108, 10, 9, 2, brass.base)
      : box(88, 76, 24, 16, 3, accent.base),
    line("M70 140H130", main.light, 2, 0.6),
  ].join("");
};

const flask: Silhouette = ({ main, says, material }) => {
  const wide = says("Soup") || says("Wide");
  const knots: readonly Knot[] = wide
    ? [
        [76, 30],
        [86, 36],
        [160, 36],
        [166, 32],
      ]
    : says("Family")
      ? [
          [74, 26],
          [90, 34],
          [166, 34],
        ]
      : [
          [70, 15],
          [82, 17],
          [98, 28],
          [160, 28],
          [166, 25],
        ];
  const isGlass = material === "glass";
  const r = knots[0][1];
  return [
    says("Family") ? line("M132 96Q158 96 156 122Q154 146 132 146", main.dark, 7) : "",
    turned(knots, isGlass ? "#dfeeee" : main.base, { opacity: isGlass ? 0.85 : 1 }),
    isGlass ? band(knots, 112, 166, main.base) : band(knots, 152, 166, steel.base),
    turned(
      [
        [wide ? 56 : 46, r],
        [knots[0][0] + 2, r + 1],
      ],
      says("Trail") || says("Slim") ? charcoal.base : steel.base,
    ),
    says("Trail") || says("Children") ? ring(100, 38, 10, charcoal.base, 4) : "",
    isGlass ? "" : path("M92 122L100 110L108 122V134H92Z", main.light, 0.8),
  ].join("");
};

const picnicBlanket: Silhouette = ({ main, accent, says }) =>
  [
    path("M34 122L60 164H176L158 122Z", main.dark),
    line(
      "M52 132H162M60 148H168M74 122L92 164M104 122L122 164M134 122L152 164",
      says("Striped") ? main.light : accent.light,
      5,
      0.6,
    ),
    box(36, 78, 124, 54, 26, main.base),
    line(
      "M72 80V130M100 80V130M128 80V130M46 92H152M44 108H154M48 122H150",
      says("Striped") ? main.light : accent.light,
      5,
      0.55,
    ),
    box(40, 110, 116, 22, 14, shadow, 0.12),
    ellipse(38, 105, 13, 27, main.light),
    line("M38 105m-6 0a6 13 0 1 1 6 13a3 7 0 1 1 1-9", main.dark, 2.5),
    box(66, 76, 9, 58, 3, "#7d553d"),
    box(122, 76, 9, 58, 3, "#7d553d"),
    line("M70 76Q98 44 126 76", "#7d553d", 6),
    box(64, 100, 13, 11, 2, brass.base),
    box(120, 100, 13, 11, 2, brass.base),
  ].join("");

const picnicBasket: Silhouette = ({ main, accent, says }) => {
  const weave = [112, 124, 136, 148, 160]
    .map((y, i) =>
      line(
        i % 2 ? `M50 ${y}h8m8 0h8m8 0h8m8 0h8m8 0h8m8 0h8m8 0h4` : `M44 ${y}h8m8 0h8m8 0h8m8 0h8m8 0h8m8 0h8m8 0h8`,
        main.dark,
        4,
      ),
    )
    .join("");
  return [
    line("M52 104Q54 40 100 40Q146 40 148 104", main.dark, 8),
    path("M112 98Q130 84 146 98L150 128L134 116L118 130Z", accent.base),
    path("M38 102H162L154 160Q153 166 146 166H54Q47 166 46 160Z", main.base),
    weave,
    path("M122 102H162L154 160Q153 166 146 166H122Z", shadow, 0.12),
    says("Tote") || says("Bicycle") || says("Shopping")
      ? box(34, 96, 132, 10, 5, main.dark)
      : box(34, 88, 132, 18, 6, main.light) + line("M100 88V106", main.dark, 3) + box(92, 100, 16, 12, 3, brass.base),
    path("M60 106L76 128L92 106Z", accent.light),
  ].join("");
};

const umbrella: Silhouette = ({ main, accent, says }) => {
  const second = says("Striped") || says("Two-Tone") ? accent : toneOf(main.dark);
  const dome = says("Dome") ? 34 : 46;
  return turn(
    -10,
    100,
    100,
    line("M100 40V160Q100 176 86 176Q74 176 74 164", says("Oak") ? wood.base : charcoal.base, 5),
    path(
      `M24 112Q28 ${dome} 100 ${dome}Q172 ${dome} 176 112Q164 100 150 112Q138 100 125 112Q112 100 100 112Q88 100 75 112Q62 100 50 112Q36 100 24 112Z`,
      main.base,
    ),
    path(`M50 112Q62 ${dome + 8} 100 ${dome}Q84 ${dome + 20} 75 112Q62 100 50 112Z`, second.base),
    path(`M150 112Q138 ${dome + 8} 100 ${dome}Q116 ${dome + 20} 125 112Q138 100 150 112Z`, second.base),
    path(`M100 ${dome}Q172 ${dome} 176 112Q164 100 150 112Q138 ${dome + 8} 100 ${dome}Z`, shadow, 0.12),
    line(`M34 92Q46 ${dome + 14} 78 ${dome + 8}`, shine, 4, 0.4),
    line(`M100 ${dome}V${dome - 10}`, charcoal.base, 4),
  );
};

export const outdoorAndTravel: Readonly<Record<string, Silhouette>> = {
  backpack,
  flask,
  "picnic-blanket": picnicBlanket,
  "picnic-basket": picnicBasket,
  umbrella,
};

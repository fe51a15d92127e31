/** Silhouettes: stationery and gift wrap. */
import type { Silhouette } from "./ink.ts";
import { box, disc, ellipse, line, move, path, ring, turn } from "./pen.ts";
import { flower, leafAt } from "./plants.ts";
import { brass, charcoal, leaf, mix, paper, shadow, shine, steel, wood } from "./tones.ts";
import { band, turned, type Knot } from "./turned.ts";

const notebook: Silhouette = ({ main, accent, says }) => {
  const cover = [
    box(62, 44, 84, 122, 5, paper.dark),
    box(60, 42, 84, 120, 4, paper.light),
    box(54, 40, 86, 122, 5, main.base),
    box(54, 40, 13, 122, 4, main.dark),
    path("M112 40H135Q140 40 140 45V157Q140 162 135 162H112Z", shadow, 0.08),
  ];
  if (says("Reporter"))
    return (
      cover.join("") +
      [62, 74, 86, 98, 110, 122, 134].map((x) => ring(x, 40, 4.5, steel.dark, 2.5)).join("") +
      box(76, 82, 44, 26, 3, paper.base)
    );
  return [
    ...cover,
    line("M84 160V178L88 173L92 178V160", accent.base, 3),
    says("Recipe") || says("Garden") || says("Sketch")
      ? leafAt(103, 122, 44, 0, main.light) +
        leafAt(103, 124, 34, -40, accent.light) +
        leafAt(103, 124, 34, 40, accent.light)
      : box(80, 66, 46, 26, 3, paper.base) + line("M88 76H118M88 83H108", main.dark, 2.5),
    says("Softcover") || says("Cloth") ? "" : box(127, 40, 5, 122, 0, main.deep),
  ].join("");
};

const pen: Silhouette = ({ main, says, material }) => {
  if (says("Fineliner") || says("Brush") || says("Trio")) {
    return [
      ["#357a97", -18],
      ["#c9704a", 0],
      ["#6d8245", 18],
    ]
      .map(([colour, a]) =>
        turn(
          Number(a),
          100,
          190,
          box(93, 66, 14, 100, 5, String(colour)),
          box(102, 66, 5, 100, 3, shadow, 0.15),
          box(92, 44, 16, 36, 6, charcoal.base),
          box(94, 128, 12, 16, 1, paper.base),
        ),
      )
      .join("");
  }
  const metal = material === "brass" ? brass : steel;
  const isFountain = says("Fountain");
  return turn(
    40,
    100,
    106,
    box(90, 26, 20, 74, 9, main.base),
    box(91, 96, 18, 46, 3, main.dark),
    box(89, 92, 22, 6, 2, metal.base),
    box(102, 26, 8, 116, 4, shadow, 0.14),
    box(93, 32, 4, 56, 2, shine, 0.4),
    path("M110 32H116V74L113 80L110 74Z", metal.light),
    isFountain
      ? path("M93 142H107L109 154L100 184L91 154Z", brass.light) +
          line("M100 156V182", brass.deep, 1.5) +
          disc(100, 156, 2, brass.deep)
      : path("M92 142H108L102 174H98Z", metal.base) + disc(100, 176, 2.4, charcoal.base),
  );
};

const ink: Silhouette = ({ main }) => {
  const bottle: readonly Knot[] = [
    [92, 18],
    [98, 20],
    [108, 42],
    [158, 44],
    [166, 40],
  ];
  return [
    turned(bottle, "#edf3f3", { opacity: 0.8, relief: 0 }),
    band(bottle, 112, 162, main.base),
    turned(bottle, "#fff", { opacity: 0.05 }),
    box(74, 120, 52, 30, 3, paper.base),
    line("M84 131H116M90 140H110", main.dark, 3),
    turned(
      [
        [66, 22],
        [92, 22],
      ],
      charcoal.base,
    ),
    ellipse(100, 66, 22, 4, charcoal.light),
    path("M152 158Q170 150 172 162Q168 172 152 168Q142 164 152 158Z", main.base),
    disc(180, 158, 2.6, main.base),
  ].join("");
};

const card: Silhouette = ({ main, accent, says, way }) => {
  const motif =
    says("Birthday") || says("Congratulations")
      ? [
          [88, 84],
          [112, 84],
          [100, 74],
        ]
          .map(
            ([x, y], i) =>
              line(`M${x} ${y}Q${x + 2} 112 100 134`, charcoal.base, 1.2, 0.5) +
              ellipse(x, y, 10, 12, [main.base, accent.base, "#e0a83e"][i]),
          )
          .join("")
      : says("Home")
        ? path("M78 108L100 86L122 108V132H78Z", main.base) +
          path("M72 110L100 82L128 110L124 114L100 90L76 114Z", accent.dark) +
          box(94, 114, 12, 18, 1, paper.base)
        : way(2) === 0
          ? flower(100, 134, 100, 92, accent, 13) +
            leafAt(100, 132, 24, -50, leaf.base) +
            leafAt(100, 132, 24, 50, leaf.base)
          : leafAt(100, 136, 50, 0, main.base) +
            leafAt(100, 136, 40, -34, leaf.base) +
            leafAt(100, 136, 40, 34, leaf.dark);
  return [
    turn(
      9,
      120,
      130,
      box(66, 88, 106, 74, 3, main.base),
      path("M66 91L119 132L172 91V88H66Z", main.dark),
      line("M66 162L108 124M172 162L130 124", main.dark, 2),
    ),
    turn(
      -5,
      96,
      106,
      box(62, 46, 76, 108, 3, paper.dark),
      box(60, 44, 76, 108, 3, "#fdfaf3"),
      box(67, 51, 62, 94, 2, mix(paper.base, main.base, 0.2)),
      motif,
    ),
  ].join("");
};

const wrappingPaper: Silhouette = ({ main, accent, says }) => {
  const dots = (fill: string) =>
    [
      [92, 52],
      [104, 70],
      [92, 88],
      [106, 106],
      [92, 124],
      [104, 142],
      [108, 48],
      [96, 158],
    ]
      .map(([x, y]) =>
        says("Starry")
          ? path(`M${x} ${y - 6}l2 4 4 2-4 2-2 4-2-4-4-2 4-2Z`, fill)
          : says("Botanical")
            ? leafAt(x, y + 6, 14, x * 2, fill)
            : disc(x, y, 3.6, fill),
      )
      .join("");
  const stripes = (fill: string) =>
    line("M82 56L118 44M82 78L118 66M82 100L118 88M82 122L118 110M82 144L118 132", fill, 5);
  const roll = (degrees: number, x: number, tone: typeof main, other: typeof main) =>
    turn(
      degrees,
      x,
      168,
      move(
        x - 100,
        0,
        box(82, 36, 36, 130, 3, tone.base),
        says("Striped") || says("Marbled") ? stripes(other.light) : says("Kraft") ? "" : dots(other.light),
        box(104, 36, 14, 130, 3, shadow, 0.13),
        ellipse(100, 37, 18, 6, tone.dark),
        ellipse(100, 37, 8, 2.6, paper.base),
        says("Kraft") || says("Fabric") ? box(81, 96, 38, 12, 1, other.base) : "",
      ),
    );
  return roll(-16, 88, accent, main) + roll(10, 112, main, accent);
};

const ribbon: Silhouette = ({ main, accent, says }) => {
  if (says("Tag")) {
    return [-30, 0, 30]
      .map((degrees, i) =>
        turn(
          degrees,
          100,
          160,
          path("M80 74L100 50L120 74V150H80Z", [main.base, accent.base, paper.base][i]),
          disc(100, 72, 4.5, main.deep),
          line("M100 72Q92 44 108 34", wood.dark, 2),
          line("M90 112H110M90 124H104", main.deep, 3, 0.6),
        ),
      )
      .join("");
  }
  return [
    path("M128 112Q168 108 160 136Q150 158 172 166L158 168Q136 158 146 138Q150 124 128 126Z", main.dark),
    ellipse(100, 158, 50, 9, wood.dark),
    ellipse(100, 154, 50, 9, wood.base),
    turned(
      [
        [92, 40],
        [150, 40],
      ],
      main.base,
    ),
    line("M62 104H138M62 116H138M62 128H138M62 140H138", main.dark, 2, 0.5),
    ellipse(100, 92, 50, 10, wood.dark),
    ellipse(100, 88, 50, 10, wood.base),
    ellipse(100, 88, 12, 3, wood.deep),
    path("M100 68Q66 40 62 60Q62 82 100 72Q138 82 138 60Q134 40 100 68Z", accent.base),
    disc(100, 70, 6, accent.dark),
  ].join("");
};

export const stationeryAndGifts: Readonly<Record<string, Silhouette>> = {
  notebook,
  pen,
  ink,
  card,
  "wrapping-paper": wrappingPaper,
  ribbon,
};

/** Silhouettes: cookware and baking tools. */
import type { Silhouette } from "./ink.ts";
import { box, disc, ellipse, line, move, path, ring, turn } from "./pen.ts";
import { brass, charcoal, mix, paper, shadow, shine, steel, toneOf, walnut, wood } from "./tones.ts";
import { band, turned, type Knot } from "./turned.ts";

const fryingPan: Silhouette = ({ main, material, says }) => {
  const rim = material === "copper" ? toneOf("#c9825a") : material === "stainless steel" ? steel : main;
  const ridges = says("Grill")
    ? line("M52 106H120M48 118H124M52 130H120", rim.base, 4)
    : line("M58 98Q66 84 84 82", shine, 4, 0.3);
  return [
    turn(
      -38,
      86,
      118,
      box(134, 110, 62, 15, 7, material === "cast iron" ? rim.dark : walnut.base),
      box(134, 110, 14, 15, 3, steel.dark),
      disc(187, 117.5, 3, rim.light),
    ),
    disc(86, 118, 54, rim.dark),
    disc(86, 116, 52, rim.base),
    disc(86, 118, 43, rim.deep),
    ridges,
  ].join("");
};

const saucepan: Silhouette = ({ main, material, says }) => {
  const tone = material === "copper" ? toneOf("#c9825a") : material === "stainless steel" ? steel : main;
  const tall = says("Stockpot") || says("Tall") || says("Steamer");
  const top = tall ? 80 : 104;
  const handle = tall
    ? line(`M50 ${top + 18}h-14v14h14M150 ${top + 18}h14v14h-14`, charcoal.base, 6)
    : box(138, top + 8, 56, 10, 5, charcoal.base) + disc(187, top + 13, 2.4, steel.light);
  return [
    handle,
    turned(
      [
        [top, 48],
        [158, 48],
        [166, 44],
      ],
      tone.base,
    ),
    box(50, top - 3, 100, 7, 3, tone.dark),
    turned(
      [
        [top - 18, 14],
        [top - 10, 38],
        [top - 3, 48],
      ],
      says("Glass") ? "#e6eeef" : tone.light,
    ),
    box(92, top - 28, 16, 9, 4, charcoal.base),
    box(97, top - 20, 6, 5, 1, charcoal.dark),
  ].join("");
};

const casserole: Silhouette = ({ main, says }) => {
  if (says("Tagine")) {
    return (
      turned(
        [
          [52, 7],
          [70, 14],
          [136, 48],
          [142, 52],
        ],
        main.base,
      ) +
      disc(100, 50, 9, main.dark) +
      turned(
        [
          [142, 58],
          [166, 46],
        ],
        main.dark,
      )
    );
  }
  const top = says("Shallow") ? 122 : 106;
  return [
    path(`M42 ${top + 12}h-14q-6 0-6 7t6 7h14ZM158 ${top + 12}h14q6 0 6 7t-6 7h-14Z`, main.dark),
    turned(
      [
        [top, 60],
        [150, 60],
        [166, 50],
      ],
      main.base,
    ),
    turned(
      [
        [top - 26, 16],
        [top - 18, 40],
        [top - 4, 61],
        [top, 62],
      ],
      main.base,
    ),
    box(37, top - 4, 126, 7, 3, main.dark),
    box(88, top - 38, 24, 9, 4, brass.base),
    box(96, top - 31, 8, 7, 1, brass.dark),
  ].join("");
};

const knife: Silhouette = ({ main, says }) => {
  const blade = says("Bread")
    ? "M96 40Q106 38 108 52V122H88V48Q90 42 96 40Z"
    : says("Cleaver")
      ? "M74 40H112V122H74Z"
      : says("Paring") || says("Tomato") || says("Utility")
        ? "M100 60Q112 84 110 122H88Q88 78 100 60Z"
        : "M104 32Q76 66 76 122H108V40Z";
  return turn(
    32,
    100,
    110,
    path(blade, steel.light),
    path("M96 44L108 40V122H96Z", steel.base, 0.55),
    box(86, 120, 24, 8, 2, brass.base),
    path("M87 127H109L112 176Q112 186 100 186Q88 186 88 176Z", main.base),
    path("M101 127H109L112 176Q112 186 101 186Z", shadow, 0.16),
    disc(99, 140, 2.6, brass.light),
    disc(99, 156, 2.6, brass.light),
    disc(100, 172, 2.6, brass.light),
  );
};

const choppingBoard: Silhouette = ({ main, says }) => {
  const grain = line(
    "M70 92Q100 84 132 92M66 112Q100 122 134 110M68 134Q96 126 134 136M70 152Q104 160 132 150",
    main.dark,
    2,
    0.55,
  );
  if (says("Round")) {
    return [
      disc(100, 116, 52, main.dark),
      disc(98, 114, 52, main.base),
      box(88, 40, 22, 30, 10, main.base),
      disc(99, 51, 5, main.deep),
      grain,
    ].join("");
  }
  return [
    box(60, 68, 84, 98, 12, main.dark),
    box(56, 66, 84, 98, 12, main.base),
    box(87, 36, 24, 40, 11, main.base),
    disc(99, 49, 5.5, main.deep),
    grain,
    says("Groove") || says("Tray")
      ? `<rect x="65" y="76" width="66" height="78" rx="8" fill="none" stroke="${main.dark}" stroke-width="3"/>`
      : "",
    box(56, 66, 20, 98, 10, shine, 0.14),
  ].join("");
};

const apron: Silhouette = ({ main, accent, says }) =>
  [
    line("M82 62Q100 26 118 62", main.dark, 5),
    path("M80 58H120L124 88Q126 100 146 104L150 168H50L54 104Q74 100 76 88Z", main.base),
    path("M112 58H120L124 88Q126 100 146 104L150 168H124Z", shadow, 0.12),
    says("Striped") ? line("M66 106V166M82 62V166M98 60V166M114 62V166M132 106V166", accent.light, 3, 0.7) : "",
    box(74, 118, 52, 32, 5, main.light),
    line("M100 118V150", main.dark, 2),
    line("M54 104Q34 112 30 132M146 104Q166 112 170 132", main.dark, 4),
  ].join("");

const rollingPin: Silhouette = ({ main, says }) =>
  turn(
    -34,
    100,
    112,
    says("French") ? "" : box(18, 105, 164, 14, 7, main.dark),
    says("French")
      ? path("M18 112Q60 92 100 92Q140 92 182 112Q140 132 100 132Q60 132 18 112Z", main.base)
      : box(42, 92, 116, 40, 12, main.base),
    box(48, 118, 104, 13, 6, shadow, 0.13),
    box(52, 97, 96, 6, 3, shine, 0.35),
    says("Embossed")
      ? [64, 82, 100, 118, 136].map((x) => ring(x, 112, 6, main.dark, 2)).join("")
      : says("Rings")
        ? box(46, 88, 8, 48, 4, "#c9704a") + box(146, 88, 8, 48, 4, "#c9704a")
        : "",
  );

const cakeTin: Silhouette = ({ main, says }) => {
  if (says("Loaf") || says("Square") || says("Muffin") || says("Madeleine")) {
    const cups =
      says("Muffin") || says("Madeleine") ? [72, 100, 128].map((x) => ellipse(x, 112, 12, 5, main.deep)).join("") : "";
    return (
      path("M40 108H160L150 162Q149 166 144 166H56Q51 166 50 162Z", main.base) +
      path("M122 108H160L150 162Q149 166 144 166H122Z", shadow, 0.13) +
      path("M34 102H166L160 120H40Z", main.light) +
      (cups || path("M46 105H154L150 115H50Z", main.deep))
    );
  }
  const fluted = says("Bundt") || says("Tart");
  const top = says("Tart") ? 132 : says("Deep") ? 92 : 106;
  const ribs = fluted
    ? [-40, -20, 0, 20, 40].map((dx) => line(`M${100 + dx * 1.1} ${top + 8}L${100 + dx} 160`, main.dark, 3)).join("")
    : "";
  return [
    turned(
      [
        [top, 56],
        [162, fluted ? 46 : 55],
        [166, fluted ? 44 : 57],
      ],
      main.base,
    ),
    ribs,
    ellipse(100, top, 57, 11, main.light),
    ellipse(100, top + 1, 51, 8, main.deep),
    says("Bundt")
      ? turned(
          [
            [top - 12, 9],
            [top + 4, 12],
          ],
          main.base,
        )
      : "",
    says("Springform") ? box(140, top + 14, 22, 9, 4, charcoal.base) + box(150, top + 10, 8, 24, 3, steel.dark) : "",
  ].join("");
};

const mixingBowl: Silhouette = ({ main, accent, way, says }) => {
  const bowl: readonly Knot[] = [
    [100, 58],
    [122, 54],
    [150, 38],
    [160, 26],
    [166, 26],
  ];
  return [
    turn(28, 120, 100, box(116, 34, 8, 74, 4, wood.base), ellipse(120, 36, 10, 15, wood.light)),
    turned(bowl, main.base),
    way(2) === 0 || says("Nesting") ? band(bowl, 114, 124, accent.light) : "",
    ellipse(100, 100, 58, 10, main.light),
    ellipse(100, 101, 52, 7.5, mix(paper.base, "#e0b96f", 0.35)),
  ].join("");
};

const whisk: Silhouette = ({ main, material }) => {
  const wire = material === "copper" ? "#c9825a" : material === "bamboo" ? "#d6a95f" : steel.dark;
  return turn(
    30,
    100,
    110,
    line("M100 116Q58 78 72 46Q100 16 128 46Q142 78 100 116", wire, 3),
    line("M100 116Q76 78 86 42Q100 26 114 42Q124 78 100 116", wire, 3),
    line("M100 116V32", wire, 3),
    box(93, 106, 14, 16, 4, steel.base),
    box(92, 118, 16, 66, 7, main.base),
    box(101, 118, 7, 66, 4, shadow, 0.14),
    ring(100, 190, 5, steel.dark, 2.5),
  );
};

const cutterShapes = {
  star: "M100 52L114 88L152 90L122 114L132 151L100 130L68 151L78 114L48 90L86 88Z",
  heart: "M100 150Q48 116 50 84Q54 60 78 62Q94 64 100 82Q106 64 122 62Q146 60 150 84Q152 116 100 150Z",
  flower:
    "M100 58Q122 52 120 80Q148 74 146 98Q144 116 124 112Q132 142 108 146Q100 146 98 134Q92 148 78 144Q62 136 76 112Q54 116 54 96Q54 74 80 80Q78 54 100 58Z",
  man: "M100 46Q118 46 116 64Q114 74 108 76L138 82Q148 86 144 96Q140 102 132 98L116 98L126 142Q126 152 116 152L100 126L84 152Q74 152 74 142L84 98L68 98Q60 102 56 96Q52 86 62 82L92 76Q86 74 84 64Q82 46 100 46Z",
} as const;

const cookieCutter: Silhouette = ({ main, says, way }) => {
  const shape = says("Heart")
    ? "heart"
    : says("Star") || says("Winter")
      ? "star"
      : says("Gingerbread")
        ? "man"
        : says("Flower")
          ? "flower"
          : (["heart", "star", "flower", "man"] as const)[way(4)];
  const d = cutterShapes[shape];
  return [move(8, 16, path(d, "#d9a25f"), line(d, "#c0854a", 3)), line(d, main.deep, 9), line(d, main.light, 4)].join(
    "",
  );
};

export const kitchen: Readonly<Record<string, Silhouette>> = {
  "frying-pan": fryingPan,
  saucepan,
  casserole,
  knife,
  "chopping-board": choppingBoard,
  apron,
  "rolling-pin": rollingPin,
  "cake-tin": cakeTin,
  "mixing-bowl": mixingBowl,
  whisk,
  "cookie-cutter": cookieCutter,
};

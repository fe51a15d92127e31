/** Silhouettes: garden, outdoor and travel. */
import type { Silhouette } from "./ink.ts";
import { box, disc, dots, ellipse, line, path, ring, turn } from "./pen.ts";
import { flower, leafAt, tuft } from "./plants.ts";
import { brass, charcoal, leaf, mix, paper, shadow, shine, steel, toneOf, wood } from "./tones.ts";
import { band, turned, type Knot } from "./turned.ts";

const plantPot: Silhouette = ({ main, accent, says, way }) => {
  const plant = says("Herb") ? sprig(60, 116) + sprig(140, 116) + sprig(100, 114) : way(3) === 0 ? tuft(100, 116, 66) : way(3) === 1 ? flower(94, 116, 76, 66, accent, 13) + flower(106, 116, 124, 58, accent, 12) + flower(100, 116, 102, 46, toneOf(accent.light), 12) + leafAt(96, 118, 30, -60, leaf.base) + leafAt(104, 118, 30, 60, leaf.base) : cactus;
  if (says("Herb")) return plant + [60, 100, 140].map((x) => turned([[120, 20], [166, 15]], main.base, { x }) + box(x - 22, 114, 44, 10, 2, main.dark)).join("");
  const basket = says("Basket") || says("Woven");
  const pot: readonly Knot[] = says("Tub") || basket ? [[116, 40], [150, 42], [166, 38]] : says("Footed") ? [[116, 40], [146, 30], [158, 14], [166, 28]] : says("Long Tom") ? [[104, 28], [166, 20]] : [[118, 38], [166, 27]];
  const top = pot[0][0];
  const hanging = says("Hanging") ? line("M64 116L100 10L136 116", wood.dark, 2.5) : "";
  return [
    hanging,
    plant,
    says("Footed") || says("Tub") ? "" : ellipse(100, 165, 36, 4.5, main.deep),
    turned(pot, main.base),
    basket ? line("M62 126Q100 132 138 126M60 138Q100 144 140 138M61 150Q100 156 139 150M76 118V162M92 120V164M108 120V164M124 118V162", main.dark, 2, 0.7) : says("Ribbed") ? line("M78 132L82 160M93 132L94 162M107 132L106 162M122 132L118 160", main.dark, 2.5, 0.6) : "",
    turned([[top - 6, pot[0][1] + 4], [top + 8, pot[0][1] + 3]], main.dark),
    ellipse(100, top - 6, pot[0][1] + 4, 5, mix(main.deep, "#4a3328", 0.6)),
    ellipse(100, top - 6, pot[0][1] + 1, 3.6, "#4a3328"),
    says("Hanging") ? "" : frontLeaves(top - 5),
  ].join("");
};

const sprig = (x: number, y: number) => leafAt(x, y, 38, -26, leaf.dark) + leafAt(x, y, 38, 26, leaf.base) + leafAt(x, y, 46, 0, leaf.light);

const frontLeaves = (y: number) => leafAt(92, y, 18, -70, leaf.light) + leafAt(108, y, 18, 66, leaf.base);

const cactus = [
  box(86, 50, 28, 76, 14, leaf.base),
  path("M88 92H74Q66 92 66 82V72Q66 66 71 66T76 72V80H88ZM112 84H124V66Q124 60 129 60T134 66V84Q134 96 122 96H112Z", leaf.base),
  line("M94 62V114M106 62V114", leaf.dark, 2),
  disc(100, 50, 6, "#d98a94"),
].join("");

const wateringCan: Silhouette = ({ main, says, material }) => {
  const tone = material === "copper" ? toneOf("#c9825a") : main;
  if (says("Mister")) return line("M100 86V66H78", tone.dark, 6) + box(90, 50, 30, 10, 5, tone.dark) + line("M114 60Q124 76 116 88", tone.dark, 5) + turned([[84, 12], [100, 30], [140, 38], [166, 30]], tone.base) + dots([[58, 58], [50, 66], [58, 74]], "#8dbbd6", 5);
  const reach = says("Long") || says("Indoor");
  return [
    line("M92 88Q100 44 140 66Q170 84 150 132", tone.dark, 7),
    line(reach ? "M78 146Q44 140 40 96Q38 72 24 64" : "M78 140L42 84", tone.dark, reach ? 6 : 10),
    reach ? "" : turn(-32, 40, 80, ellipse(40, 78, 17, 6, tone.light), line("M30 78H50", tone.deep, 2)),
    turned([[92, 34], [110, 38], [166, 42]], tone.base, { x: 112 }),
    ellipse(112, 92, 34, 6, tone.deep),
    box(71, 122, 82, 4, 2, tone.dark, 0.6),
  ].join("");
};

const secateurs: Silhouette = ({ main }) => turn(
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
      : path("M100 30Q126 60 122 96Q118 116 100 118Q82 116 78 96Q74 60 100 30Z", metal.base) + path("M100 30Q126 60 122 96Q118 116 100 118Z", shadow, 0.15) + line("M100 48V104", metal.light, 3);
  return turn(34, 100, 106, head, box(96, 112, 8, 24, 3, metal.dark), box(91, 130, 18, 56, 9, main.base), box(101, 130, 8, 56, 5, shadow, 0.14), line("M100 184Q92 198 104 196", "#6e4a37", 2.5));
};

const seeds: Silhouette = ({ main, accent, says }) => {
  const crop = says("Tomato") || says("Chilli")
    ? [[88, 112], [112, 108], [100, 128]].map(([x, y]) => disc(x, y, 11, "#c9503f") + disc(x - 3, y - 4, 3, "#fff", 0.5)).join("") + leafAt(100, 100, 22, -50, leaf.base) + leafAt(100, 100, 22, 50, leaf.dark)
    : says("Basil") || says("Salad") || says("Chard")
      ? tuft(100, 140, 52, says("Chard") ? toneOf("#8c9a4a") : leaf)
      : says("Bean")
        ? [-24, 0, 24].map((a) => turn(a, 100, 90, path("M96 92Q90 120 100 144Q112 120 104 92Z", leaf.base))).join("")
        : says("Lavender")
          ? [-18, 0, 18].map((a) => turn(a, 100, 146, line("M100 146V108", leaf.dark, 2.5), ...[86, 94, 102].map((y) => ellipse(100, y, 6, 6, "#a796c7")))).join("")
          : flower(100, 146, 86, 102, accent, 12) + flower(100, 146, 116, 110, toneOf("#e0a83e"), 11) + leafAt(100, 146, 22, 50, leaf.base);
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
  path("M62 128V86Q62 76 70 76Q77 76 77 84V62Q77 53 85 53Q92 53 92 62V56Q92 47 100 47Q108 47 108 56V62Q108 54 116 54Q123 54 123 63V98L132 88Q139 82 145 87Q150 92 145 100L124 130V140H62Z", tone.base) +
  path("M108 62Q108 54 116 54Q123 54 123 63V98L132 88Q139 82 145 87Q150 92 145 100L124 130V140H106Z", shadow, 0.1) +
  line("M77 84V104M92 62V102M108 62V102", tone.dark, 2.5) +
  box(56, 134, 74, 32, 6, cuff) +
  line("M60 144H126M60 155H126", shine, 2.5, 0.4);

const gardenGloves: Silhouette = ({ main, accent }) => turn(14, 100, 150, glove(toneOf(main.dark), accent.dark)) + turn(-8, 100, 150, glove(main, accent.base));

const compost: Silhouette = ({ main, says }) => {
  if (says("Feed")) {
    return turned([[78, 14], [92, 30], [160, 32], [166, 30]], main.base) + turned([[58, 13], [80, 13]], paper.base) + box(74, 106, 52, 46, 4, paper.base) + tuft(100, 146, 32);
  }
  return [
    path("M60 48H140L136 62Q150 110 146 158Q146 166 138 166H62Q54 166 54 158Q50 110 64 62Z", main.base),
    path("M122 48H140L136 62Q150 110 146 158Q146 166 138 166H120Q130 110 122 48Z", shadow, 0.13),
    path("M60 48H140L137 58H63Z", main.dark),
    line("M66 58H134", paper.base, 2, 0.7),
    ellipse(100, 112, 34, 36, paper.base),
    path("M70 128Q100 112 130 128Q120 148 100 148Q80 148 70 128Z", "#6e4a37"),
    leafAt(100, 124, 26, -30, leaf.base),
    leafAt(100, 124, 26, 32, leaf.light),
  ].join("");
};

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
    says("Leather") || says("Canvas") || rolled ? box(76, 62, 8, 62, 2, "#8a5a3c") + box(116, 62, 8, 62, 2, "#8a5a3c") + box(75, 108, 10, 9, 2, brass.base) + box(115, 108, 10, 9, 2, brass.base) : box(88, 76, 24, 16, 3, accent.base),
    line("M70 140H130", main.light, 2, 0.6),
  ].join("");
};

const flask: Silhouette = ({ main, says, material }) => {
  const wide = says("Soup") || says("Wide");
  const knots: readonly Knot[] = wide ? [[76, 30], [86, 36], [160, 36], [166, 32]] : says("Family") ? [[74, 26], [90, 34], [166, 34]] : [[70, 15], [82, 17], [98, 28], [160, 28], [166, 25]];
  const isGlass = material === "glass";
  const r = knots[0][1];
  return [
    says("Family") ? line("M132 96Q158 96 156 122Q154 146 132 146", main.dark, 7) : "",
    turned(knots, isGlass ? "#dfeeee" : main.base, { opacity: isGlass ? 0.85 : 1 }),
    isGlass ? band(knots, 112, 166, main.base) : band(knots, 152, 166, steel.base),
    turned([[wide ? 56 : 46, r], [knots[0][0] + 2, r + 1]], says("Trail") || says("Slim") ? charcoal.base : steel.base),
    says("Trail") || says("Children") ? ring(100, 38, 10, charcoal.base, 4) : "",
    isGlass ? "" : path("M92 122L100 110L108 122V134H92Z", main.light, 0.8),
  ].join("");
};

const picnicBlanket: Silhouette = ({ main, accent, says }) => [
  path("M34 122L60 164H176L158 122Z", main.dark),
  line("M52 132H162M60 148H168M74 122L92 164M104 122L122 164M134 122L152 164", says("Striped") ? main.light : accent.light, 5, 0.6),
  box(36, 78, 124, 54, 26, main.base),
  line("M72 80V130M100 80V130M128 80V130M46 92H152M44 108H154M48 122H150", says("Striped") || says("Mat") ? main.light : accent.light, 5, 0.55),
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
  const weave = [112, 124, 136, 148, 160].map((y, i) => line(i % 2 ? `M50 ${y}h8m8 0h8m8 0h8m8 0h8m8 0h8m8 0h8m8 0h4` : `M44 ${y}h8m8 0h8m8 0h8m8 0h8m8 0h8m8 0h8m8 0h8`, main.dark, 4)).join("");
  return [
    line("M52 104Q54 40 100 40Q146 40 148 104", main.dark, 8),
    path("M112 98Q130 84 146 98L150 128L134 116L118 130Z", accent.base),
    path("M38 102H162L154 160Q153 166 146 166H54Q47 166 46 160Z", main.base),
    weave,
    path("M122 102H162L154 160Q153 166 146 166H122Z", shadow, 0.12),
    says("Tote") || says("Bicycle") || says("Shopping") ? box(34, 96, 132, 10, 5, main.dark) : box(34, 88, 132, 18, 6, main.light) + line("M100 88V106", main.dark, 3) + box(92, 100, 16, 12, 3, brass.base),
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
    path(`M24 112Q28 ${dome} 100 ${dome}Q172 ${dome} 176 112Q164 100 150 112Q138 100 125 112Q112 100 100 112Q88 100 75 112Q62 100 50 112Q36 100 24 112Z`, main.base),
    path(`M50 112Q62 ${dome + 8} 100 ${dome}Q84 ${dome + 20} 75 112Q62 100 50 112Z`, second.base),
    path(`M150 112Q138 ${dome + 8} 100 ${dome}Q116 ${dome + 20} 125 112Q138 100 150 112Z`, second.base),
    path(`M100 ${dome}Q172 ${dome} 176 112Q164 100 150 112Q138 ${dome + 8} 100 ${dome}Z`, shadow, 0.12),
    line(`M34 92Q46 ${dome + 14} 78 ${dome + 8}`, shine, 4, 0.4),
    line(`M100 ${dome}V${dome - 10}`, charcoal.base, 4),
  );
};

export const outdoors: Readonly<Record<string, Silhouette>> = {
  "plant-pot": plantPot,
  "watering-can": wateringCan,
  secateurs,
  trowel,
  seeds,
  "garden-gloves": gardenGloves,
  compost,
  backpack,
  flask,
  "picnic-blanket": picnicBlanket,
  "picnic-basket": picnicBasket,
  umbrella,
};

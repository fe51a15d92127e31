/** Silhouettes: lighting, bed and bath. */
import type { Silhouette } from "./ink.ts";
import { box, disc, dots, ellipse, line, path, ring, turn } from "./pen.ts";
import { flameAt } from "./plants.ts";
import { brass, charcoal, flame, mix, paper, shadow, shine, steel, toneOf, wood } from "./tones.ts";
import { band, turned, type Knot } from "./turned.ts";

const lampShade = toneOf("#f5e6c6");

const tableLamp: Silhouette = ({ main, accent, says, material }) => {
  if (says("Mushroom") || says("Rechargeable")) {
    return [
      disc(100, 104, 66, flame.light, 0.45),
      turned([[98, 12], [140, 12], [160, 30], [166, 32]], main.base),
      turned([[50, 8], [58, 34], [84, 54], [96, 56]], main.base),
      ellipse(100, 96, 56, 7, lampShade.light),
    ].join("");
  }
  if (says("Reading")) {
    return [
      disc(70, 100, 46, flame.light, 0.5),
      line("M128 160V78Q128 56 104 56L88 58", main.base, 6),
      turn(-24, 80, 66, turned([[52, 10], [62, 20], [84, 28]], main.dark, { x: 78 })),
      turned([[158, 24], [166, 30]], main.base, { x: 128 }),
    ].join("");
  }
  const base: readonly Knot[] = material === "oak" || says("Oak") ? [[104, 8], [130, 12], [160, 30], [166, 30]] : [[102, 9], [116, 26], [140, 36], [160, 24], [166, 26]];
  const pleats = says("Pleated") ? line("M84 46L74 98M92 46L88 100M108 46L112 100M116 46L126 98", lampShade.dark, 2, 0.5) : "";
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
    ? [[72, 6], [132, 52]]
    : says("Opal") || says("Paper")
      ? [[70, 10], [84, 40], [108, 52], [130, 40], [142, 16]]
      : [[74, 8], [84, 30], [112, 52], [128, 58]];
  const bottom = knots[knots.length - 1][0];
  const colour = says("Opal") || says("Paper") ? lampShade.light : main.base;
  const weave = material === "rattan" ? line("M76 92Q100 98 124 92M62 108Q100 116 138 108M52 120Q100 130 148 120M100 76V128M82 84L70 126M118 84L130 126", main.dark, 2) : "";
  const shades = says("Cluster") ? [[58, 20], [142, 34]].map(([x, drop]) => line(`M${x} 0V${70 + drop}`, charcoal.base, 2.5) + turned([[70 + drop, 5], [94 + drop, 24]], main.dark, { x })).join("") : "";
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
    ? [[42, 3], [74, 22], [100, 26], [124, 14]]
    : says("Spot")
      ? [[58, 42], [76, 40], [124, 14]]
      : says("Globe")
        ? [[40, 8], [50, 34], [80, 46], [106, 36], [124, 15]]
        : [[44, 8], [54, 30], [82, 40], [106, 24], [124, 15]];
  const filament = says("Filament") || says("Amber") || says("Globe") ? line("M92 122L86 84L96 96L100 78L104 96L114 84L108 122", "#e08a2c", 2.5) : disc(100, 90, 14, "#fff", 0.8);
  return [
    disc(100, 88, 62, flame.light, 0.5),
    turned(glass, says("Opal") ? "#fdf8ec" : mix("#fff1c8", main.base, 0.35), { opacity: 0.92 }),
    filament,
    turned([[122, 15], [150, 14], [158, 8]], steel.base),
    line("M86 130H114M86 138H114M87 146H113", steel.deep, 2.5),
    disc(100, 161, 5, charcoal.base),
  ].join("");
};

const fairyLights: Silhouette = ({ main, says }) => {
  const spots = [[38, 70], [62, 92], [90, 98], [118, 88], [146, 72], [160, 112], [134, 134], [104, 142], [74, 140], [46, 128]] as const;
  const hanging = spots.map(([x, y]) => [x, y + 10] as const);
  const at = (mark: string) => spots.map(([x, y]) => `M${x} ${y}${mark}`).join("");
  const lamps = says("Star")
    ? path(at("m0-12l3.5 8 8.5 1-6.5 5.5 2 8.5-7.5-4.5-7.5 4.5 2-8.5-6.5-5.5 8.5-1Z"), flame.base)
    : says("Paper Lantern")
      ? dots(hanging, main.dark, 24) + dots(hanging, main.light, 21) + line(at("m-8 6h16m-16 8h16"), main.dark, 1.2, 0.6)
      : says("Festoon")
        ? line(at("v5"), charcoal.base, 6) + dots(hanging, flame.base, 16)
        : dots(spots, flame.base, 10) + dots(spots, "#fff", 4);
  return [
    line("M20 58Q60 110 100 98Q150 78 170 78Q176 124 134 134Q80 150 34 116", says("Copper") ? "#c9825a" : says("Festoon") ? charcoal.base : main.deep, 2.5),
    dots(spots, flame.light, 30, 0.5),
    lamps,
  ].join("");
};

const lantern: Silhouette = ({ main, says, material }) => {
  const metal = material === "willow" || material === "rattan" ? wood : main;
  const bars = says("Wicker") || says("Moroccan") ? line("M76 88L124 150M124 88L76 150M100 84V152M68 118H132", metal.dark, 2.5) : line("M100 84V152", metal.dark, 2.5);
  return [
    line("M84 60Q100 24 116 60", metal.deep, 4),
    path("M70 82L84 58H116L130 82Z", metal.base),
    path("M106 58H116L130 82H112Z", shadow, 0.14),
    box(68, 82, 64, 72, 2, "#f5efdc", 0.75),
    turned([[122, 13], [154, 13]], paper.base),
    flameAt(100, 122, 20),
    bars,
    box(64, 80, 72, 7, 2, metal.dark),
    box(64, 82, 6, 76, 2, metal.base),
    box(130, 82, 6, 76, 2, metal.dark),
    box(58, 152, 84, 12, 3, metal.base),
  ].join("");
};

const bedLinen: Silhouette = ({ main, accent, says }) => {
  const stripes = says("Striped") || says("Seersucker") ? line("M52 118H148M52 128H148M52 142H148M52 152H148", accent.light, 3, 0.8) : says("Gingham") ? line("M64 112V164M84 112V164M104 112V164M124 112V164M50 124H150M50 144H150", accent.base, 4, 0.35) : "";
  return [
    path("M36 74Q34 64 44 66Q100 74 156 66Q166 64 164 74Q160 92 164 104Q166 112 156 110Q100 104 44 110Q34 112 36 104Q40 92 36 74Z", main.light),
    path("M134 70Q166 64 164 74Q160 92 164 104Q166 112 134 107Q140 88 134 70Z", shadow, 0.08),
    box(44, 110, 112, 28, 10, main.base),
    box(44, 136, 112, 30, 10, main.base),
    stripes,
    line("M50 138H150", main.deep, 2, 0.5),
    box(92, 106, 16, 62, 2, accent.base),
    says("Embroidered") ? line("M44 76Q100 84 156 76", accent.base, 2.5) : "",
    path("M100 112Q82 96 78 108Q80 120 100 114Q120 120 122 108Q118 96 100 112Z", accent.dark),
  ].join("");
};

const pillow: Silhouette = ({ main, accent, says }) => {
  if (says("Travel") || says("Neck")) {
    return path("M100 58Q158 58 158 112Q158 160 132 164Q112 164 116 138Q120 112 100 112Q80 112 84 138Q88 164 68 164Q42 160 42 112Q42 58 100 58Z", main.base) + path("M124 62Q158 70 158 112Q158 160 132 164Q128 164 124 162Q146 120 124 62Z", shadow, 0.12) + line("M60 86Q76 68 98 68", shine, 5, 0.5);
  }
  return [
    path("M26 82Q22 70 36 74Q100 86 164 74Q178 70 174 82Q166 116 174 150Q178 162 164 158Q100 146 36 158Q22 162 26 150Q34 116 26 82Z", main.base),
    path("M138 79Q178 70 174 82Q166 116 174 150Q178 162 138 153Q150 116 138 79Z", shadow, 0.1),
    line("M30 80Q38 116 30 152", accent.light, 3),
    line("M46 92Q60 98 72 96M132 140Q146 132 156 138M52 138Q62 130 70 134", main.dark, 3, 0.4),
    line("M52 84Q76 92 104 90", shine, 5, 0.6),
  ].join("");
};

const towel: Silhouette = ({ main, accent, says }) => {
  const fold = (y: number, tone: typeof main) => path(`M52 ${y}H150Q158 ${y} 158 ${y + 15}Q158 ${y + 30} 150 ${y + 30}H52Q40 ${y + 28} 40 ${y + 15}Q40 ${y + 2} 52 ${y}Z`, tone.base) + line(`M150 ${y + 15}H58Q50 ${y + 15} 50 ${y + 21}`, tone.dark, 2.5) + path(`M128 ${y}H150Q158 ${y} 158 ${y + 15}Q158 ${y + 30} 150 ${y + 30}H128Z`, shadow, 0.09);
  const pattern = says("Striped") || says("Fringed") ? line("M70 78V104M80 78V104M120 78V104M130 78V104", accent.light, 4, 0.9) : line("M62 96H140", accent.light, 4, 0.8);
  return [fold(136, main), fold(106, toneOf(main.light)), fold(76, main), pattern, ellipse(100, 62, 30, 15, main.dark), ellipse(97, 60, 30, 15, main.light), line("M97 60m-18 0a18 9 0 1 1 18 9a10 5 0 1 1 2-8", main.dark, 2.5)].join("");
};

const soap: Silhouette = ({ main, accent }) => [
  box(40, 104, 120, 58, 20, main.dark),
  box(40, 96, 120, 58, 20, main.base),
  box(52, 102, 96, 10, 5, shine, 0.4),
  box(78, 92, 44, 72, 3, paper.base),
  box(110, 92, 12, 72, 3, shadow, 0.07),
  line("M86 118H114M90 128H110", main.deep, 3),
  disc(100, 142, 5, accent.base),
  ...[[52, 78, 12], [74, 66, 8], [136, 74, 10], [152, 58, 6]].map(([x, y, r]) => disc(x, y, r, "#fff", 0.6) + ring(x, y, r, main.light, 1.5) + disc(x - r * 0.3, y - r * 0.3, r * 0.25, "#fff")),
].join("");

const soapDispenser: Silhouette = ({ main, says, material, way }) => {
  const bottle: readonly Knot[] = way(2) === 0 ? [[88, 12], [98, 32], [160, 34], [166, 31]] : [[88, 12], [104, 30], [140, 38], [166, 32]];
  const tone = material === "glass" ? toneOf("#a5662f") : main;
  const metal = says("Brass") ? brass : charcoal;
  return [
    line("M100 88V56M100 56H72Q66 56 66 66", metal.base, 6),
    box(88, 48, 26, 9, 4, metal.base),
    turned([[76, 11], [90, 13]], metal.dark),
    turned(bottle, tone.base, { opacity: material === "glass" ? 0.92 : 1 }),
    says("Ribbed") ? line("M80 112V160M93 108V162M107 108V162M120 112V160", tone.dark, 2.5, 0.6) : band(bottle, 120, 148, paper.base) + line("M88 130H112M92 139H108", tone.deep, 3),
  ].join("");
};

export const lightAndRest: Readonly<Record<string, Silhouette>> = {
  "table-lamp": tableLamp,
  pendant,
  bulb,
  "fairy-lights": fairyLights,
  lantern,
  "bed-linen": bedLinen,
  pillow,
  towel,
  soap,
  "soap-dispenser": soapDispenser,
};

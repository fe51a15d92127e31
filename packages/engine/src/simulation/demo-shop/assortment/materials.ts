/** What things are made of: the sentence that says so on a product page, and the colour it brings along. */
import type { ColourName } from "./colours.ts";

interface Material {
  readonly sentence: string;
  /** Things made wholly of it have this colour and no other. */
  readonly colour?: ColourName;
}

export const materials = {
  stoneware: { sentence: "High-fired stoneware with a reactive glaze, so no two pieces are quite alike." },
  porcelain: { sentence: "Fine porcelain, thin at the rim and stronger than it looks." },
  glass: { sentence: "Heat-resistant glass, finished by hand." },
  "cast iron": { sentence: "Solid cast iron that holds its heat and will outlive the house it stands in." },
  "stainless steel": { sentence: "Brushed stainless steel that shrugs off fingerprints, acids and years of use." },
  "carbon steel": { sentence: "Carbon steel: hard, springy and easy to keep sharp and sound." },
  aluminium: { sentence: "Recycled aluminium: light, sturdy and easy to care for." },
  copper: { sentence: "Warm copper that deepens in tone as it ages.", colour: "Apricot" },
  brass: { sentence: "Solid brass with a soft satin finish.", colour: "Honey" },
  iron: { sentence: "Forged iron with a blackened finish.", colour: "Charcoal" },
  "coated steel": { sentence: "Powder-coated steel that does not mind being left out in the rain." },
  enamel: { sentence: "Enamelled steel with a contrasting rim, tough enough for the garden table." },
  zinc: { sentence: "Galvanised zinc that weathers to a soft, even grey.", colour: "Stone" },
  marble: { sentence: "Cut from solid marble; the veining is different on every piece.", colour: "Chalk" },
  terracotta: { sentence: "Porous terracotta, thrown and fired in a small Portuguese pottery.", colour: "Terracotta" },
  oak: { sentence: "Solid European oak, oiled by hand so that the grain stays lively.", colour: "Sand" },
  walnut: { sentence: "Dark, close-grained walnut from certified forests.", colour: "Cocoa" },
  beech: { sentence: "Smooth beech, turned from a single piece.", colour: "Oat" },
  acacia: { sentence: "Acacia wood with a strong grain; every piece is one of a kind.", colour: "Cocoa" },
  bamboo: { sentence: "Fast-growing bamboo: light, hard-wearing and pleasant to the touch.", colour: "Honey" },
  willow: { sentence: "Woven by hand from steamed willow.", colour: "Sand" },
  rattan: { sentence: "Woven by hand from natural rattan.", colour: "Honey" },
  linen: { sentence: "Stonewashed European linen that is soft from the first day." },
  cotton: { sentence: "Organic cotton, certified from field to finished cloth." },
  wool: { sentence: "Pure new wool, spun and woven in a family-run mill." },
  velvet: { sentence: "Dense cotton velvet with a gentle sheen." },
  canvas: { sentence: "Waxed canvas that sheds the rain and gathers character." },
  leather: { sentence: "Vegetable-tanned leather that darkens handsomely with use." },
  polyester: { sentence: "Woven from recycled bottles: light, quick-drying and tough." },
  feather: { sentence: "A responsibly sourced filling in a close-woven cotton case." },
  paper: { sentence: "Good uncoated paper from a mill that runs on its own hydropower." },
  wax: { sentence: "Rapeseed and soy wax with a clean-burning cotton wick." },
  beeswax: { sentence: "Pure beeswax with its own faint scent of honey.", colour: "Honey" },
  botanicals: { sentence: "Made in small batches from plant oils, with nothing it does not need." },
  leaves: { sentence: "Whole leaves from a single harvest, packed within weeks of picking." },
  beans: { sentence: "Roasted in small batches and packed the same afternoon." },
  food: { sentence: "Made by a small producer we have known for years; no colourings, nothing artificial." },
  seed: { sentence: "Open-pollinated and untreated, tested for germination this season." },
  soil: { sentence: "Blended without peat from composted bark, wood fibre and green compost." },
  ink: { sentence: "Water-based dye ink, acid-free and easy to clean from any nib." },
} satisfies Readonly<Record<string, Material>>;

/** A material's name, as it stands in attributes. */
export type MaterialName = keyof typeof materials;

/** Words of a title that give its material away, longest names first so that "cast iron" is not taken for "iron". */
const spoken: readonly (readonly [word: string, material: MaterialName])[] = [
  ...Object.keys(materials)
    .filter(isMaterial)
    .map((name) => [name, name] as const)
    .toSorted(([a], [b]) => b.length - a.length),
  ["steel", "stainless steel"],
  ["galvanised", "zinc"],
  ["lambswool", "wool"],
  ["wicker", "willow"],
  ["woven", "willow"],
];

/** Titles that name a material of a part only. */
const namesPart = /-handled|-top|-trim|-finish|-fibre|-lidded|-wire|-filled| base | & /i;

/** @returns the material a title names, or `otherwise` */
export function materialOf(title: string, otherwise: MaterialName): MaterialName {
  if (namesPart.test(title)) return otherwise;
  const words = ` ${title.toLowerCase().replaceAll("-", " ")} `;
  return spoken.find(([word]) => words.includes(` ${word} `))?.[1] ?? otherwise;
}

/** @returns the colour that things of this material have, undefined where any will do */
export function ownColourOf(name: MaterialName): ColourName | undefined {
  const material: Material = materials[name];
  return material.colour;
}

function isMaterial(name: string): name is MaterialName {
  return name in materials;
}

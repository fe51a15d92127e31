/**
 * Draws a product as a small SVG: a soft backdrop, a shadow on the floor, and the silhouette of its kind in its
 * colour. Every picture is the same for the same product, under 2.5 kB, and free of ids, styles and script.
 */
import type { Product } from "../../../catalogue/product.ts";
import { InvalidInput } from "../../../errors.ts";
import { murmur3 } from "../../../random/hash.ts";
import { colours, type ColourName } from "../assortment/colours.ts";
import { bedAndBath } from "./bed-and-bath.ts";
import { candlesAndScent } from "./candles-and-scent.ts";
import { garden } from "./garden.ts";
import { homeAccents } from "./home-accents.ts";
import type { Silhouette } from "./ink.ts";
import { kitchen } from "./kitchen.ts";
import { lighting } from "./lighting.ts";
import { outdoorAndTravel } from "./outdoor-and-travel.ts";
import { pantry } from "./pantry.ts";
import { box, disc, ellipse } from "./pen.ts";
import { dining } from "./dining.ts";
import { stationeryAndGifts } from "./stationery-and-gifts.ts";
import { teaAndCoffee } from "./tea-and-coffee.ts";
import { backdrops, deepBackdrops, mix, shadow, toneOf } from "./tones.ts";

/** Every silhouette, by the kind of product it shows. */
export const silhouettes: ReadonlyMap<string, Silhouette> = new Map(
  [
    teaAndCoffee,
    pantry,
    kitchen,
    dining,
    homeAccents,
    candlesAndScent,
    lighting,
    bedAndBath,
    stationeryAndGifts,
    garden,
    outdoorAndTravel,
  ].flatMap((shelf) => Object.entries(shelf)),
);

/** Second colours, chosen to go with any first one. */
const accents: readonly ColourName[] = ["Mustard", "Terracotta", "Ocean", "Sage", "Rose", "Chalk", "Indigo", "Apricot"];

/** Colours that would sink into the common backdrops. */
const plainColours: ReadonlySet<string> = new Set(["Chalk", "Oat", "Stone"]);

/**
 * @param product a product of the demo shop: its kind and colours stand in its attributes
 * @param colour one of the shop's colours, for the picture of a variant; the product's first one when left out
 * @returns a complete SVG document, 200 by 200
 * @throws InvalidInput when the product is not of a kind that the demo shop sells, or the colour is not one of its own
 * @example
 * const { products } = createDemoCatalogue();
 * element.innerHTML = drawProduct(products[0]);
 */
export function drawProduct(product: Product, colour?: string): string {
  const kind = firstOf(product.attributes?.["kind"]);
  const silhouette = silhouettes.get(kind);
  if (!silhouette) throw new InvalidInput(`product ${product.id}: attributes.kind`, kind, "a kind of the demo shop");
  const name = colour ?? firstOf(product.attributes?.["colour"]);
  if (!isColour(name)) throw new InvalidInput(`product ${product.id}: colour`, name, "a colour of the demo shop");

  const hash = murmur3(product.id, 7);
  const ways = (count: number, salt: number) => murmur3(product.id, salt) % count;
  const others = accents.filter((accent) => accent !== name);
  const choice = plainColours.has(name) ? deepBackdrops : backdrops;
  const backdrop = choice[hash % choice.length];
  const marks = silhouette({
    main: toneOf(colours[name]),
    accent: toneOf(colours[others[ways(others.length, 11)]]),
    material: firstOf(product.attributes?.["material"]),
    way: (count) => ways(count, 13),
    says: (word) => product.title.includes(word),
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" role="img" aria-label="${escapeText(product.title)}">`,
    box(0, 0, 200, 200, 0, backdrop),
    disc(100, 100, 82, mix(backdrop, "#ffffff", 0.38)),
    ellipse(100, 167, 60, 8, shadow, 0.13),
    marks,
    "</svg>",
  ].join("");
}

/**
 * An SVG as a `data:` URL, escaped as little as attributes and style sheets allow.
 * @example
 * const image = pictureUrl(drawProduct(product));
 */
export function pictureUrl(svg: string): string {
  return `data:image/svg+xml,${svg.replaceAll('"', "'").replaceAll("%", "%25").replaceAll("&", "%26").replaceAll("#", "%23").replaceAll("<", "%3C").replaceAll(">", "%3E")}`;
}

function firstOf(value: string | readonly string[] | undefined): string {
  return (typeof value === "string" ? value : value?.[0]) ?? "";
}

function isColour(name: string): name is ColourName {
  return name in colours;
}

function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

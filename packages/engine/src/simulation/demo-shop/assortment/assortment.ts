/**
 * The assortment with everything the shoppers' model needs to know of a product, by product index. What a shop would
 * publish of it is `entry.product`; kind, demand and price tier are the generator's own.
 */
import type { Market, Product } from "../../../catalogue/product.ts";
import type { Random } from "../../../random/generator.ts";
import { drawProduct, pictureUrl } from "../pictures/draw.ts";
import { around, between, happens } from "../chance.ts";
import { brands, type Brand } from "./brands.ts";
import type { ColourName } from "./colours.ts";
import { departments } from "./departments.ts";
import type { Department, Kind } from "./kind.ts";
import { materialOf, materials, ownColourOf, type MaterialName } from "./materials.ts";
import { variantsOf } from "./variants.ts";

/** The shop sells to the euro area from Dublin, and to Britain. */
export const demoMarkets: readonly Market[] = [
  { id: "eu", country: "IE", currency: "EUR", locale: "en-IE", timeZone: "Europe/Dublin" },
  { id: "gb", country: "GB", currency: "GBP", locale: "en-GB", timeZone: "Europe/London" },
];

/** Where a product stands in the price range of its kind. */
export type Tier = 0 | 1 | 2;

/** One product with what the shoppers' model knows of it. */
export interface Entry {
  readonly product: Product;
  readonly department: Department;
  readonly kind: Kind;
  readonly brand: Brand;
  /** How much it is asked for, against other products. */
  readonly demand: number;
  readonly tier: Tier;
  /** Days until a household needs it again; undefined for durable things. */
  readonly lastsDays?: number;
  /** Milliseconds since 1970 from which it is sold. */
  readonly soldFrom: number;
}

/** The address of a product's picture. */
export type PictureAddress = (product: Product) => string;

/** Pictures inside the product itself, as `data:` URLs. */
export const embeddedPicture: PictureAddress = (product) => pictureUrl(drawProduct(product));

/**
 * Writes all products.
 * @param from beginning of the shop's history, milliseconds since 1970
 * @param until its end; a few products came in between
 */
export function createAssortment(
  random: Random,
  from: number,
  until: number,
  address: PictureAddress,
): readonly Entry[] {
  return departments.flatMap((department) =>
    department.kinds.flatMap((kind) =>
      kind.titles.map((title, rank) => {
        const entry = createEntry(random.fork(title), { department, kind, title, rank, from, until });
        return { ...entry, product: { ...entry.product, image: address(entry.product) } };
      }),
    ),
  );
}

/** Share of kinds whose last title came into the shop during its history. */
const newcomers = 0.5;

interface Place {
  readonly department: Department;
  readonly kind: Kind;
  readonly title: string;
  /** 0 for the bestseller of its kind. */
  readonly rank: number;
  readonly from: number;
  readonly until: number;
}

function createEntry(random: Random, { department, kind, title, rank, from, until }: Place): Entry {
  const brand = brandNamed(department.brands[random.integer(department.brands.length)]);
  const place = random.next();
  const euros = (kind.price[0] + (kind.price[1] - kind.price[0]) * place * place) * brand.level;
  const material = materialOf(title, kind.material);
  const colours = coloursOf(kind, material, rank);
  const isNew = rank === kind.titles.length - 1 && happens(random, newcomers);
  const soldFrom = isNew
    ? Math.round(between(random, from, until))
    : from - Math.round(between(random, 1, 700)) * 86_400_000;
  const id = slug(title);
  const product: Product = {
    id,
    title,
    description: [kind.intros[rank % 2], materials[material].sentence, kind.details[(rank >> 1) % 2]].join(" "),
    url: `/products/${id}`,
    brand: brand.name,
    category: [department.name, kind.shelf],
    attributes: { kind: kind.id, colour: colours, material, style: brand.style },
    publishedAt: new Date(soldFrom).toISOString(),
    variants: variantsOf(random, { id, kind, colours, rank, euros }),
  };
  return {
    product,
    department,
    kind,
    brand,
    demand: kind.demand / (rank + 1.5),
    tier: tierOf(place),
    ...(kind.lastsDays !== undefined && { lastsDays: Math.round(around(random, kind.lastsDays, kind.lastsDays / 6)) }),
    soldFrom,
  };
}

/** The colours one product comes in, its own one first. */
function coloursOf(kind: Kind, material: MaterialName, rank: number): readonly ColourName[] {
  const own = ownColourOf(material);
  if (own && kind.material !== "food") return [own];
  const choices = Math.min(kind.colourChoices ?? 1, kind.colours.length);
  return Array.from({ length: choices }, (_, step) => kind.colours[(rank + 2 * step) % kind.colours.length]).filter(
    (colour, index, all) => all.indexOf(colour) === index,
  );
}

/** Thirds of the price range; prices grow with the square of the place in it. */
function tierOf(place: number): Tier {
  if (place < 1 / 3) return 0;
  return place < 2 / 3 ? 1 : 2;
}

function brandNamed(name: string): Brand {
  const brand = brands.find((candidate) => candidate.name === name);
  if (!brand) throw new Error(`The department names a brand that does not exist: ${name}`);
  return brand;
}

/** A title as it stands in addresses: `Earl Grey Loose Tea` becomes `earl-grey-loose-tea`. */
export function slug(title: string): string {
  return title
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/['\p{Mark}]/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

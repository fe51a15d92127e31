/** How the assortment is written down: departments, and the kinds of product each of them sells. */
import type { ColourName } from "./colours.ts";
import type { MaterialName } from "./materials.ts";

/** When a kind sells best; the yearly shape of each stands in `calendar.ts`. */
export type SeasonName = "spring" | "summer" | "autumn" | "gifting";

/** What the sizes of a product are called and how each one is priced against the first. */
export interface SizeRange {
  /** Name of the variant option: "size", "weight", "set". */
  readonly name: string;
  /** Label and price factor, the smallest first. */
  readonly values: readonly (readonly [label: string, priceFactor: number])[];
}

/** One kind of product. Products of a kind are substitutes of one another: people compare them and take one. */
export interface Kind {
  /** Also the name of its picture. */
  readonly id: string;
  /** Second level of the category path. */
  readonly shelf: string;
  /** One product each, the bestseller first. */
  readonly titles: readonly string[];
  /** Opening sentences of descriptions. */
  readonly intros: readonly string[];
  /** Closing sentences: use and care. */
  readonly details: readonly string[];
  /** When no material stands in the title. */
  readonly material: MaterialName;
  readonly colours: readonly ColourName[];
  /** How many colours one product comes in. Default 1. */
  readonly colourChoices?: number;
  readonly sizes?: SizeRange;
  /** Cheapest and dearest product of the kind in euros, before the brand's own level. */
  readonly price: readonly [low: number, high: number];
  /** Sales against other kinds. */
  readonly demand: number;
  /** Share of lines that come back. */
  readonly returnRate: number;
  readonly season?: SeasonName;
  /** Days until a household needs it again. */
  readonly lastsDays?: number;
  /** Chance that more than one is bought at once. Default 0.06. */
  readonly severalAtOnce?: number;
}

/** A top-level category. */
export interface Department {
  readonly name: string;
  /** Names from `brands.ts`. */
  readonly brands: readonly string[];
  readonly kinds: readonly Kind[];
}

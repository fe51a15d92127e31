/** What a shop sells, as its developer writes it down. */
import type { Minor } from "./money.ts";

/** A place the shop sells to. The first market of a catalogue is its home market. */
export interface Market {
  readonly id: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** ISO 4217. */
  readonly currency: string;
  /** BCP 47. */
  readonly locale: string;
  /** IANA name; days are cut in it. */
  readonly timeZone: string;
}

/** One thing that can be put in a cart. */
export interface Variant {
  /** Stock-keeping unit, unique in the shop. */
  readonly id: string;
  /** What sets it apart from its siblings, for example `{ size: "M" }`. */
  readonly options?: Readonly<Record<string, string>>;
  /** Price by market id, in minor units of that market's currency. Not sold where it has none. */
  readonly prices: Readonly<Record<string, Minor>>;
  /** Cost of one unit in minor units of the home market's currency. Never leaves the private side. */
  readonly cost?: Minor;
  /** Units on hand; not tracked when left out. */
  readonly stock?: number;
}

/** Who a product may be sold to. Kept whatever a strategy or a rule asks for. */
export interface Restrictions {
  /** Years a buyer must have; no limit when left out. */
  readonly minimumAge?: number;
  /** ISO 3166-1 alpha-2: sold in these countries only; everywhere when left out. */
  readonly countries?: readonly string[];
  /** ISO 3166-1 alpha-2: not sold in these countries. */
  readonly excludedCountries?: readonly string[];
}

/** What a shopper chooses; its variants are what they buy. Recommendations are learned on products. */
export interface Product {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  readonly url?: string;
  /** Address of a picture, or a `data:` URL. */
  readonly image?: string;
  readonly brand?: string;
  /** From the root down, for example `["Kitchen", "Mugs"]`. */
  readonly category?: readonly string[];
  /** Whatever describes it: `{ colour: "blue", material: ["wood", "steel"] }`. */
  readonly attributes?: Readonly<Record<string, string | readonly string[]>>;
  /** RFC 3339. */
  readonly publishedAt?: string;
  /** False hides it from every answer. Default true. */
  readonly active?: boolean;
  /** By age and country; sold to anybody when left out. */
  readonly restrictions?: Restrictions;
  /** At least one. */
  readonly variants: readonly Variant[];
}

/** What two products have in common, as plain data from which a reason can be told to a shopper. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { InvalidInput } from "../errors.ts";
import { attributePairs } from "./content-features.ts";
import { fold, tokensOf } from "./tokens.ts";

/** Only what both products have. */
export interface CommonGround {
  /** The brand, as the second product spells it. */
  readonly brand?: string;
  /** The deepest category that holds both, from the root down. */
  readonly category?: readonly string[];
  /** Attribute values both have, as the second product spells them. */
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  /** Words of both titles, folded, in the order of the second. */
  readonly titleWords: readonly string[];
}

/**
 * @param product catalogue index, for example of what the shopper looks at
 * @param other catalogue index of what is recommended
 * @throws InvalidInput when an index is not of the catalogue
 * @example
 * matchedOn(catalogue, 0, 7); // { brand: "Alessi", category: ["Kitchen"], attributes: [], titleWords: ["kettle"] }
 */
export function matchedOn({ products }: Catalogue, product: number, other: number): CommonGround {
  for (const index of [product, other]) {
    if (!(index in products)) throw new InvalidInput("product", index, `a catalogue index below ${products.length}`);
  }
  const [one, two] = [products[product], products[other]];
  const category = sharedPath(one.category ?? [], two.category ?? []);
  const pairs = new Set(attributePairs(one).map(pairKey));
  const words = new Set(tokensOf(one.title));
  return {
    ...(one.brand && two.brand && fold(one.brand) === fold(two.brand) && { brand: two.brand }),
    ...(category.length > 0 && { category }),
    attributes: attributePairs(two)
      .filter((pair) => pairs.has(pairKey(pair)))
      .map(([name, value]) => ({ name, value })),
    titleWords: [...new Set(tokensOf(two.title))].filter((word) => words.has(word)),
  };
}

function pairKey([name, value]: readonly [string, string]): string {
  return `${fold(name)}=${fold(value)}`;
}

function sharedPath(one: readonly string[], two: readonly string[]): readonly string[] {
  const parting = two.findIndex((step, depth) => step !== one[depth]);
  return parting < 0 ? two : two.slice(0, parting);
}

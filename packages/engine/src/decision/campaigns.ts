/** What campaigns do to the score of a product. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Campaign } from "./refinement.ts";

/** By campaigns and catalogue, which never change: looking up ids once is enough. */
const prepared = new WeakMap<readonly Campaign[], { catalogue: Catalogue; factorOf: (product: number) => number }>();

/** @returns the product of the factors of all campaigns that a product takes part in; 1 for one in none */
export function campaignFactor(campaigns: readonly Campaign[], catalogue: Catalogue): (product: number) => number {
  const known = prepared.get(campaigns);
  if (known?.catalogue === catalogue) return known.factorOf;
  const factorOf = prepare(campaigns, catalogue);
  prepared.set(campaigns, { catalogue, factorOf });
  return factorOf;
}

function prepare(campaigns: readonly Campaign[], catalogue: Catalogue): (product: number) => number {
  const { ids, brands, brandOf, categories, categoryOf } = catalogue;
  const parts = campaigns.map(({ factor, ...chosen }) => ({
    factor,
    products: new Set(chosen.products?.map((id) => ids.indexOf(id))),
    brands: new Set(chosen.brands?.map((id) => brands.indexOf(id))),
    categories: new Set(chosen.categories?.map((id) => categories.indexOf(id))),
  }));
  return (product) => {
    let factor = 1;
    for (const part of parts) {
      const takesPart =
        part.products.has(product) || part.brands.has(brandOf[product]) || part.categories.has(categoryOf[product]);
      if (takesPart) factor *= part.factor;
    }
    return factor;
  };
}

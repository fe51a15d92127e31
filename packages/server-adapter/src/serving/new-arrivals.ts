/**
 * The newest products as a source of their own. Nothing is trained: it follows the catalogue as it is now, so that a
 * product published a second ago stands first.
 */
import type { Catalogue } from "@basketlift/engine/catalogue";
import { InvalidInput } from "@basketlift/engine";
import type { Source } from "@basketlift/engine/decision";
import { forbidden, type Recommender } from "@basketlift/engine/models";

/** Name of the source in strategies. */
export const newArrivals = "new-arrivals";

/** What shoppers read beside a new product. */
export const newArrivalsReason = "New in our range";

/** Newest first; products without a date of publication are not news. */
export function newArrivalsSource(catalogue: Catalogue): Source {
  let ranked: Uint32Array | undefined;
  const model: Recommender = {
    kind: newArrivals,
    productCount: catalogue.products.length,
    recommend(query, count) {
      const isForbidden = forbidden(query);
      ranked ??= byAge(catalogue);
      const products = new Uint32Array(Math.min(count, ranked.length));
      let length = 0;
      for (const product of ranked) {
        if (length === products.length) break;
        if (!isForbidden(product)) products[length++] = product;
      }
      const scores = Float64Array.from({ length }, (_, place) => 1 - place / (length + 1));
      return { products: products.subarray(0, length), scores };
    },
    explain: () => [],
    save() {
      throw new InvalidInput("model", newArrivals, "a trained model; this one follows the catalogue and has no file");
    },
  };
  // The engine has no wording of its own for news; what is in demand comes nearest. See `present.ts`.
  return { name: "trending", model };
}

function byAge({ products }: Catalogue): Uint32Array {
  const published = Float64Array.from(products, ({ publishedAt }) => Date.parse(publishedAt ?? ""));
  return Uint32Array.from(products.keys())
    .filter((product) => !Number.isNaN(published[product]))
    .sort((a, b) => published[b] - published[a] || a - b);
}

/** How long it takes to find what closes the gap to free shipping, in a large catalogue. */
import { nudgeToThreshold, priceIndexOf, readCart } from "@basketlift/engine/cart";
import { createCatalogue, marketOf } from "@basketlift/engine/catalogue";
import { createRandom } from "@basketlift/engine/random";
import type { BenchSection } from "./section.ts";
import { timeCalls, timingColumns, timingNote } from "./timing.ts";

const productCount = 100_000;
const rounds = 300;

export function benchShippingNudge(): BenchSection {
  const random = createRandom("shipping nudge");
  const catalogue = createCatalogue({
    products: Array.from({ length: productCount }, (_, index) => ({
      id: `p${index}`,
      title: `Product ${index}`,
      variants: [{ id: `p${index}-1`, prices: { default: 200 + random.integer(15_000) } }],
    })),
  });
  const market = marketOf(catalogue);
  const relevance = Float64Array.from({ length: productCount }, () => Math.max(0, random.next() * 50 - 49));
  priceIndexOf(catalogue, market);
  const cart = readCart([{ productId: "p0", quantity: 1, unitPrice: 3000 }], catalogue, market);
  const ask = (gap: number, pairs: boolean) =>
    nudgeToThreshold(
      cart,
      { amount: 3000 + gap },
      { catalogue, market },
      { pairs, relevanceOf: (product) => relevance[product] },
    );
  const row = (name: string, gapOf: (round: number) => number, pairs: boolean): string[] => {
    let overshoot = 0;
    for (let round = 0; round < 30; round++) ask(gapOf(round), pairs);
    const times = timeCalls((round) => {
      const { suggestions } = ask(gapOf(round), pairs);
      overshoot += suggestions[0].overshoot / gapOf(round);
    }, rounds);
    return [name, `${((100 * overshoot) / rounds).toFixed(1)} %`, ...times];
  };
  return {
    title: "Closing the gap to free shipping",
    conditions: [
      `${productCount.toLocaleString("en")} products from 2.00 to 152.00, one in fifty of them relevant to the shopper; three suggestions, each the best one of the products that no suggestion before it uses, by relevance against overshoot. Exact, not sampled. Prices were put in order beforehand. ${rounds} gaps a row, each another.`,
      "Overshoot: what the first suggestion goes beyond the gap, as a share of the gap, on average.",
      timingNote,
    ],
    columns: ["Suggestions", "overshoot", ...timingColumns],
    rows: [
      row("single products, gap 3.00 to 18.00", (round) => 300 + 5 * round, false),
      row("products and pairs, gap 3.00 to 18.00", (round) => 300 + 5 * round, true),
      row("products and pairs, gap 25.00 to 29.99", (round) => 2500 + round, true),
    ],
  };
}

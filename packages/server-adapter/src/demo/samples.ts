/** Ten questions that pages of this shop would ask, and the answers: what a merchant sees first. */
import type { Engine } from "@basketlift/engine";
import type { RecommendationRequest } from "@basketlift/engine/decision";

export interface Sample {
  /** Who or what the question is about, in words. */
  readonly about: string;
  readonly items: readonly { readonly title: string; readonly reason: string }[];
}

/** Items shown for each question. */
const shown = 3;

/** Five product pages, three carts and two returning customers, of the products and customers with most evidence. */
export function sampleRecommendations(engine: Engine): Sample[] {
  const [pages, carts] = [productsWithCompanions(engine, 5, 0), productsWithCompanions(engine, 6, 5)];
  const questions: { about: string; request: RecommendationRequest }[] = [
    ...pages.map((productId) => ({
      about: `On the page of ${titleOf(engine, productId)}`,
      request: { placement: "pdp", productId } as const,
    })),
    ...pairsOf(carts).map((cart) => ({
      about: `In a cart with ${cart.map((productId) => titleOf(engine, productId)).join(" and ")}`,
      request: { placement: "cart", cart: cart.map((productId) => ({ productId, quantity: 1 })) } as const,
    })),
    ...busiestCustomers(engine, 2).map((customerId) => ({
      about: `For ${/^customer/i.test(customerId) ? "" : "customer "}${customerId}, on the home page`,
      request: { placement: "homepage", customerId } as const,
    })),
  ];
  return questions.map(({ about, request }) => ({
    about,
    items: engine.recommend({ ...request, limit: shown }).items.map(({ title, reason }) => ({ title, reason })),
  }));
}

/** Products in the order of their number of baskets, those with believed companions only. */
function productsWithCompanions({ affinities, catalogue }: Engine, count: number, skip: number): string[] {
  const { productBaskets, pairsOf } = affinities;
  return Array.from(productBaskets.keys())
    .filter((product) => pairsOf.offsets[product + 1] > pairsOf.offsets[product])
    .toSorted((a, b) => productBaskets[b] - productBaskets[a])
    .slice(skip, skip + count)
    .map((product) => catalogue.ids.idOf(product));
}

function pairsOf(products: readonly string[]): string[][] {
  const pairs: string[][] = [];
  for (let i = 0; i + 1 < products.length; i += 2) pairs.push(products.slice(i, i + 2));
  return pairs;
}

function busiestCustomers({ parts }: Engine, count: number): string[] {
  const { customers, purchases } = parts.purchases;
  const size = (customer: number): number => purchases.offsets[customer + 1] - purchases.offsets[customer];
  return Array.from({ length: customers.size }, (_, customer) => customer)
    .toSorted((a, b) => size(b) - size(a) || a - b)
    .slice(0, count)
    .map((customer) => customers.idOf(customer));
}

function titleOf({ catalogue }: Engine, productId: string): string {
  return catalogue.products[catalogue.ids.indexOf(productId) ?? 0].title;
}

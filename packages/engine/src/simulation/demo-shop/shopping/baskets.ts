/** How a basket fills: the mission, finds beside it, and what each of them calls for. */
import type { Random } from "../../../random/generator.ts";
import { geometric, happens } from "../chance.ts";
import type { Complement } from "../relations/complements.ts";
import type { Wants } from "./wants.ts";

/** What every product calls for, and how strongly. */
export type Pulls = readonly (readonly { readonly product: number; readonly strength: number }[])[];

/** Nobody needs two teapots: how often a second product of a kind that is in the basket already is put back. */
export const putsSubstituteBack = 0.85;

/** Share of baskets that are a big shop, and the mean number of finds in one. */
const bigShopShare = 0.025;
const bigShopFinds = 9;
const mostFinds = 30;

export function pullsOf(productCount: number, complements: readonly Complement[]): Pulls {
  const pulls: { product: number; strength: number }[][] = Array.from({ length: productCount }, () => []);
  for (const { a, b, strength } of complements) {
    pulls[a].push({ product: b, strength });
    pulls[b].push({ product: a, strength });
  }
  return pulls;
}

/**
 * Fills one basket around a mission.
 * @param appetite mean number of finds
 * @param soldFrom when each product came into the shop
 * @returns product indices, each once, the mission first
 */
export function fillBasket(
  random: Random,
  { wants, pulls, soldFrom }: { wants: Wants; pulls: Pulls; soldFrom: Float64Array },
  mission: number,
  appetite: number,
  at: number,
): number[] {
  const basket = [mission];
  const finds = geometric(random, happens(random, bigShopShare) ? bigShopFinds : appetite, mostFinds);
  for (let i = 0; i < finds; i++) {
    const find = wants.find(random, at);
    const isSubstitute = basket.some((product) => wants.kindOf[product] === wants.kindOf[find]);
    if (basket.includes(find) || (isSubstitute && happens(random, putsSubstituteBack))) continue;
    basket.push(find);
  }
  // Only what was wanted for itself pulls, and at most one product each: complements do not chain, so that the pairs
  // that were planted are the pairs there are.
  for (const product of basket.slice()) {
    const companion = pulled(random, pulls[product]);
    if (companion !== undefined && soldFrom[companion] <= at && !basket.includes(companion)) basket.push(companion);
  }
  return basket;
}

function pulled(random: Random, partners: Pulls[number]): number | undefined {
  let ticket = random.next();
  for (const { product, strength } of partners) {
    if (ticket < strength) return product;
    ticket -= strength;
  }
  return undefined;
}

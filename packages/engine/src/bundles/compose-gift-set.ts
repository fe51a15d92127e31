/**
 * A gift set for an occasion within a budget: every slot gets its number of products, none twice, and the scores add up to
 * as much as the budget allows. A knapsack over slots, solved slot by slot on the front of (price, score) pairs that no
 * other pair beats in both: Nemhauser and Ullmann, "Discrete dynamic programming and capital allocation", Management
 * Science 15 (1969). Exact while the front is no longer than the limit, and then says so.
 */
import { type Minor, requireMinor } from "../catalogue/money.ts";
import { InvalidInput, requireInteger } from "../errors.ts";
import { checkSlots } from "./check-bundle.ts";

/** A product that can be given. */
export interface GiftChoice {
  readonly productId: string;
  readonly price: Minor;
  /** How well it suits; zero or more. */
  readonly score: number;
  /** Occasions it is for; all of them when left out. */
  readonly occasions?: readonly string[];
}

/** A part of the gift set, for example "something to drink". */
export interface GiftSlot {
  readonly id: string;
  readonly choices: readonly GiftChoice[];
  /** Products in it. */
  readonly minimum: number;
  readonly maximum: number;
}

/** What the set is for, and what it may cost. */
export interface GiftWish {
  readonly occasion?: string;
  /** The most that it may cost, minor units. */
  readonly budget: Minor;
  /** The least: a set far below the budget looks stingy. */
  readonly atLeast?: Minor;
}

/** A gift set. */
export interface GiftSet {
  readonly items: readonly { readonly slot: string; readonly productId: string; readonly price: Minor }[];
  readonly price: Minor;
  readonly score: number;
  /** Whether no other set within the budget scores higher. */
  readonly exact: boolean;
}

/** A partial set: linked backwards, so that states share what they have in common. */
interface State {
  readonly price: number;
  readonly score: number;
  readonly choice?: { readonly slot: number; readonly choice: number };
  readonly rest?: State;
}

/**
 * A product that is a choice of several slots is a choice of the first one only, and the set is not called exact.
 * @param stateLimit pairs kept for each slot and count; more are thinned out evenly over the prices
 * @returns undefined when no set fits the wish
 * @throws InvalidInput when a slot contradicts itself or an amount is no whole number of minor units
 * @example
 * const gift = composeGiftSet(slots, { occasion: "birthday", budget: 5000 });
 */
export function composeGiftSet(
  slots: readonly GiftSlot[],
  { occasion, budget, atLeast = 0 }: GiftWish,
  { stateLimit = 5000 }: { readonly stateLimit?: number } = {},
): GiftSet | undefined {
  requireInteger("stateLimit", stateLimit, 10);
  requireMinor(budget, "budget");
  requireMinor(atLeast, "atLeast");
  if (atLeast > budget) throw new InvalidInput("atLeast", atLeast, `at most the budget (${budget})`);
  checkGiftSlots(slots);
  const seen = new Set<string>();
  let exact = true;
  let front: State[] = [{ price: 0, score: 0 }];
  for (const [slot, { choices, minimum, maximum }] of slots.entries()) {
    // By count within the slot.
    let byCount: State[][] = [front];
    for (const [choice, { productId, price, score, occasions }] of choices.entries()) {
      // Which slot would use it better is not tried out.
      if (seen.has(productId)) exact = false;
      if (seen.has(productId) || (occasion !== undefined && occasions && !occasions.includes(occasion))) continue;
      seen.add(productId);
      const counts = Math.min(maximum, byCount.length);
      byCount = Array.from({ length: counts + 1 }, (_, count) => {
        const without = byCount[count] ?? [];
        const taking = (byCount[count - 1] ?? [])
          .filter((state) => state.price + price <= budget)
          .map((state): State => ({
            price: state.price + price,
            score: state.score + score,
            choice: { slot, choice },
            rest: state,
          }));
        const undominated = frontOf([...without, ...taking], atLeast);
        if (undominated.length > stateLimit) exact = false;
        return thin(undominated, stateLimit);
      });
    }
    front = frontOf(byCount.slice(minimum).flat(), atLeast);
    if (front.length > stateLimit) exact = false;
    front = thin(front, stateLimit);
  }
  const best = front
    .filter(({ price }) => price >= atLeast)
    .reduce<State | undefined>((found, state) => (found && found.score >= state.score ? found : state), undefined);
  return best && describe(best, slots, exact);
}

/** States that no other one beats in price and score. Below the least price, only equal prices are compared. */
function frontOf(states: readonly State[], atLeast: Minor): State[] {
  const sorted = states.toSorted((a, b) => a.price - b.price || b.score - a.score);
  const front: State[] = [];
  let highest = -Infinity;
  for (const state of sorted) {
    const isSamePrice = front.at(-1)?.price === state.price;
    if (state.price < atLeast ? isSamePrice : state.score <= highest) continue;
    front.push(state);
    // A dearer state may be needed to reach the least price, so cheaper ones below it rule out nothing.
    if (state.price >= atLeast) highest = Math.max(highest, state.score);
  }
  return front;
}

function thin(front: State[], limit: number): State[] {
  if (front.length <= limit) return front;
  return Array.from({ length: limit }, (_, index) => front[Math.round((index * (front.length - 1)) / (limit - 1))]);
}

function describe(best: State, slots: readonly GiftSlot[], exact: boolean): GiftSet {
  const items: GiftSet["items"][number][] = [];
  for (let state: State | undefined = best; state?.choice; state = state.rest) {
    const { id, choices } = slots[state.choice.slot];
    const { productId, price } = choices[state.choice.choice];
    items.unshift({ slot: id, productId, price });
  }
  return { items, price: best.price, score: best.score, exact };
}

function checkGiftSlots(slots: readonly GiftSlot[]): void {
  checkSlots(
    slots.map((slot) => ({ ...slot, choices: slot.choices.map(({ productId }) => productId) })),
    "slots",
  );
  for (const [index, { choices }] of slots.entries()) {
    for (const [place, { price, score }] of choices.entries()) {
      const path = `slots[${index}].choices[${place}]`;
      requireMinor(price, `${path}.price`);
      if (!(score >= 0 && score < Infinity)) throw new InvalidInput(`${path}.score`, score, "zero or more");
    }
  }
}

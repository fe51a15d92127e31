/**
 * Which products of a session speak for another one: every signal is heard from certain steps of it, and what it adds to
 * a score belongs to those. Signals of the whole session are laid to its steps as they fade, each half of the newer one.
 */
import type { HistoryStep } from "../models/history.ts";
import type { Contribution } from "../models/recommender.ts";
import { sharesOf } from "../models/shares.ts";
import type { SignalShare } from "./ranker.ts";
import { sessionVoices, type Voice } from "./voices.ts";

/** Which steps of the session a signal is heard from. */
type Heard = "newest" | "previous" | "older" | "all" | "itself";

const fade = 0.5;

/** By signal, worked out once. */
const heardFrom: ReadonlyMap<string, Heard> = new Map(
  Array.from(sessionVoices, ([signal, voice]): [string, Heard] => [signal, placeOf(signal, voice)]),
);

function placeOf(signal: string, voice: Voice): Heard {
  if (voice === "like-visits") return "all";
  if (voice === "revisit") return "itself";
  if (signal.startsWith("previous.")) return "previous";
  return signal.startsWith("older.") ? "older" : "newest";
}

/**
 * @param steps the distinct products of the session, newest first
 * @param shares what each signal adds to the score of `product`
 * @returns empty where the session plays no part in the score
 * @example
 * sessionSpeakers(recentSteps(query, productCount), product, ranker.sharesOf(query, product));
 */
export function sessionSpeakers(
  steps: readonly HistoryStep[],
  product: number,
  shares: readonly SignalShare[],
): Contribution[] {
  const added: Record<Heard, number> = { newest: 0, previous: 0, older: 0, all: 0, itself: 0 };
  for (const { signal, amount } of shares) {
    const heard = heardFrom.get(signal);
    if (heard && amount > 0) added[heard] += amount;
  }
  const amounts = new Float64Array(steps.length);
  const products = new Uint32Array(steps.length);
  const allVoices = sumOfVoices(0, steps.length);
  const olderVoices = sumOfVoices(2, steps.length);
  for (let place = 0, voice = 1; place < steps.length; place++, voice *= fade) {
    products[place] = steps[place].product;
    if (products[place] === product) amounts[place] += added.itself;
    if (place === 0) amounts[place] += added.newest;
    else if (place === 1) amounts[place] += added.previous;
    else amounts[place] += (added.older * voice) / olderVoices;
    amounts[place] += (added.all * voice) / allVoices;
  }
  return sharesOf(products, amounts);
}

/** Of the voices at places `from` to `until`, each a half of the one before: 1, 1/2, ... */
function sumOfVoices(from: number, until: number): number {
  let sum = 0;
  for (let place = from; place < until; place++) sum += fade ** place;
  return sum;
}

/**
 * Which products of a session speak for another one: every signal is heard from certain steps of it, and what it adds to
 * a score belongs to those. Signals of the whole session are laid to its steps as they fade, each half of the newer one.
 */
import type { HistoryStep } from "../models/history.ts";
import { recentSteps } from "../models/history.ts";
import type { Contribution, Query } from "../models/recommender.ts";
import { sharesOf } from "../models/shares.ts";
import type { SignalShare } from "./ranker.ts";
import { sessionVoices } from "./voices.ts";

const fade = 0.5;

/**
 * @param shares what each signal adds to the score of `product`
 * @returns empty where the session plays no part in the score
 * @example
 * sessionSpeakers(query, product, productCount, ranker.sharesOf(query, product));
 */
export function sessionSpeakers(
  query: Query,
  product: number,
  productCount: number,
  shares: readonly SignalShare[],
): Contribution[] {
  const steps = recentSteps(query, productCount);
  const amounts = new Float64Array(steps.length);
  for (const { signal, amount } of shares) {
    if (amount <= 0) continue;
    const weights = steps.map((step, place) => voiceOf(signal, step, place, product));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [place, weight] of weights.entries()) if (weight > 0) amounts[place] += (amount * weight) / total;
  }
  return sharesOf(
    steps.map((step) => step.product),
    amounts,
  );
}

/** How loud a step is in a signal, against the other steps. */
function voiceOf(signal: string, step: HistoryStep, place: number, product: number): number {
  const voice = sessionVoices.get(signal);
  if (voice === "like-visits") return fade ** place;
  if (voice === "revisit") return step.product === product ? 1 : 0;
  if (voice !== "seen-next") return 0;
  if (signal.startsWith("previous.")) return place === 1 ? 1 : 0;
  if (signal.startsWith("older.")) return place > 1 ? fade ** place : 0;
  return place === 0 ? 1 : 0;
}

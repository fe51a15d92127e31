/**
 * Which products of a session speak for another one: every signal is heard from certain steps of it, and what it adds to
 * a score belongs to those. Signals of the whole session are laid to its steps as they fade, each half of the newer one.
 */
import { recentSteps } from "../models/history.ts";
import type { Contribution, Query } from "../models/recommender.ts";
import { sharesOf } from "../models/shares.ts";
import type { SignalShare } from "./ranker.ts";
import { sessionVoices } from "./voices.ts";

/** Which steps of the session a signal is heard from. */
type Heard = "newest" | "previous" | "older" | "all" | "itself";

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
  const added: Record<Heard, number> = { newest: 0, previous: 0, older: 0, all: 0, itself: 0 };
  for (const { signal, amount } of shares) {
    const heard = heardFrom(signal);
    if (heard && amount > 0) added[heard] += amount;
  }
  const steps = recentSteps(query, productCount);
  const voices = steps.map((_, place) => fade ** place);
  const allVoices = voices.reduce((sum, voice) => sum + voice, 0);
  const olderVoices = voices.slice(2).reduce((sum, voice) => sum + voice, 0);
  const amounts = steps.map((step, place) => {
    const own = step.product === product ? added.itself : 0;
    const ofPlace = [added.newest, added.previous][place] ?? (added.older * voices[place]) / olderVoices;
    return own + ofPlace + (added.all * voices[place]) / allVoices;
  });
  return sharesOf(
    steps.map((step) => step.product),
    amounts,
  );
}

function heardFrom(signal: string): Heard | undefined {
  const voice = sessionVoices.get(signal);
  if (voice === "like-visits") return "all";
  if (voice === "revisit") return "itself";
  if (voice === undefined) return undefined;
  if (signal.startsWith("previous.")) return "previous";
  return signal.startsWith("older.") ? "older" : "newest";
}

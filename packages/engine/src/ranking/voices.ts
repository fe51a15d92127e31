/**
 * What speaks for a product, by kind: a ranker's many signals, some of which correct each other, gathered into what can
 * be said in words. Within a kind the amounts add up with their signs; kinds that speak against the product are left out.
 */
import type { SignalShare } from "./ranker.ts";

/** A kind of signals; `demand` is what sells, or is looked at, whoever asks. */
export type Voice =
  | "same-customers"
  | "bought-next"
  | "alike"
  | "habit"
  | "seen-next"
  | "like-visits"
  | "revisit"
  | "demand";

/** How much of all that speaks for a product is of one kind. */
export interface VoiceShare {
  readonly voice: Voice;
  readonly share: number;
}

/** Signals by kind; those of neither list, the priors, are demand. */
type VoiceMap = ReadonlyMap<string, Voice>;

const habits = ["owned", "times", "repeatRate", "inverseBaskets", "shareOfBaskets", "ownedAndCurrent"];
const places = ["isNewest", "isPrevious", "isThird", "isOlder", "nearness", "lengthAndSeen"];
const returns = ["repetition", "newestTwice", "returns"];
const steps = ["next", "skip", "back", "previous.next", "previous.skip", "older.skip", "older.back"];

/** Kinds of the purchase ranker's signals. */
export const purchaseVoices: VoiceMap = voiceMap([
  ["same-customers", ["together", "sameCustomers"]],
  ["bought-next", ["follows", "leadsTo", "nearLast", "walk"]],
  ["alike", ["alike", "alikeEver"]],
  ["habit", habits],
]);

/** Kinds of the session ranker's signals. */
export const sessionVoices: VoiceMap = voiceMap([
  ["seen-next", [...steps, "walk", "previous.walk"]],
  ["like-visits", ["neighbours.after", "neighbours.before", "context"]],
  ["revisit", [...places, ...returns]],
]);

function voiceMap(kinds: readonly (readonly [voice: Voice, signals: readonly string[]])[]): VoiceMap {
  return new Map(kinds.flatMap(([voice, signals]) => signals.map((signal): [string, Voice] => [signal, voice])));
}

/**
 * @param shares what each signal adds to one score, priors against the average product
 * @returns largest first; shares sum to 1. Empty where nothing speaks for the product
 * @example
 * voicesOf(ranker.signalsOf(question, product), purchaseVoices)[0].voice; // "same-customers"
 */
export function voicesOf(shares: readonly SignalShare[], kinds: VoiceMap): VoiceShare[] {
  const amounts = new Map<Voice, number>();
  for (const { signal, amount } of shares) {
    const voice = kinds.get(signal) ?? "demand";
    amounts.set(voice, (amounts.get(voice) ?? 0) + amount);
  }
  const speaking = [...amounts].filter(([, amount]) => amount > 0);
  const total = speaking.reduce((sum, [, amount]) => sum + amount, 0);
  return speaking.map(([voice, amount]) => ({ voice, share: amount / total })).sort((a, b) => b.share - a.share);
}

/**
 * What speaks for a product, by kind: a ranker's many signals, some of which correct each other, gathered into what can
 * be said in words. Within a kind the amounts add up with their signs.
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

/** One kind in a score. */
export interface VoiceShare {
  readonly voice: Voice;
  /** Of all that speaks for the product; 0 for a kind that speaks against it. */
  readonly share: number;
  /** What each signal of the kind adds to the score. */
  readonly signals: Readonly<Record<string, number>>;
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
 * @returns largest first; shares sum to 1 unless nothing speaks for the product
 * @example
 * voicesOf(ranker.signalsOf(question, product), purchaseVoices)[0].voice; // "same-customers"
 */
export function voicesOf(shares: readonly SignalShare[], kinds: VoiceMap): VoiceShare[] {
  const heard: { readonly voice: Voice; amount: number; readonly signals: Record<string, number> }[] = [];
  for (const { signal, amount } of shares) {
    const voice = kinds.get(signal) ?? "demand";
    // A handful of kinds: looking through them costs less than a map.
    const known = heard.find((kind) => kind.voice === voice);
    if (known) {
      known.amount += amount;
      known.signals[signal] = amount;
    } else heard.push({ voice, amount, signals: { [signal]: amount } });
  }
  const total = heard.reduce((sum, { amount }) => sum + Math.max(0, amount), 0);
  return heard
    .map(({ voice, amount, signals }) => ({ voice, share: total > 0 ? Math.max(0, amount) / total : 0, signals }))
    .sort((a, b) => b.share - a.share);
}

/**
 * The ledger of showings whose rewards may still come. A click takes seconds, an order days, and streams repeat and
 * overtake one another; so a showing counts once its window has closed, with all rewards that fell into the window by
 * their own clock, and in one order whatever the order of arrival. Success and failure wait alike: counting rewards as
 * they come and failures later would make every fresh arm look good (Chapelle, "Modeling delayed feedback in display
 * advertising", KDD 2014).
 */
import { InvalidInput, InvalidOption } from "../errors.ts";
import { largest } from "./observation.ts";
import type { Choice } from "./policy.ts";

/** An arm in a place, and the chance it had. */
export interface ShownArm extends Choice {
  /** As `choose` was given them; linear posteriors learn from them. */
  readonly attributes?: readonly number[];
}

/** What one choice showed. Plain JSON. */
export interface Showing {
  /** Unique: the decision's id. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** By place, first place first; one arm when one was chosen. */
  readonly slate: readonly ShownArm[];
  /** As `choose` was given it. */
  readonly context?: readonly number[];
  /** Version of the frozen policy that chose. */
  readonly version: string;
}

/** Something a shopper did after a showing. Plain JSON. */
export interface Reward {
  /** Unique: one that arrives again counts once. */
  readonly id: string;
  /** Which showing earned it. */
  readonly showingId: string;
  /** Which arm of it. May be left out when one arm was shown. */
  readonly arm?: string;
  /** When it happened, milliseconds since 1970. */
  readonly at: number;
  readonly value: number;
}

/** A showing whose window has closed. */
export interface SettledShowing extends Showing {
  /** Sum of rewards, by place. */
  readonly rewards: readonly number[];
}

/** Immutable, plain JSON. Showings and rewards stand in order of time, then id. */
export interface Ledger {
  /** How long after a showing its rewards count, milliseconds. */
  readonly window: number;
  /** Showings whose window closed by then are settled and closed for good. */
  readonly settledUntil: number;
  readonly showings: readonly Showing[];
  readonly rewards: readonly Reward[];
  readonly dropped: Dropped;
}

/** What came and was not counted. */
export interface Dropped {
  /** Showings that arrived after their window had been settled. */
  readonly lateShowings: number;
  /** Rewards that fell outside the window, or whose showing or arm never was, or was settled before. */
  readonly strayRewards: number;
}

/**
 * @param window milliseconds: as long as rewards of weight take to come. What is learnt lags behind by as much.
 * @throws InvalidOption when the window is not a positive number
 * @example
 * const ledger = createLedger({ window: 24 * 3_600_000 });
 */
export function createLedger({ window }: { window: number }): Ledger {
  if (!(window > 0 && window < Infinity))
    throw new InvalidOption("window", window, "a positive number of milliseconds");
  return { window, settledUntil: 0, showings: [], rewards: [], dropped: { lateShowings: 0, strayRewards: 0 } };
}

/**
 * Enters showings. One that is there already counts once.
 * @throws InvalidInput when an arm has no propensity, a slate is empty, or an id names two different showings
 * @example
 * const next = recordShowings(ledger, [{ id: "d1", at, slate: [policy.choose(random)], version: policy.version }]);
 */
export function recordShowings(ledger: Ledger, showings: readonly Showing[]): Ledger {
  for (const [index, showing] of showings.entries()) checkShowing(showing, `showings[${index}]`);
  const { kept, late } = enter(ledger, ledger.showings, showings, "showings", contentOfShowing);
  const lateShowings = ledger.dropped.lateShowings + late;
  return { ...ledger, showings: kept, dropped: { ...ledger.dropped, lateShowings } };
}

/**
 * Enters rewards, also before their showing is there. One that is there already counts once.
 * @throws InvalidInput when a value is not finite, an arm was not in the showing, or an id names two different rewards
 * @example
 * const next = recordRewards(ledger, [{ id: "click-7", showingId: "d1", at: Date.now(), value: 1 }]);
 */
export function recordRewards(ledger: Ledger, rewards: readonly Reward[]): Ledger {
  const known = new Map(ledger.showings.map((showing) => [showing.id, showing]));
  for (const [index, reward] of rewards.entries()) {
    checkReward(reward, known.get(reward.showingId), `rewards[${index}]`);
  }
  const { kept, late } = enter(ledger, ledger.rewards, rewards, "rewards", contentOfReward);
  const strayRewards = ledger.dropped.strayRewards + late;
  return { ...ledger, rewards: kept, dropped: { ...ledger.dropped, strayRewards } };
}

/**
 * Closes the windows that ended by `now` and hands over what was in them, in order of time, then id.
 * @param now milliseconds since 1970. Where streams arrive late, give the clock less the longest delay.
 * @throws InvalidInput when `now` lies before an earlier settling
 * @example
 * const { ledger: next, settled } = settle(ledger, Date.now());
 * const learnt = update(posterior, observationsOf(settled), Date.now());
 */
export function settle(ledger: Ledger, now: number): { readonly ledger: Ledger; readonly settled: SettledShowing[] } {
  const { window, settledUntil, dropped } = ledger;
  if (!(Number.isFinite(now) && now >= settledUntil)) {
    throw new InvalidInput("now", now, `milliseconds since 1970, not before the last settling at ${settledUntil}`);
  }
  const hasClosed = ({ at }: Entry): boolean => at + window <= now;
  const rewardsOf = Map.groupBy(ledger.rewards, ({ showingId }) => showingId);
  let counted = 0;
  const settled = ledger.showings.filter(hasClosed).map((showing) => {
    const own = (rewardsOf.get(showing.id) ?? []).filter((reward) => belongsTo(reward, showing, window));
    counted += own.length;
    return { ...showing, rewards: sumByPlace(own, showing) };
  });
  const closed = new Set(settled.map(({ id }) => id));
  const showings = ledger.showings.filter((showing) => !hasClosed(showing));
  // No showing that is still to come could have earned what came longer than a window ago.
  const rewards = ledger.rewards.filter((reward) => !closed.has(reward.showingId) && !hasClosed(reward));
  const strayRewards = dropped.strayRewards + ledger.rewards.length - counted - rewards.length;
  return {
    ledger: { ...ledger, settledUntil: now, showings, rewards, dropped: { ...dropped, strayRewards } },
    settled,
  };
}

function belongsTo(reward: Reward, showing: Showing, window: number): boolean {
  return reward.at >= showing.at && reward.at <= showing.at + window && placeOf(reward, showing) >= 0;
}

function sumByPlace(rewards: readonly Reward[], showing: Showing): number[] {
  const sums = showing.slate.map(() => 0);
  for (const reward of rewards) sums[placeOf(reward, showing)] += reward.value;
  return sums;
}

/** What showings and rewards have in common. */
interface Entry {
  readonly id: string;
  readonly at: number;
}

/** Puts entries among those that wait, each id once; those whose window is settled come too late. */
function enter<Item extends Entry>(
  { window, settledUntil }: Ledger,
  waiting: readonly Item[],
  arrived: readonly Item[],
  path: string,
  contentOf: (item: Item) => string,
): { readonly kept: Item[]; readonly late: number } {
  const known = new Map(waiting.map((item) => [item.id, item]));
  let late = 0;
  for (const [index, item] of arrived.entries()) {
    const before = known.get(item.id);
    if (before && contentOf(before) !== contentOf(item)) {
      throw new InvalidInput(`${path}[${index}].id`, item.id, "an id of its own: another entry has this one");
    }
    if (item.at + window <= settledUntil) late++;
    else known.set(item.id, before ?? item);
  }
  const kept = Array.from(known.values()).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  return { kept, late };
}

function contentOfShowing({ at, slate, version }: Showing): string {
  return JSON.stringify([at, version, slate.map(({ arm, propensity }) => [arm, propensity])]);
}

function contentOfReward({ showingId, arm, at, value }: Reward): string {
  return JSON.stringify([showingId, arm, at, value]);
}

/** Where in the slate a reward belongs, or -1. */
function placeOf({ arm }: Reward, { slate }: Showing): number {
  if (arm === undefined) return slate.length === 1 ? 0 : -1;
  return slate.findIndex((shown) => shown.arm === arm);
}

function checkShowing({ id, at, slate, version }: Showing, path: string): void {
  checkEntry({ id, at }, path);
  if (typeof version !== "string" || version === "") {
    throw new InvalidInput(`${path}.version`, version, "the version of the policy that chose");
  }
  if (slate.length === 0) throw new InvalidInput(`${path}.slate`, "[]", "at least one arm");
  const arms = new Set<string>();
  for (const [place, { arm, propensity }] of slate.entries()) {
    const at = `${path}.slate[${place}]`;
    if (!arm || arms.has(arm)) throw new InvalidInput(`${at}.arm`, arm, "a name that is not empty and not shown twice");
    arms.add(arm);
    if (!(propensity > 0 && propensity <= 1)) {
      throw new InvalidInput(`${at}.propensity`, propensity, "above 0 and up to 1, as choose() returned it");
    }
  }
}

function checkReward(reward: Reward, showing: Showing | undefined, path: string): void {
  checkEntry(reward, path);
  if (!reward.showingId)
    throw new InvalidInput(`${path}.showingId`, reward.showingId, "the id of the showing that earned it");
  if (!(Math.abs(reward.value) <= largest)) throw new InvalidInput(`${path}.value`, reward.value, "a finite number");
  if (showing && placeOf(reward, showing) < 0) {
    throw new InvalidInput(`${path}.arm`, reward.arm, `one of ${showing.slate.map(({ arm }) => arm).join(", ")}`);
  }
}

function checkEntry({ id, at }: Entry, path: string): void {
  if (typeof id !== "string" || id === "") throw new InvalidInput(`${path}.id`, id, "an id that is not empty");
  if (!Number.isFinite(at)) throw new InvalidInput(`${path}.at`, at, "milliseconds since 1970");
}

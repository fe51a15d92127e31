/**
 * Slows guessing of passwords: a few failures for one account from one address, or many for an account or an address as
 * a whole, close that way for a while. An attempt counts before it is judged, so that many at once win nothing.
 */
import { LRUCache } from "lru-cache";
import { ProblemError } from "./problem.ts";

/** Milliseconds from the first failure until all are forgotten. */
const period = 15 * 60 * 1000;
/** For one account from one address. */
const mostForPair = 5;
/** For one account from anywhere, or from one address for any account. */
const mostForOne = 30;
const mostRemembered = 20_000;

export interface LockOut {
  /** @throws ProblemError `locked-out` with `Retry-After` */
  attempt(account: string, address: string): void;
  /** The attempt was the owner's: nothing counts against this account from this address any more. */
  succeed(account: string, address: string): void;
}

interface Failures {
  readonly since: number;
  readonly count: number;
}

/** @param now milliseconds since 1970, UTC */
export function createLockOut(now: () => number): LockOut {
  const failures = new LRUCache<string, Failures>({ max: mostRemembered });
  const recent = (name: string): Failures | undefined => {
    const found = failures.get(name);
    return found !== undefined && now() - found.since < period ? found : undefined;
  };
  return {
    attempt(account, address) {
      const ways = waysOf(account, address);
      for (const { name, most } of ways) {
        const { since, count } = recent(name) ?? { since: now(), count: 0 };
        if (count < most) continue;
        const seconds = Math.max(1, Math.ceil((since + period - now()) / 1000));
        throw new ProblemError("locked-out", `Try again in ${Math.ceil(seconds / 60)} min.`, {
          headers: { "retry-after": String(seconds) },
        });
      }
      for (const { name } of ways) {
        const { since, count } = recent(name) ?? { since: now(), count: 0 };
        failures.set(name, { since, count: count + 1 });
      }
    },
    succeed(account, address) {
      const [pair, ...others] = waysOf(account, address);
      failures.delete(pair.name);
      for (const { name } of others) {
        const found = recent(name);
        if (found !== undefined) failures.set(name, { ...found, count: found.count - 1 });
      }
    },
  };
}

function waysOf(account: string, address: string) {
  const person = account.trim().toLowerCase();
  return [
    { name: JSON.stringify([person, address]), most: mostForPair },
    { name: `account ${person}`, most: mostForOne },
    { name: `address ${address}`, most: mostForOne },
  ];
}

/**
 * Token buckets: a caller may burst, and then goes on at a steady rate. In memory, and bounded: a process knows its most
 * recent callers. Headers as in draft-ietf-httpapi-ratelimit-headers.
 */
import { LRUCache } from "lru-cache";
import type { Caller } from "./services.ts";

/** Callers remembered at once; one that is forgotten starts with a full bucket. */
const mostCallers = 20_000;

export interface RatePolicy {
  /** Calls a second in the long run. */
  readonly perSecond: number;
  /** Calls at once after a rest. */
  readonly burst: number;
}

export type RatePolicies = Readonly<Record<Caller["kind"], RatePolicy>>;

/**
 * A publishable key serves all shoppers of a shop: its limit guards the server, not one shopper from another. Anonymous
 * calls, wrong keys among them, are counted by address.
 */
export const defaultRatePolicies: RatePolicies = {
  anonymous: { perSecond: 10, burst: 60 },
  storefront: { perSecond: 10_000, burst: 20_000 },
  secret: { perSecond: 10_000, burst: 20_000 },
  person: { perSecond: 50, burst: 300 },
};

export interface RateDecision {
  readonly allowed: boolean;
  /** Of the answer, allowed or not. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface RateLimiter {
  /** Counts one call. */
  take(caller: Caller, address: string): RateDecision;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** @param now milliseconds since 1970, UTC */
export function createRateLimiter(now: () => number, policies: RatePolicies = defaultRatePolicies): RateLimiter {
  const buckets = new LRUCache<string, Bucket>({ max: mostCallers });
  return {
    take(caller, address) {
      const policy = policies[caller.kind];
      const name = bucketName(caller, address);
      const time = now();
      const bucket = buckets.get(name) ?? { tokens: policy.burst, filledAt: time };
      const gained = (Math.max(0, time - bucket.filledAt) / 1000) * policy.perSecond;
      bucket.tokens = Math.min(policy.burst, bucket.tokens + gained);
      bucket.filledAt = time;
      const allowed = bucket.tokens >= 1;
      if (allowed) bucket.tokens -= 1;
      buckets.set(name, bucket);
      return { allowed, headers: headersFor(caller.kind, policy, bucket.tokens, allowed) };
    },
  };
}

function bucketName(caller: Caller, address: string): string {
  if (caller.kind === "anonymous") return `address ${address}`;
  return caller.kind === "person" ? `person ${caller.id}` : `key ${caller.keyId}`;
}

function headersFor(name: string, { perSecond, burst }: RatePolicy, tokens: number, allowed: boolean) {
  const window = Math.max(1, Math.ceil(burst / perSecond));
  const untilFull = Math.ceil((burst - tokens) / perSecond);
  return {
    "ratelimit-policy": `"${name}";q=${burst};w=${window}`,
    ratelimit: `"${name}";r=${Math.floor(tokens)};t=${untilFull}`,
    ...(!allowed && { "retry-after": String(Math.max(1, Math.ceil((1 - tokens) / perSecond))) }),
  };
}

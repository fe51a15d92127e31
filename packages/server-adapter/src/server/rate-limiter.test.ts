import { describe, expect, it } from "vitest";
import { createRateLimiter, type RatePolicy } from "./rate-limiter.ts";

const policy: RatePolicy = { perSecond: 10, burst: 3 };
const policies = { anonymous: policy, storefront: policy, secret: policy, person: policy };
const anonymous = { kind: "anonymous" } as const;

describe("the rate limiter", () => {
  it("lets a burst through, then as many as trickle in", () => {
    let now = 0;
    const limiter = createRateLimiter(() => now, policies);
    const take = () => limiter.take(anonymous, "a").allowed;
    expect([take(), take(), take(), take()]).toEqual([true, true, true, false]);
    now += 100;
    expect([take(), take()]).toEqual([true, false]);
    now += 60_000;
    expect([take(), take(), take(), take()]).toEqual([true, true, true, false]);
  });

  it("counts strangers by address and others by who they are", () => {
    const limiter = createRateLimiter(() => 0, policies);
    for (let call = 0; call < 3; call++) limiter.take(anonymous, "a");
    expect(limiter.take(anonymous, "a").allowed).toBe(false);
    expect(limiter.take(anonymous, "b").allowed).toBe(true);
    expect(limiter.take({ kind: "storefront", keyId: "k" }, "a").allowed).toBe(true);
  });

  it("is not fooled by a clock that goes back", () => {
    let now = 1000;
    const limiter = createRateLimiter(() => now, policies);
    for (let call = 0; call < 3; call++) limiter.take(anonymous, "a");
    now = 0;
    expect(limiter.take(anonymous, "a").allowed).toBe(false);
  });
});

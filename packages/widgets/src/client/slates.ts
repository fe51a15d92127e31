/**
 * Slates that were served a moment ago, kept on the device so that the next page can re-rank them instead of asking.
 * Only for places that are about the shopper, not about one product.
 */
import { isRecommendation, type AnsweredRecommendation } from "./answer.ts";
import type { DeviceStore } from "./device-store.ts";

export const slatesKey = "slates";

/** Prices and stock may have changed since: not for long. */
const lifetime = 10 * 60_000;
const capacity = 6;

interface Slate {
  readonly recommendation: AnsweredRecommendation;
  /** Milliseconds since 1970. */
  readonly servedAt: number;
}

/** @param place what the slate was served for */
export async function keepSlate(
  store: DeviceStore,
  place: string,
  recommendation: AnsweredRecommendation,
  now: number,
): Promise<void> {
  await store.update(slatesKey, (stored) => {
    const others = readSlates(stored).filter(([key, { servedAt }]) => key !== place && now - servedAt < lifetime);
    return [...others.slice(1 - capacity), [place, { recommendation, servedAt: now }]];
  });
}

export async function recallSlate(
  store: DeviceStore,
  place: string,
  now: number,
): Promise<AnsweredRecommendation | undefined> {
  const slate = readSlates(await store.read(slatesKey)).find(([key]) => key === place)?.[1];
  return slate && now - slate.servedAt < lifetime ? slate.recommendation : undefined;
}

function readSlates(stored: unknown): readonly (readonly [string, Slate])[] {
  return Array.isArray(stored) ? stored.filter(isEntry) : [];
}

function isEntry(value: unknown): value is readonly [string, Slate] {
  if (!Array.isArray(value) || typeof value[0] !== "string") return false;
  const slate: unknown = value[1];
  return (
    typeof slate === "object" &&
    slate !== null &&
    "servedAt" in slate &&
    typeof slate.servedAt === "number" &&
    "recommendation" in slate &&
    isRecommendation(slate.recommendation)
  );
}

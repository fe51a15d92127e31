/** What a shopper looked at and put in the cart, kept on their device with their consent and shown to nobody but the answer. */
import type { DeviceStore } from "./device-store.ts";
import { sessionRest } from "./identity.ts";

export interface Remembered {
  readonly productId: string;
  readonly kind: "view" | "add-to-cart";
  /** Milliseconds since 1970. */
  readonly at: number;
}

export const memoryKey = "memory";

/** What a session says about its next step lies in its last steps. */
const capacity = 100;
const lifetime = 30 * 86_400_000;

/** Adds a step, and forgets those that are too many or too old. */
export async function remember(store: DeviceStore, step: Remembered): Promise<void> {
  await store.update(memoryKey, (stored) =>
    [...readSteps(stored), step].filter(({ at }) => step.at - at < lifetime).slice(-capacity),
  );
}

/**
 * The products of the running session, oldest first, each where it was met last.
 * @param now a rest of half an hour before it ends the session
 */
export async function recallSession(store: DeviceStore, now: number): Promise<readonly string[]> {
  const steps = readSteps(await store.read(memoryKey));
  const session = new Set<string>();
  let next = now;
  for (const { productId, at } of steps.toReversed()) {
    if (next - at >= sessionRest) break;
    next = at;
    session.add(productId);
  }
  return [...session].toReversed();
}

function readSteps(stored: unknown): readonly Remembered[] {
  return Array.isArray(stored) ? stored.filter(isStep) : [];
}

function isStep(value: unknown): value is Remembered {
  return (
    typeof value === "object" &&
    value !== null &&
    "productId" in value &&
    typeof value.productId === "string" &&
    "at" in value &&
    typeof value.at === "number"
  );
}

/** What was looked at in this visit, oldest first. It stays in this tab: it goes nowhere, and ends with it. */
import { signal, type ReadonlySignal } from "@preact/signals";

export interface Visit {
  /** Product ids; one looked at again moves to the end. */
  readonly viewed: ReadonlySignal<readonly string[]>;
  view(productId: string): void;
}

const key = "basketlift-visit";

/** What a session says about its next step lies in its last steps. */
const longestMemory = 30;

/** @param storage where the visit outlives a reload; the page's own session storage by default */
export function createVisit(storage: Storage | undefined = sessionStorageOf(window)): Visit {
  const viewed = signal<readonly string[]>(read(storage));
  return {
    viewed,
    view(productId) {
      viewed.value = [...viewed.value.filter((id) => id !== productId), productId].slice(-longestMemory);
      storage?.setItem(key, JSON.stringify(viewed.value));
    },
  };
}

/** Browsers may refuse storage; the visit then lasts until the next reload. */
function sessionStorageOf(window: Window): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

function read(storage: Storage | undefined): readonly string[] {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(key) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

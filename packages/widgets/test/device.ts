/** Devices for tests: with IndexedDB where the test runs in a browser, in memory elsewhere. */
import { createDeviceStore, createMemoryStore, type DeviceStore } from "../src/client/device-store.ts";

export const hasDatabase = "indexedDB" in globalThis;

let count = 0;

/** A name that no other test uses. */
export function databaseName(): string {
  return `basketlift-test-${++count}-${crypto.getRandomValues(new Uint32Array(1))[0]}`;
}

/** Opens the same device as often as a test wants, as pages of one shop do. */
export function createDevice(): () => DeviceStore {
  if (!hasDatabase) {
    const store = createMemoryStore();
    return () => store;
  }
  const name = databaseName();
  return () => createDeviceStore(name);
}

/** HMAC-SHA-256 with a key that is prepared once: with raw bytes each answer would pay for that again, ten times the rest. */
import { createHmac, createSecretKey, type KeyObject } from "node:crypto";

const prepared = new WeakMap<Uint8Array, KeyObject>();

/** @param key bytes that never change */
export function macOf(text: string, key: Uint8Array): Buffer {
  return createHmac("sha256", preparedKey(key)).update(text).digest();
}

function preparedKey(key: Uint8Array): KeyObject {
  const known = prepared.get(key) ?? createSecretKey(key);
  prepared.set(key, known);
  return known;
}

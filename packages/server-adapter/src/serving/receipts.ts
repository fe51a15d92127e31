/**
 * The signature a page gets with its recommendation and sends back with its events: an HMAC over the decision's id and
 * visitor. It vouches that this server made this decision for this visitor, and costs a few microseconds.
 */
import { timingSafeEqual } from "node:crypto";
import { macOf } from "../server/mac.ts";

/**
 * @param key at least 32 bytes, known to the server only
 * @example
 * const signature = signDecision(receipt.decisionId, request.visitorId, secrets.receiptKey);
 */
export function signDecision(decisionId: string, visitorId: string | undefined, key: Uint8Array): string {
  return macOfDecision(decisionId, visitorId, key).toString("base64url");
}

/** Whether the signature was made for this decision and visitor. Takes the same time for every mismatch. */
export function verifyDecision(
  decisionId: string,
  visitorId: string | undefined,
  signature: string,
  key: Uint8Array,
): boolean {
  const expected = macOfDecision(decisionId, visitorId, key);
  const given = Buffer.from(signature, "base64url");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function macOfDecision(decisionId: string, visitorId: string | undefined, key: Uint8Array): Buffer {
  return macOf(JSON.stringify([decisionId, visitorId ?? null]), key);
}

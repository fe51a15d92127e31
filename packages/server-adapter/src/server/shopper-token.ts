/**
 * Shopper tokens: the shop's own server vouches for one customer for a while, so that a page may ask for that customer's
 * picks. `base64url(payload).base64url(HMAC-SHA-256)`; the shop and Basketlift share the secret.
 */
import { timingSafeEqual } from "node:crypto";
import { macOf } from "./mac.ts";
import { ProblemError } from "./problem.ts";

/** A token lives an hour unless the shop says otherwise. */
const defaultLifetime = 3600;

/** Longer ones are refused unread. */
const longestToken = 2000;

export interface ShopperTokenOptions {
  /** Seconds the token is valid. */
  readonly lifetime?: number;
  /** Milliseconds since 1970, UTC. */
  readonly now?: number;
}

/**
 * Signs a token. Shops call this on their server after the customer signed in, and hand the token to the page.
 * @param secret shared with the Basketlift server, at least 32 bytes
 * @example
 * const token = signShopperToken("customer-17", secret);
 */
export function signShopperToken(
  customerId: string,
  secret: Uint8Array,
  { lifetime = defaultLifetime, now = Date.now() }: ShopperTokenOptions = {},
): string {
  requireSecret(secret);
  const payload = { customerId, expires: Math.floor(now / 1000) + lifetime };
  const encoded = Buffer.from(JSON.stringify(payload)).toString("base64url");
  return `${encoded}.${macOf(encoded, secret).toString("base64url")}`;
}

/**
 * @param now milliseconds since 1970, UTC
 * @returns the customer the shop vouches for
 * @throws ProblemError `invalid-shopper-token` when it was not signed with this secret, or has expired
 */
export function verifyShopperToken(token: string, secret: Uint8Array, now: number = Date.now()): string {
  requireSecret(secret);
  const [encoded, signature, ...rest] = token.length > longestToken ? [] : token.split(".");
  if (!encoded || !signature || rest.length > 0) throw refused("It is not of the form payload.signature.");
  const expected = macOf(encoded, secret);
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw refused("It was not signed with the secret that the shop and Basketlift share.");
  }
  const { customerId, expires } = readPayload(encoded);
  if (expires * 1000 <= now) throw refused("It has expired; the shop must sign a new one.");
  return customerId;
}

function readPayload(encoded: string): { readonly customerId: string; readonly expires: number } {
  const payload: unknown = JSON.parse(Buffer.from(encoded, "base64url").toString());
  if (typeof payload === "object" && payload !== null && "customerId" in payload && "expires" in payload) {
    const { customerId, expires } = payload;
    if (typeof customerId === "string" && customerId !== "" && typeof expires === "number") {
      return { customerId, expires };
    }
  }
  throw refused('Its payload is not { "customerId": string, "expires": seconds since 1970 }.');
}

function refused(why: string): ProblemError {
  return new ProblemError("invalid-shopper-token", `The shopper token is not valid. ${why}`);
}

function requireSecret(secret: Uint8Array): void {
  if (secret.length < 32) throw new TypeError(`A shopper secret has at least 32 bytes, not ${secret.length}.`);
}

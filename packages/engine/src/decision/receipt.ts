/**
 * Receipts: what was decided, on what ground, and with what chance, so that any decision can be replayed bit for bit
 * and its effect measured. A receipt is plain JSON; its signature is an HMAC-SHA-256 over its canonical form.
 */
import { hashColumns } from "../random/hash.ts";
import { InvalidInput } from "../errors.ts";
import type { Arm } from "./context.ts";
import type { RecommendationRequest } from "./request.ts";
import type { RuleEffect } from "./ruling.ts";
import type { ScoredPool } from "./scored-pool.ts";

/** How a decision ended; only `served` and `degraded` show anything. */
export type Status = "served" | "holdout" | "nothing-worth-showing" | "ineligible" | "degraded";

/** One position of a slate as it was decided, also when a holdout kept it from being shown. */
export interface ReceiptItem {
  readonly productId: string;
  readonly variantId: string;
  /** Probability of this item here, given the positions before it. */
  readonly propensity: number;
}

/** What a shadow strategy would have shown. Nobody was shown it. */
export interface ShadowReceipt {
  readonly strategy: { readonly id: string; readonly version: number };
  readonly poolHash: string;
  readonly slate: readonly ReceiptItem[];
  readonly overlap: {
    /** Products in both slates. */
    readonly shared: number;
    /** Products in either. */
    readonly either: number;
    /** Places that hold the same product in both. */
    readonly samePlace: number;
  };
}

/** What was decided, and all that is needed to decide it again. */
export interface Receipt {
  readonly decisionId: string;
  /** RFC 3339. */
  readonly decidedAt: string;
  readonly request: RecommendationRequest;
  readonly status: Status;
  readonly arm: Arm;
  readonly strategy: { readonly id: string; readonly version: number };
  /** Version of everything the decision stood on. */
  readonly stateVersion: string;
  /** Of the sampling; the decision id serves as its seed. */
  readonly seed: string;
  /** Over products and scores of the pool the slate was drawn from. */
  readonly poolHash: string;
  readonly poolSize: number;
  readonly slate: readonly ReceiptItem[];
  /** The merchant's rules that did something; absent where none did. */
  readonly rules?: readonly RuleEffect[];
  /** Absent where the strategy has no shadow. */
  readonly shadow?: ShadowReceipt;
}

/** A hash that changes with any product, score or order of the pool. */
export function hashPool({ products, scores }: ScoredPool): string {
  return hashColumns([products, scores]);
}

/**
 * Signs a receipt, so that a shop can trust one that comes back from a browser.
 * @param secret at least 16 bytes, kept by the server
 * @returns 64 hexadecimal digits
 * @example
 * const signature = await signReceipt(recommendation.receipt, secret);
 * await verifyReceipt(recommendation.receipt, signature, secret); // true
 */
export async function signReceipt(receipt: Receipt, secret: Uint8Array<ArrayBuffer>): Promise<string> {
  const key = await importKey(secret, "sign");
  const signature = await crypto.subtle.sign("HMAC", key, canonicalBytes(receipt));
  return Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Whether `signature` was made for exactly this receipt with this secret. Takes the same time for every mismatch.
 * @example
 * if (!(await verifyReceipt(receipt, signature, secret))) throw new Error("This receipt was altered.");
 */
export async function verifyReceipt(
  receipt: Receipt,
  signature: string,
  secret: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  if (!/^[0-9a-f]{64}$/.test(signature)) return false;
  const key = await importKey(secret, "verify");
  const bytes = Uint8Array.from(signature.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return crypto.subtle.verify("HMAC", key, bytes, canonicalBytes(receipt));
}

function importKey(secret: Uint8Array<ArrayBuffer>, use: "sign" | "verify"): Promise<CryptoKey> {
  if (secret.length < 16) throw new InvalidInput("secret", `${secret.length} bytes`, "at least 16 bytes");
  return crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, [use]);
}

function canonicalBytes(receipt: Receipt): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalText(receipt));
}

/**
 * JSON with sorted keys: two parts of receipts that are equal have equal texts, however they travelled. Databases give
 * keys back in an order of their own.
 * @example
 * canonicalText({ b: 1, a: 2 }); // '{"a":2,"b":1}'
 */
export function canonicalText(part: unknown): string | undefined {
  return JSON.stringify(part, (_, value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

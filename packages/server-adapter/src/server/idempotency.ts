/**
 * `Idempotency-Key`: a request that is sent again gets the answer of the first time, and its work is done once. Answers
 * are remembered for a day, for each caller apart.
 */
import { hash } from "node:crypto";
import { and, eq, lt } from "drizzle-orm";
import { idempotentAnswers } from "../database/schema.ts";
import { ProblemError } from "./problem.ts";
import type { Caller, Database } from "./services.ts";

const remembered = 24 * 3600 * 1000;
/** A request that has not been answered by then died with its process; the next one does its work. */
const abandoned = 60_000;
/** Status of a row whose request still runs. */
const running = 0;
const longestKey = 200;

export interface RememberedAnswer {
  readonly status: number;
  readonly answer: unknown;
}

export interface IdempotentRequest {
  readonly key: string;
  readonly caller: Caller;
  /** Whatever makes the request this one and no other: method, path, body. */
  readonly content: readonly string[];
}

/**
 * @param work does the request's work; runs at most once for a key while its answer is remembered
 * @throws ProblemError `idempotency-mismatch` when the key was used for another request, `conflict` while the first one
 * still runs
 */
export async function answerOnce(
  db: Database,
  { key, caller, content }: IdempotentRequest,
  now: number,
  work: () => Promise<RememberedAnswer>,
): Promise<RememberedAnswer> {
  if (key.length > longestKey) {
    throw new ProblemError("invalid-request", `An Idempotency-Key has at most ${longestKey} characters.`);
  }
  const row = hash("sha256", JSON.stringify([identityOf(caller), key]));
  const requestSha256 = hash("sha256", JSON.stringify(content));
  await forget(db, row, now);
  const claimed = await db
    .insert(idempotentAnswers)
    .values({ key: row, requestSha256, status: running, answer: {}, createdAt: new Date(now) })
    .onConflictDoNothing()
    .returning({ key: idempotentAnswers.key });
  if (claimed.length === 0) return recall(db, row, requestSha256);
  try {
    const { status, answer } = await work();
    await db.update(idempotentAnswers).set({ status, answer }).where(eq(idempotentAnswers.key, row));
    return { status, answer };
  } catch (error) {
    // A failure is not an answer: the caller may try again with the same key.
    await db.delete(idempotentAnswers).where(eq(idempotentAnswers.key, row));
    throw error;
  }
}

/** Drops this key's answer when it is too old or was never given, and all answers that are too old. */
async function forget(db: Database, row: string, now: number): Promise<void> {
  const unfinished = and(eq(idempotentAnswers.key, row), eq(idempotentAnswers.status, running));
  await db.delete(idempotentAnswers).where(and(unfinished, lt(idempotentAnswers.createdAt, new Date(now - abandoned))));
  await db.delete(idempotentAnswers).where(lt(idempotentAnswers.createdAt, new Date(now - remembered)));
}

async function recall(db: Database, row: string, requestSha256: string): Promise<RememberedAnswer> {
  const [found] = await db.select().from(idempotentAnswers).where(eq(idempotentAnswers.key, row));
  if (found !== undefined && found.requestSha256 !== requestSha256) {
    throw new ProblemError(
      "idempotency-mismatch",
      "This Idempotency-Key was used for another request; make a new one.",
    );
  }
  if (found === undefined || found.status === running) {
    throw new ProblemError("conflict", "The first request with this Idempotency-Key still runs.", {
      headers: { "retry-after": "1" },
    });
  }
  return { status: found.status, answer: found.answer };
}

function identityOf(caller: Caller): string {
  switch (caller.kind) {
    case "anonymous":
      return "anonymous";
    case "person":
      return `person ${caller.id}`;
    case "storefront":
    case "secret":
      return `key ${caller.keyId}`;
  }
}

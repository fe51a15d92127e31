/**
 * The protocol of session recommendation, "given 1 to n - 1": every prefix of every test session is asked for the very
 * next product. Ludewig et al., "Empirical analysis of session-based recommendation algorithms", UMUAI 2020.
 */
import { InvalidInput, requireNumber } from "../errors.ts";
import { countBelow } from "../matrix/bisect.ts";
import { columnSizes, rowOf, type Incidence } from "../matrix/sparse.ts";
import type { SessionData } from "../sequences/index.ts";
import { amongRows } from "./leaks.ts";
import type { Question, Questions } from "./question.ts";
import { rowsBetween } from "./row-range.ts";
import type { Split } from "./split.ts";

/** Sessions to learn from, and sessions to be asked about. */
export interface SessionParts {
  readonly train: SessionData;
  /** Sessions x products in the order of events, repetitions kept. */
  readonly test: Incidence;
}

/** What may be answered. */
export interface PrefixOptions {
  /**
   * `all` products as session-rec allows, `all-but-newest` as Serenade does, or only those the session has not seen. A
   * next product that may not be answered is a miss, as in both.
   */
  readonly mayAnswer?: "all" | "all-but-newest" | "unseen";
}

/**
 * @throws InvalidInput when the parts differ in their number of products
 * @example
 * const split = givenPrefixes({ train: { sessions, sessionEndedAt }, test });
 * const model = await trainVmisKnn(split.training);
 */
export function givenPrefixes(
  { train, test }: SessionParts,
  { mayAnswer = "all" }: PrefixOptions = {},
): Split<SessionData> {
  const { sessions } = train;
  if (test.columns !== sessions.columns) {
    throw new InvalidInput("test.columns", test.columns, `${sessions.columns}, as in the training part`);
  }
  const { findLeak } = amongRows(sessions);
  return {
    protocol: `every prefix of every session, the very next product; whole catalogue ranked, ${answerable[mayAnswer]}`,
    training: train,
    productCount: sessions.columns,
    popularity: { counts: columnSizes(sessions), among: sessions.indices.length },
    questions: prefixQuestions(test, mayAnswer),
    leftOut: { sessionsOfOne: countShort(test) },
    findLeak: (learnedFrom) => findLeak(learnedFrom.sessions),
  };
}

/**
 * The same on the newest sessions: the last share of them is asked about, the rest learned from. Applied to a training
 * part it makes the validation part.
 * @param data sessions in the order of their end
 * @throws InvalidOption unless 0 < share < 1
 * @example
 * const validation = newestSessions(split.training, { share: 0.1 });
 */
export function newestSessions(
  data: SessionData,
  { share = 0.1, ...options }: PrefixOptions & { readonly share?: number } = {},
): Split<SessionData> {
  requireNumber("share", share, Number.MIN_VALUE, 1 - Number.EPSILON);
  const kept = data.sessions.rows - Math.floor(data.sessions.rows * share);
  const { sessionEndedAt } = data;
  const train: SessionData = {
    sessions: rowsBetween(data.sessions, 0, kept),
    sessionEndedAt: Array.from({ length: kept }, (_, session) => sessionEndedAt[session]),
  };
  return givenPrefixes({ train, test: rowsBetween(data.sessions, kept, data.sessions.rows) }, options);
}

const answerable = {
  all: "seen products too",
  "all-but-newest": "all but the newest product",
  unseen: "products of the session masked",
} as const;

function prefixQuestions(test: Incidence, mayAnswer: keyof typeof answerable): Questions {
  const begins = new Uint32Array(test.rows + 1);
  for (let session = 0; session < test.rows; session++) {
    begins[session + 1] = begins[session] + Math.max(0, rowOf(test, session).length - 1);
  }
  return {
    length: begins[test.rows],
    at(index): Question {
      const unit = countBelow(begins, index + 1) - 1;
      const session = rowOf(test, unit);
      const next = 1 + index - begins[unit];
      const history = session.subarray(0, next);
      const exclude = mayAnswer === "all-but-newest" ? new Set([session[next - 1]]) : new Set<number>();
      return { query: { history, exclude, repeats: mayAnswer !== "unseen" }, relevant: new Set([session[next]]), unit };
    },
  };
}

function countShort(test: Incidence): number {
  let short = 0;
  for (let session = 0; session < test.rows; session++) if (rowOf(test, session).length < 2) short++;
  return short;
}

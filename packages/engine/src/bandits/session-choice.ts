/**
 * One choice a session: for arms that a shopper should not see change between two pages, such as strategies or the
 * layout of a placement. The session keeps its first choice with the propensity and version it was made with, and is
 * one showing in the ledger.
 */
import { createRandom } from "../random/generator.ts";
import type { Situation } from "./beliefs.ts";
import type { Choice, Policy } from "./policy.ts";

/** What a session keeps. Plain JSON. */
export interface SessionChoice extends Choice {
  /** Version of the frozen policy that chose. */
  readonly version: string;
}

/**
 * The session's choice: the one it holds as long as that arm may be shown, or else a new one. Equal sessions choose
 * equally under one frozen version, on every replica, before anything is stored.
 * @param held what an earlier call gave this session
 * @throws InvalidInput as the policy does
 * @example
 * const strategy = chooseForSession(policy, sessionId, session.strategy);
 */
export function chooseForSession(
  policy: Policy,
  sessionId: string,
  held?: SessionChoice,
  situation: Situation = {},
): SessionChoice {
  const eligible = situation.eligible ?? policy.arms;
  if (held && policy.arms.includes(held.arm) && eligible.includes(held.arm)) return held;
  const choice = policy.choose(createRandom(sessionId).fork(policy.version), situation);
  return { ...choice, version: policy.version };
}

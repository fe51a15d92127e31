/**
 * Frozen policies: a posterior and a rule as they stand in one minute, under one version. Every replica and every
 * device that holds the same version gives every arm the same chance, and a logged choice can be replayed from it.
 */
import { InvalidInput } from "../errors.ts";
import { hashColumns } from "../random/hash.ts";
import { bytesOf, sortedFields, versionOf, type Posterior } from "./posterior.ts";
import { completeRule, type FullRule, type Rule } from "./rule.ts";
import { fade } from "./update.ts";

/** Plain JSON: publish it, send it to a worker, keep it beside the log. */
export interface FrozenPolicy {
  readonly posterior: Posterior;
  readonly rule: FullRule;
  /** Start of the minute, milliseconds since 1970. */
  readonly frozenAt: number;
  /** Hash of all of this, and the seed of the policy's draws. */
  readonly version: string;
}

const minute = 60_000;

/**
 * Freezes beliefs for a minute. A later minute has a version, and so draws, of its own, even when nothing was learnt.
 * @param now milliseconds since 1970
 * @throws InvalidInput when the rule has a number out of range or does not fit the posterior
 * @example
 * const frozen = freeze(posterior, { kind: "thompson" }, Date.now());
 */
export function freeze(posterior: Posterior, rule: Rule, now: number): FrozenPolicy {
  if (!Number.isFinite(now)) throw new InvalidInput("now", now, "milliseconds since 1970");
  const frozenAt = Math.floor(now / minute) * minute;
  const content = { posterior: fade(posterior, frozenAt), rule: completeRule(rule, posterior), frozenAt };
  return { ...content, version: nameOf(content) };
}

/**
 * Whether a frozen policy is what its versions say.
 * @throws InvalidInput when it was altered on its way
 */
export function checkFrozen(frozen: FrozenPolicy): void {
  const { posterior, version } = frozen;
  const expected = "the hash of its content; this one was altered or cut off: fetch it again";
  if (versionOf(posterior) !== posterior.version)
    throw new InvalidInput("posterior.version", posterior.version, expected);
  if (nameOf(frozen) !== version) throw new InvalidInput("version", version, expected);
}

function nameOf({ posterior, rule, frozenAt }: Omit<FrozenPolicy, "version">): string {
  return hashColumns([bytesOf([posterior.version, sortedFields(rule), frozenAt])]);
}

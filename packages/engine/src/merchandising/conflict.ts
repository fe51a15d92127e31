/** What can be wrong between rules, as it is reported. */

/**
 * What is wrong.
 * - `never-reachable`: no request can match the rule any more.
 * - `no-effect`: an action is about products that cannot exist.
 * - `shadowed`: whenever the rule matches, rules that come first take what it wants.
 * - `contradictory`: two actions that apply at once undo one another.
 * - `tie`: two rules of one priority want the same and can match at once; only their order decides.
 */
export type ConflictType = "never-reachable" | "no-effect" | "shadowed" | "contradictory" | "tie";

/** One thing that is wrong, with a way out. */
export interface Conflict {
  readonly type: ConflictType;
  /** Ids: first the rule to look at, then the one it quarrels with. */
  readonly rules: readonly string[];
  /** Where in the first rule, for example `actions[1]`. */
  readonly path: string;
  /** What is wrong, in a sentence. */
  readonly words: string;
  /** What to do, in a sentence. */
  readonly advice: string;
}

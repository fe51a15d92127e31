/** What the merchant's rules ask of one decision, ready for the steps that do it. */
import type { Directives } from "../merchandising/index.ts";
import type { Cap } from "./caps.ts";
import type { Eligibility } from "./eligibility.ts";

/** What one rule asked of a decision, for the receipt. */
export interface RuleEffect {
  readonly rule: string;
  /** Types of its actions. A pin that lost its place to another, or a strategy that did, is not among them. */
  readonly did: readonly string[];
}

/** An offer of the shop that a rule shows beside an answer. */
export interface RuleOffer {
  readonly rule: string;
  readonly offer: string;
  /** Whether it belongs to this product of the answer; the whole answer, when left out. */
  readonly covers?: (product: number) => boolean;
}

export interface Ruling {
  /** As the rules gave it; absent where there are no rules. */
  readonly directives?: Directives;
  /** Id of the strategy to decide by instead. */
  readonly strategy?: string | undefined;
  /** What the score of a product is multiplied by. */
  readonly factorOf?: ((product: number) => number) | undefined;
  /** What has to hold besides everything else. */
  readonly admission?: Eligibility | undefined;
  /** Products by the place, from 0, that they are put into. */
  readonly pins: ReadonlyMap<number, number>;
  /** Unlike the caps of a strategy, these hold even where they leave places empty. */
  readonly caps: readonly Cap[];
  readonly offers: readonly RuleOffer[];
  readonly effects: readonly RuleEffect[];
}

/** Where no rule matches. */
export const noRuling: Ruling = { pins: new Map(), caps: [], offers: [], effects: [] };

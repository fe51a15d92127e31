/** Why a condition holds of a request, or why it does not: the tree again, with what each comparison found. */
import type { Condition } from "./condition.ts";
import type { Field } from "./field.ts";
import { createLeafTest, type FieldValue } from "./leaf-test.ts";
import { readerOf, type Scene } from "./read-facts.ts";
import { conditionWords, factWords } from "./words.ts";

/** A condition with its outcome. */
export type ConditionExplanation =
  | {
      readonly type: "all" | "any" | "not";
      readonly holds: boolean;
      readonly words: string;
      readonly parts: readonly ConditionExplanation[];
    }
  | {
      readonly type: "comparison";
      readonly holds: boolean;
      readonly words: string;
      readonly field: Field;
      /** What the request says; left out when it says nothing. */
      readonly actual?: FieldValue;
    };

/** Why a rule applies or does not. */
export interface RuleExplanation {
  readonly rule: string;
  readonly applies: boolean;
  /** Sentences, one for each thing that stands in the way; empty when the rule applies. */
  readonly reasons: readonly string[];
  readonly condition: ConditionExplanation;
}

/** Walks the whole tree without any short cut; what is compiled must agree with it. */
export function explainCondition(condition: Condition, scene: Scene): ConditionExplanation {
  const words = conditionWords(condition);
  if ("all" in condition) {
    const parts = condition.all.map((part) => explainCondition(part, scene));
    return { type: "all", holds: parts.every(({ holds }) => holds), words, parts };
  }
  if ("any" in condition) {
    const parts = condition.any.map((part) => explainCondition(part, scene));
    return { type: "any", holds: parts.some(({ holds }) => holds), words, parts };
  }
  if ("not" in condition) {
    const part = explainCondition(condition.not, scene);
    return { type: "not", holds: !part.holds, words, parts: [part] };
  }
  const actual = readerOf(condition.field)(scene);
  const holds = createLeafTest(condition)(actual, scene.facts.at);
  const { field } = condition;
  return { type: "comparison", holds, words, field, ...(actual !== undefined && { actual }) };
}

/**
 * @param wanted what the condition ought to have been; its opposite is explained
 * @returns a sentence for each comparison that is to blame, each once
 */
export function blame(explanation: ConditionExplanation, wanted = true): readonly string[] {
  if (explanation.holds === wanted) return [];
  if (explanation.type === "comparison") return [blameComparison(explanation, wanted)];
  if (explanation.parts.length === 0) return ["The rule asks for the opposite of always, which never holds."];
  const inner = explanation.type === "not" ? !wanted : wanted;
  return [...new Set(explanation.parts.flatMap((part) => blame(part, inner)))];
}

function blameComparison(
  { field, actual, words }: Extract<ConditionExplanation, { type: "comparison" }>,
  wanted: boolean,
): string {
  const fact = factWords(field, actual);
  return `${fact.charAt(0).toUpperCase()}${fact.slice(1)}; needed: ${wanted ? words : `not (${words})`}.`;
}

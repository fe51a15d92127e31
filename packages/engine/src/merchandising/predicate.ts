/**
 * Conditions compiled for one question after another. Equal comparisons of all rules are one comparison, and a field is
 * read once a question, however many rules ask for it.
 */
import type { Condition, Leaf } from "./condition.ts";
import type { Field } from "./field.ts";
import { createLeafTest, type FieldValue, type LeafTest } from "./leaf-test.ts";
import { readerOf, type Scene } from "./read-facts.ts";

/** Holds or not, of the question that was begun last. */
export type Predicate = () => boolean;

export interface PredicateCompiler {
  compile(condition: Condition): Predicate;
  /** What a field is in the question that was begun last. */
  reading(field: Field): () => FieldValue | undefined;
  /** Begins a question; what was read of the last one is forgotten. */
  begin(scene: Scene): void;
}

export function createPredicateCompiler(): PredicateCompiler {
  let scene: Scene | undefined;
  let question = 0;
  const leaves = new Map<string, Predicate>();
  const readings = new Map<Field, () => FieldValue | undefined>();

  /** Remembers an answer for as long as the question lasts. */
  function once<Value>(answer: (scene: Scene) => Value, blank: Value): () => Value {
    let answered = 0;
    let value = blank;
    return () => {
      if (answered !== question && scene) {
        value = answer(scene);
        answered = question;
      }
      return value;
    };
  }

  function reading(field: Field): () => FieldValue | undefined {
    const known = readings.get(field) ?? once<FieldValue | undefined>(readerOf(field), undefined);
    readings.set(field, known);
    return known;
  }

  function compileLeaf(leaf: Leaf): Predicate {
    const key = leafKey(leaf);
    const known = leaves.get(key);
    if (known) return known;
    const test: LeafTest = createLeafTest(leaf);
    const read = reading(leaf.field);
    const predicate = once(({ facts }) => test(read(), facts.at), false);
    leaves.set(key, predicate);
    return predicate;
  }

  function compile(condition: Condition): Predicate {
    if ("all" in condition) {
      const parts = condition.all.map(compile);
      return parts.length === 1 ? parts[0] : () => parts.every((part) => part());
    }
    if ("any" in condition) {
      const parts = condition.any.map(compile);
      return parts.length === 1 ? parts[0] : () => parts.some((part) => part());
    }
    if ("not" in condition) {
      const part = compile(condition.not);
      return () => !part();
    }
    return compileLeaf(condition);
  }

  return {
    compile,
    reading,
    begin(next) {
      scene = next;
      question++;
    },
  };
}

/** Equal for comparisons that say the same, in whatever order their keys stand. */
export function leafKey(leaf: Leaf): string {
  const { field, operator, value } = leaf;
  const ends = typeof value === "object" && "from" in value ? [value.from, value.to] : value;
  return JSON.stringify([field, operator, ends, "currency" in leaf ? leaf.currency : ""]);
}

/**
 * Ids that are unique in the document. Preact's `useId` counts from the start in each tree that is rendered, and a page has
 * many: every element is one, and a heading would name the widgets of all.
 */
import { useState } from "preact/hooks";

let count = 0;

/** @returns the same id for the life of a component */
export function useUniqueId(): string {
  const [id] = useState(() => `basketlift-${++count}`);
  return id;
}

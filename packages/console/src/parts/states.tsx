/** What stands where data will stand: while it loads, and while there is none. */
import type { ComponentChildren, JSX } from "preact";
import type { Problem } from "../api/problem.ts";
import { ProblemPanel } from "./problem-panel.tsx";

/** Keeps the room of what is coming, so that nothing jumps when it comes. */
export function Loading({ what, lines = 6 }: { readonly what: string; readonly lines?: number }): JSX.Element {
  return (
    <div class="loading" role="status">
      <span class="visually-hidden">Loading {what}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="loading__line" aria-hidden="true" />
      ))}
    </div>
  );
}

export interface EmptyProps {
  readonly title: string;
  /** What to do first. */
  readonly children: ComponentChildren;
}

export function Empty({ title, children }: EmptyProps): JSX.Element {
  return (
    <div class="empty">
      <p class="empty__title">{title}</p>
      <div class="empty__words">{children}</div>
    </div>
  );
}

export interface LoadedProps<Value> {
  readonly value: Value | undefined;
  readonly problem: Problem | undefined;
  readonly onRetry: () => void;
  /** What is being loaded, in words. */
  readonly what: string;
  readonly lines?: number;
  readonly children: (value: Value) => ComponentChildren;
}

/** Shows a value; until it is there, its room; and its failure, beside an older value where there is one. */
export function Loaded<Value>({ value, problem, onRetry, what, lines, children }: LoadedProps<Value>): JSX.Element {
  return (
    <>
      {problem && <ProblemPanel problem={problem} onRetry={onRetry} />}
      {value === undefined
        ? !problem && <Loading what={what} {...(lines !== undefined && { lines })} />
        : children(value)}
    </>
  );
}

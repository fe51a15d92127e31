/** A state in a word or two. The colour repeats what the word says. */
import type { ComponentChildren, JSX } from "preact";

export type Tone = "good" | "low" | "bad" | "plain";

export function Tag({
  tone = "plain",
  children,
}: {
  readonly tone?: Tone;
  readonly children: ComponentChildren;
}): JSX.Element {
  return <span class={`tag tag--${tone}`}>{children}</span>;
}

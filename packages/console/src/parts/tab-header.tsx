/** The head of a tab: its title, the question it answers, and what can be chosen for all of it. */
import type { ComponentChildren, JSX } from "preact";

export interface TabHeaderProps {
  readonly title: string;
  readonly question: string;
  readonly children?: ComponentChildren;
}

export function TabHeader({ title, question, children }: TabHeaderProps): JSX.Element {
  return (
    <header class="tab-header">
      <div>
        <h1>{title}</h1>
        <p class="quiet">{question}</p>
      </div>
      {children && <div class="tab-header__controls">{children}</div>}
    </header>
  );
}

/** A page outside of the frame: one card with one thing to do. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { Mark } from "./mark.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

export interface EntryPageProps {
  readonly title: string;
  readonly lead: string;
  readonly children: ComponentChildren;
}

export function EntryPage({ title, lead, children }: EntryPageProps): JSX.Element {
  useEffect(() => {
    document.title = `${title} · Basketlift`;
  }, [title]);
  return (
    <main class="entry">
      <div class="entry__card">
        <Mark />
        <h1>{title}</h1>
        <p class="quiet">{lead}</p>
        {children}
      </div>
      <ThemeSwitch />
    </main>
  );
}

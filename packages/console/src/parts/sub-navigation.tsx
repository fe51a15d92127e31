/** The views of one tab, each with an address of its own. */
import type { JSX } from "preact";
import { addressOf } from "../routing/location.ts";

export interface SubNavigationProps {
  readonly label: string;
  readonly views: readonly { readonly path: string; readonly title: string }[];
  /** Path of the view that is shown. */
  readonly current: string;
}

export function SubNavigation({ label, views, current }: SubNavigationProps): JSX.Element {
  return (
    <nav class="sub-navigation" aria-label={label}>
      {views.map(({ path, title }) => (
        <a key={path} href={addressOf(path)} aria-current={path === current ? "page" : undefined}>
          {title}
        </a>
      ))}
    </nav>
  );
}

/** The tabs by category, and below them who is signed in. */
import type { JSX } from "preact";
import type { Person } from "../api/contract.ts";
import { Icon } from "../parts/icon.tsx";
import { addressOf } from "../routing/location.ts";
import { tabsByCategory, type Tab } from "../tabs.ts";
import { Mark } from "./mark.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

export interface NavigationProps {
  readonly person: Person;
  /** Path of the page that is shown. */
  readonly current: string | undefined;
  readonly onSearch: () => void;
  readonly isMac: boolean;
}

export function Navigation({ person, current, onSearch, isMac }: NavigationProps): JSX.Element {
  return (
    <div class="navigation">
      <div class="navigation__head">
        <Mark />
      </div>
      <button type="button" class="navigation__search" onClick={onSearch}>
        <Icon name="search" />
        <span>Go to</span>
        <kbd>{isMac ? "⌘ K" : "Ctrl K"}</kbd>
      </button>
      <nav aria-label="Tabs">
        {tabsByCategory().map(([category, tabs]) => (
          <section key={category}>
            <h2 class="navigation__category">{category}</h2>
            <ul>
              {tabs.map((tab) => (
                <li key={tab.path}>
                  <TabLink tab={tab} isCurrent={tab.path === current} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <div class="navigation__foot">
        <ThemeSwitch />
        <PersonMenu person={person} current={current} />
      </div>
    </div>
  );
}

/** The tab's code is fetched as soon as it looks as if somebody goes there. */
function TabLink({ tab, isCurrent }: { readonly tab: Tab; readonly isCurrent: boolean }): JSX.Element {
  const prepare = (): void => void tab.load().catch(() => undefined);
  return (
    <a
      class="navigation__tab"
      href={addressOf(tab.path)}
      aria-current={isCurrent ? "page" : undefined}
      onPointerEnter={prepare}
      onFocus={prepare}
    >
      {tab.title}
    </a>
  );
}

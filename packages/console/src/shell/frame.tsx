/** Around every tab: the navigation (a drawer on phones), the command palette, and the way to the content by keyboard. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Person } from "../api/contract.ts";
import { Icon } from "../parts/icon.tsx";
import { path } from "../routing/location.ts";
import { findPage } from "../tabs.ts";
import { CommandPalette } from "./command-palette.tsx";
import { Mark } from "./mark.tsx";
import { Navigation } from "./navigation.tsx";
import { TabView } from "./tab-view.tsx";

const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

export function Frame({ person }: { readonly person: Person }): JSX.Element {
  const drawer = useRef<HTMLDialogElement>(null);
  const [paletteIsOpen, setPaletteOpen] = useState(false);
  const found = findPage(path.value);
  useShortcut(() => setPaletteOpen(true));
  useEffect(() => drawer.current?.close(), [path.value]);

  const search = (): void => setPaletteOpen(true);
  const navigation = <Navigation person={person} current={found?.page.path} onSearch={search} isMac={isMac()} />;
  return (
    <div class="frame">
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <TopBar onMenu={() => drawer.current?.showModal()} onSearch={search} />
      <header class="side">{navigation}</header>
      <dialog ref={drawer} class="drawer" aria-label="Menu" onClick={closeOnBackdrop}>
        <form method="dialog" class="drawer__close">
          <button class="button button--bare button--icon" aria-label="Close the menu">
            <Icon name="close" />
          </button>
        </form>
        {navigation}
      </dialog>
      <TabView found={found} />
      {paletteIsOpen && <CommandPalette onClose={() => setPaletteOpen(false)} />}
    </div>
  );
}

/** In place of the navigation, where there is no room for it. */
function TopBar({ onMenu, onSearch }: { readonly onMenu: () => void; readonly onSearch: () => void }): JSX.Element {
  return (
    <header class="top-bar">
      <button type="button" class="button button--bare button--icon" aria-label="Menu" onClick={onMenu}>
        <Icon name="menu" />
      </button>
      <Mark />
      <button type="button" class="button button--bare button--icon" aria-label="Go to" onClick={onSearch}>
        <Icon name="search" />
      </button>
    </header>
  );
}

/** A click beside a modal dialog lands on the dialog itself. */
function closeOnBackdrop(event: MouseEvent): void {
  if (event.target instanceof HTMLDialogElement) event.target.close();
}

/** Ctrl or Command and K, from anywhere. */
function useShortcut(open: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      open();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}

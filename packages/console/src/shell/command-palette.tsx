/** Ctrl-K: every tab and action by a few letters. A combobox over a list, after the ARIA Authoring Practices. */
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { useLeave } from "../console.ts";
import { Icon } from "../parts/icon.tsx";
import { addressOf, navigate } from "../routing/location.ts";
import { personalPages, tabs } from "../tabs.ts";
import { matchCommands, type Command } from "./commands.ts";
import { chooseTheme, themes } from "./theme.ts";

export function CommandPalette({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const found = matchCommands(useCommands(), text);
  const optionId = (index: number): string => `${listId}-${index}`;

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    document.getElementById(optionId(active))?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const run = (command: Command | undefined): void => {
    if (!command) return;
    dialog.current?.close();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) setActive((active + step + found.length) % found.length);
    else if (event.key === "Enter") run(found[active]);
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      class="palette"
      aria-label="Go to"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <div class="palette__field">
        <Icon name="search" />
        <input
          role="combobox"
          aria-label="Tab or action"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={found.length > 0 ? optionId(active) : undefined}
          placeholder="Where to?"
          autocomplete="off"
          autofocus
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id={listId} role="listbox" aria-label="Tabs and actions" class="palette__list">
        {found.map((command, index) => (
          <li
            key={command.name}
            id={optionId(index)}
            role="option"
            aria-selected={index === active}
            onClick={() => run(command)}
            onPointerMove={() => setActive(index)}
          >
            <span>{command.name}</span>
            <span class="quiet">{command.group}</span>
          </li>
        ))}
      </ul>
      <p class="palette__none quiet" role="status">
        {found.length === 0 ? `Nothing is called “${text}”.` : ""}
      </p>
    </dialog>
  );
}

function useCommands(): readonly Command[] {
  const leave = useLeave();
  return [
    ...tabs.map(({ title, category, question, path }) => ({
      name: title,
      group: category,
      words: question,
      run: () => navigate(addressOf(path)),
    })),
    {
      name: "Try a recommendation",
      group: "Recommendations",
      words: "explain simulate test preview trace",
      run: () => navigate(addressOf("recommendations/try")),
    },
    {
      name: "Open the decision log",
      group: "Recommendations",
      words: "decisions receipts replay",
      run: () => navigate(addressOf("recommendations/log")),
    },
    ...themes.map((theme) => ({
      name: `Appearance: ${theme}`,
      group: "Appearance",
      words: "theme mode colours",
      run: () => chooseTheme(theme),
    })),
    ...personalPages.map(({ title, question, path }) => ({
      name: title,
      group: "You",
      words: question,
      run: () => navigate(addressOf(path)),
    })),
    { name: "Sign out", group: "You", words: "log out leave", run: leave },
  ];
}

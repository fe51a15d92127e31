/** Ctrl-K: every tab and action by a few letters. A combobox over a list, after the ARIA Authoring Practices. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLeave } from "../console.ts";
import { useActiveOption, type ActiveOption } from "../parts/active-option.ts";
import { Icon } from "../parts/icon.tsx";
import { addressOf, navigate } from "../routing/location.ts";
import { personalPages, tabs } from "../tabs.ts";
import { matchCommands, type Command } from "./commands.ts";
import { chooseTheme, themes } from "./theme.ts";

export function CommandPalette({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [text, setText] = useState("");
  const found = matchCommands(useCommands(), text);
  const options = useActiveOption(found.length);
  useEffect(() => dialog.current?.showModal(), []);

  const run = (command: Command | undefined): void => {
    if (!command) return;
    dialog.current?.close();
    command.run();
  };
  const type = (typed: string): void => {
    setText(typed);
    options.mark(0);
  };
  return (
    <dialog
      ref={dialog}
      class="palette"
      aria-label="Go to"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <PaletteField
        text={text}
        options={options}
        isEmpty={found.length === 0}
        onType={type}
        onRun={() => run(found[options.active])}
      />
      <CommandList commands={found} options={options} onRun={run} />
      <p class="palette__none quiet" role="status">
        {found.length === 0 ? `Nothing is called “${text}”.` : ""}
      </p>
    </dialog>
  );
}

interface PaletteFieldProps {
  readonly text: string;
  readonly options: ActiveOption;
  readonly isEmpty: boolean;
  readonly onType: (text: string) => void;
  readonly onRun: () => void;
}

function PaletteField({ text, options, isEmpty, onType, onRun }: PaletteFieldProps): JSX.Element {
  const onKeyDown = (event: KeyboardEvent): void => {
    const isMoved = options.move(event.key);
    if (event.key === "Enter") onRun();
    else if (!isMoved) return;
    event.preventDefault();
  };
  return (
    <div class="palette__field">
      <Icon name="search" />
      <input
        role="combobox"
        aria-label="Tab or action"
        aria-expanded="true"
        aria-controls={options.listId}
        aria-autocomplete="list"
        aria-activedescendant={isEmpty ? undefined : options.optionId(options.active)}
        placeholder="Where to?"
        autocomplete="off"
        autofocus
        value={text}
        onInput={(event) => onType(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

interface CommandListProps {
  readonly commands: readonly Command[];
  readonly options: ActiveOption;
  readonly onRun: (command: Command) => void;
}

function CommandList({ commands, options, onRun }: CommandListProps): JSX.Element {
  return (
    <ul id={options.listId} role="listbox" aria-label="Tabs and actions" class="palette__list">
      {commands.map((command, index) => (
        <li
          key={command.name}
          id={options.optionId(index)}
          role="option"
          aria-selected={index === options.active}
          onClick={() => onRun(command)}
          onPointerMove={() => options.mark(index)}
        >
          <span>{command.name}</span>
          <span class="quiet">{command.group}</span>
        </li>
      ))}
    </ul>
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

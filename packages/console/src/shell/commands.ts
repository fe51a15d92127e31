/** What the command palette offers, and how a few letters find it. */

export interface Command {
  readonly name: string;
  readonly group: string;
  /** Further words it is found by. */
  readonly words: string;
  readonly run: () => void;
}

/**
 * Every word that was typed must begin a word of the command. Those that match by name come first.
 * @example
 * matchCommands(commands, "prod aff"); // Product Affinity
 */
export function matchCommands(commands: readonly Command[], text: string): readonly Command[] {
  const typed = wordsOf(text);
  const matches = (words: readonly string[]): boolean =>
    typed.every((start) => words.some((word) => word.startsWith(start)));
  const byName = commands.filter(({ name }) => matches(wordsOf(name)));
  const byRest = commands.filter(
    (command) => !byName.includes(command) && matches(wordsOf(`${command.name} ${command.group} ${command.words}`)),
  );
  return [...byName, ...byRest];
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

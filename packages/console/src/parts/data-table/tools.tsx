/** What stands above a table: a filter, and what it is sorted by where there is no room for the heads of its columns. */
import type { JSX } from "preact";
import { Icon } from "../icon.tsx";
import type { Column, Sorting } from "./column.ts";

export interface FilterProps {
  readonly caption: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function Filter({ caption, value, onChange }: FilterProps): JSX.Element {
  return (
    <label class="table__filter">
      <Icon name="search" />
      <input
        type="search"
        aria-label={`Filter: ${caption}`}
        placeholder="Filter"
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

export interface SortChoiceProps<Row> {
  readonly columns: readonly Column<Row>[];
  readonly sorting: Sorting | undefined;
  readonly onChange: (sorting: Sorting | undefined) => void;
}

const directions = [
  { direction: "descending", words: "largest first", letters: "Z to A" },
  { direction: "ascending", words: "smallest first", letters: "A to Z" },
] as const;

export function SortChoice<Row>({ columns, sorting, onChange }: SortChoiceProps<Row>): JSX.Element {
  const choices = columns
    .filter(({ sortBy }) => sortBy)
    .flatMap(({ header, numeric }) =>
      directions.map(({ direction, words, letters }) => ({
        sorting: { header, direction },
        words: `${header}, ${numeric ? words : letters}`,
      })),
    );
  const chosen = choices.findIndex(
    (choice) => choice.sorting.header === sorting?.header && choice.sorting.direction === sorting.direction,
  );
  return (
    <label class="table__sort-choice">
      <span class="quiet">Sort by</span>
      <select
        value={String(chosen)}
        onChange={(event) => onChange(choices[Number(event.currentTarget.value)]?.sorting)}
      >
        <option value="-1">as it comes</option>
        {choices.map(({ words }, index) => (
          <option key={words} value={String(index)}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

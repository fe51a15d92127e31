/** What stands below a table: which rows these are, further ones, and all of them as a file. */
import type { JSX } from "preact";
import { formatInteger } from "../../format/numbers.ts";
import { Icon } from "../icon.tsx";

export interface More {
  readonly load: () => void;
  readonly loading: boolean;
}

export interface FootProps {
  /** Index of the first row that is shown. */
  readonly first: number;
  readonly pageSize: number;
  /** Rows on all pages. */
  readonly count: number;
  readonly more: More | undefined;
  readonly onPage: (first: number) => void;
  readonly onExport: () => void;
}

export function Foot({ first, pageSize, count, more, onPage, onExport }: FootProps): JSX.Element {
  const end = Math.min(count, first + pageSize);
  return (
    <div class="table__foot">
      <span class="quiet" aria-live="polite">
        {count > pageSize
          ? `${formatInteger(first + 1)}–${formatInteger(end)} of ${formatInteger(count)}`
          : `${formatInteger(count)} ${count === 1 ? "row" : "rows"}`}
        {more ? " loaded" : ""}
      </span>
      <span class="table__pages">
        <button type="button" class="button button--quiet button--small" aria-disabled={count === 0} onClick={onExport}>
          Export CSV
        </button>
        {count > pageSize && (
          <>
            <PageButton label="Previous page" icon="left" enabled={first > 0} go={() => onPage(first - pageSize)} />
            <PageButton label="Next page" icon="right" enabled={end < count} go={() => onPage(end)} />
          </>
        )}
        {more && (
          <button type="button" class="button button--quiet" aria-disabled={more.loading} onClick={more.load}>
            {more.loading ? "Loading" : "Load more"}
          </button>
        )}
      </span>
    </div>
  );
}

interface PageButtonProps {
  readonly label: string;
  readonly icon: "left" | "right";
  readonly enabled: boolean;
  readonly go: () => void;
}

function PageButton({ label, icon, enabled, go }: PageButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class="button button--quiet button--icon"
      aria-label={label}
      aria-disabled={!enabled}
      onClick={() => enabled && go()}
    >
      <Icon name={icon} />
    </button>
  );
}

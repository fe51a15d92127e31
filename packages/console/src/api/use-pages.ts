/** A list that the server gives page by page, after a cursor. Pages that were loaded stay. */
import { useEffect, useState } from "preact/hooks";
import { asProblem, type Problem } from "./problem.ts";

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly page: { readonly nextCursor: string | null; readonly hasMore: boolean };
}

export interface Pages<Item> {
  /** Undefined until the first page came. */
  readonly items: readonly Item[] | undefined;
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  readonly hasMore: boolean;
  more(): void;
  reload(): void;
}

interface State<Item> {
  readonly items?: readonly Item[] | undefined;
  readonly problem?: Problem | undefined;
  readonly cursor?: string | null;
  readonly loading: boolean;
}

/**
 * @param load asks for the page after a cursor, the first one without
 * @param inputs starts over when one of them changes
 */
export function usePages<Item>(
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
  inputs: readonly unknown[],
): Pages<Item> {
  const [state, setState] = useState<State<Item>>({ loading: true });
  const [round, setRound] = useState(0);
  /** Cursor of the page that is asked for next; undefined for the first. */
  const [wanted, setWanted] = useState<{ readonly after?: string }>({});

  const ask = (after: string | undefined) => (): (() => void) => {
    const end = new AbortController();
    setState((before) => ({ ...before, loading: true, problem: undefined }));
    load(after, end.signal).then(
      (page) => {
        if (!end.signal.aborted) setState((before) => withPage(before, page, after));
      },
      (error: unknown) => {
        if (!end.signal.aborted) setState((before) => ({ ...before, problem: asProblem(error), loading: false }));
      },
    );
    return () => end.abort();
  };
  useEffect(ask(undefined), [round, ...inputs]);
  useEffect(wanted.after === undefined ? () => undefined : ask(wanted.after), [wanted]);

  const { items, problem, loading, cursor } = state;
  return {
    items,
    problem,
    loading,
    hasMore: typeof cursor === "string",
    more: () => typeof cursor === "string" && setWanted({ after: cursor }),
    reload: () => setRound((before) => before + 1),
  };
}

/** The first page takes the place of what was there; later ones follow it. */
function withPage<Item>(
  { items = [] }: State<Item>,
  { data, page }: Page<Item>,
  after: string | undefined,
): State<Item> {
  return {
    items: after === undefined ? data : [...items, ...data],
    cursor: page.hasMore ? page.nextCursor : null,
    loading: false,
  };
}

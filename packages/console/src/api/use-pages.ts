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

  const ask = (after: string | undefined, signal: AbortSignal): void => {
    setState((before) => ({ ...before, loading: true, problem: undefined }));
    load(after, signal).then(
      ({ data, page }) => {
        if (signal.aborted) return;
        setState(({ items = [] }) => ({
          items: after === undefined ? data : [...items, ...data],
          cursor: page.hasMore ? page.nextCursor : null,
          loading: false,
        }));
      },
      (error: unknown) => {
        if (!signal.aborted) setState((before) => ({ ...before, problem: asProblem(error), loading: false }));
      },
    );
  };

  useEffect(() => {
    const end = new AbortController();
    ask(undefined, end.signal);
    return () => end.abort();
  }, [round, ...inputs]);

  useEffect(() => {
    if (wanted.after === undefined) return undefined;
    const end = new AbortController();
    ask(wanted.after, end.signal);
    return () => end.abort();
  }, [wanted]);

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

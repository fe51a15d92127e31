/** Data of the server as a component sees it: loaded, kept while it is loaded again, polled while somebody looks. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "./problem.ts";

export interface Resource<Value> {
  /** The newest answer; stays while another one is on its way or fails. */
  readonly value: Value | undefined;
  /** Why the newest call failed. */
  readonly problem: Problem | undefined;
  readonly loading: boolean;
  reload(): void;
}

export interface ResourceOptions<Value> {
  /** Milliseconds until it is loaded again, while the page is visible; undefined to rest. */
  readonly every?: (value: Value | undefined) => number | undefined;
}

interface State<Value> {
  readonly value?: Value | undefined;
  readonly problem?: Problem | undefined;
  readonly loading: boolean;
}

/**
 * @param load asks the server; its signal ends calls whose answer nobody waits for any more
 * @param inputs loads again when one of them changes
 * @example
 * const overview = useResource((signal) => api.analyticsOverview({ query }, { signal }), [query]);
 */
export function useResource<Value>(
  load: (signal: AbortSignal) => Promise<Value>,
  inputs: readonly unknown[],
  { every }: ResourceOptions<Value> = {},
): Resource<Value> {
  const [state, setState] = useState<State<Value>>({ loading: true });
  const [round, setRound] = useState(0);
  const latest = useRef({ load, every });
  latest.current = { load, every };
  const newest = useRef<Value | undefined>(undefined);

  useEffect(() => {
    setState((before) => ({ ...before, loading: true }));
    return poll({
      load: (signal) => latest.current.load(signal),
      waitAfter: (value) => latest.current.every?.(value),
      newest,
      settle: (problem) => setState({ value: newest.current, problem, loading: false }),
    });
    // `inputs` is the caller's list of what `load` depends on.
  }, [round, ...inputs]);

  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { value: state.value, problem: state.problem, loading: state.loading, reload };
}

interface Polling<Value> {
  readonly load: (signal: AbortSignal) => Promise<Value>;
  /** Milliseconds until the next call; undefined to rest. */
  readonly waitAfter: (value: Value | undefined) => number | undefined;
  readonly newest: { current: Value | undefined };
  /** Called after each call. */
  readonly settle: (problem: Problem | undefined) => void;
}

/** Asks at once, and again and again while the page is visible. @returns ends it */
function poll<Value>({ load, waitAfter, newest, settle }: Polling<Value>): () => void {
  const end = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const rest = (problem: Problem | undefined): void => {
    if (end.signal.aborted) return;
    settle(problem);
    clearTimeout(timer);
    const wait = waitAfter(newest.current);
    if (wait !== undefined) timer = setTimeout(() => document.visibilityState === "visible" && ask(), wait);
  };
  const ask = (): void => {
    load(end.signal).then(
      (value) => {
        if (!end.signal.aborted) newest.current = value;
        rest(undefined);
      },
      (error: unknown) => rest(asProblem(error)),
    );
  };
  const wake = (): void => {
    if (document.visibilityState === "visible" && waitAfter(newest.current) !== undefined) ask();
  };
  ask();
  document.addEventListener("visibilitychange", wake, { signal: end.signal });
  return () => {
    end.abort();
    clearTimeout(timer);
  };
}

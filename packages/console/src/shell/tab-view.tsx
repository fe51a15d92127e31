/** The page that the address names: loaded when it is needed, kept apart from the others when it fails. */
import { Component, type ComponentChildren, type ComponentType, type JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "../api/problem.ts";
import { ProblemPanel } from "../parts/problem-panel.tsx";
import { Loading } from "../parts/states.tsx";
import { addressOf, path } from "../routing/location.ts";
import { startTab, type FoundPage, type TabProps } from "../tabs.ts";

export interface TabViewProps {
  readonly found: FoundPage | undefined;
}

export function TabView({ found }: TabViewProps): JSX.Element {
  const main = useRef<HTMLElement>(null);
  useArrival(main, path.value);
  return (
    <main ref={main} id="content" class="content" tabIndex={-1}>
      {found ? (
        <Boundary key={found.page.path}>
          <LazyPage page={found.page} rest={found.rest} />
        </Boundary>
      ) : (
        <NoSuchTab />
      )}
    </main>
  );
}

/** After moving to another view the keyboard and the reader's voice start at its top; not at the first view of a visit. */
function useArrival(main: { readonly current: HTMLElement | null }, place: string): void {
  const before = useRef(place);
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    main.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, [place]);
}

function NoSuchTab(): JSX.Element {
  return (
    <div class="empty">
      <h1>There is nothing here</h1>
      <p>The address names no tab of this console.</p>
      <a class="button" href={addressOf(startTab.path)}>
        Go to {startTab.title}
      </a>
    </div>
  );
}

function LazyPage({ page, rest }: FoundPage): JSX.Element {
  const [loaded, setLoaded] = useState<{ readonly Content?: ComponentType<TabProps>; readonly problem?: Problem }>({});
  const load = (): void => {
    setLoaded({});
    page.load().then(
      (Content) => setLoaded({ Content }),
      () => setLoaded({ problem: asProblem(new Error("This part of the console could not be loaded.")) }),
    );
  };
  useEffect(() => {
    document.title = `${page.title} · Basketlift`;
    load();
  }, [page]);
  const { Content, problem } = loaded;
  if (problem) {
    return (
      <ProblemPanel problem={problem} onRetry={load}>
        <button type="button" class="button button--quiet" onClick={() => location.reload()}>
          Load the console again
        </button>
      </ProblemPanel>
    );
  }
  return Content ? <Content rest={rest} /> : <Loading what={page.title} />;
}

/** A tab that throws takes only itself down. */
class Boundary extends Component<{ readonly children: ComponentChildren }, { readonly problem?: Problem | undefined }> {
  override state: { readonly problem?: Problem | undefined } = {};

  override componentDidCatch(error: unknown): void {
    this.setState({ problem: asProblem(error) });
  }

  override render(): ComponentChildren {
    const { problem } = this.state;
    if (!problem) return this.props.children;
    return <ProblemPanel problem={problem} onRetry={() => this.setState({ problem: undefined })} />;
  }
}

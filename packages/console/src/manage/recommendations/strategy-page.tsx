/** One strategy: what it says, changed or copied, tried beside the one that serves, set live, archived. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { PlacementLine, StrategyLine, StrategyList } from "../../api/contract.ts";
import { useResource } from "../../api/use-resource.ts";
import { useConsole, useMayWrite } from "../../console.ts";
import { Card } from "../../parts/card.tsx";
import { placementName } from "../../parts/placement-name.ts";
import { ProblemPanel } from "../../parts/problem-panel.tsx";
import { Loaded } from "../../parts/states.tsx";
import { addressOf, navigate, search } from "../../routing/location.ts";
import { Problem } from "../../api/problem.ts";
import { ArchiveStrategy } from "./archive-strategy.tsx";
import { SetLive } from "./set-live.tsx";
import { somebody, placementOf } from "./situation-form.tsx";
import { StrategyEditor } from "./strategy-editor.tsx";
import { StrategyFacts } from "./strategy-facts.tsx";
import { TryBeside } from "./try-beside.tsx";
import { strategyName } from "./words.ts";

interface Loading {
  readonly list: StrategyList;
  readonly placements: readonly PlacementLine[];
}

function useStrategies() {
  const { api } = useConsole();
  return useResource(async (signal): Promise<Loading> => {
    const [list, { data }] = await Promise.all([
      api.listStrategies({}, { signal }),
      api.listPlacements({}, { signal }),
    ]);
    return { list, placements: data };
  }, []);
}

/** A new one, made of another. */
export function NewStrategy(): JSX.Element {
  const { value, problem, reload } = useStrategies();
  const id = search.value.get("copy") ?? "companions";
  return (
    <Loaded value={value} problem={problem} onRetry={reload} what="the strategies" lines={12}>
      {({ list }) => {
        const model = list.data.find((strategy) => strategy.id === id);
        return model ? (
          <StrategyEditor
            title="New strategy"
            model={model}
            known={list.sources}
            names={list.data.map((strategy) => strategy.id)}
            placement={placementServedBy(list, id)}
            onSaved={(saved) => navigate(pageOf(saved.id))}
          />
        ) : (
          <Missing id={id} />
        );
      }}
    </Loaded>
  );
}

export function StrategyPage({ id }: { readonly id: string }): JSX.Element {
  const { value, problem, reload } = useStrategies();
  return (
    <>
      <p class="back">
        <a href={addressOf("recommendations")}>← All strategies</a>
      </p>
      <Loaded value={value} problem={problem} onRetry={reload} what="the strategy" lines={12}>
        {({ list, placements }) => {
          const strategy = list.data.find((each) => each.id === id);
          return strategy ? (
            <Known strategy={strategy} list={list} placements={placements} onChanged={reload} />
          ) : (
            <Missing id={id} />
          );
        }}
      </Loaded>
    </>
  );
}

interface KnownProps {
  readonly strategy: StrategyLine;
  readonly list: StrategyList;
  readonly placements: readonly PlacementLine[];
  readonly onChanged: () => void;
}

function Known({ strategy, list, placements, onChanged }: KnownProps): JSX.Element {
  const mayWrite = useMayWrite();
  const [asks, setAsks] = useState<"live" | "archive">();
  const { id, version, origin } = strategy;
  const places = placements.filter((placement) => placement.strategy === id);
  const serves =
    places.length > 0 ? `Serves ${places.map((place) => placementName(place.id)).join(", ")}` : "Serves no placement";
  const isOwn = origin === "own";
  return (
    <div class="stack">
      <Card
        title={`${strategyName(id)}, version ${version}`}
        lead={`${serves}. ${isOwn ? "Made by this shop." : "Comes with the engine: copy it to change it."}`}
        controls={
          mayWrite && (
            <div class="actions">
              <button type="button" class="button" onClick={() => setAsks("live")}>
                Set live
              </button>
              <a
                class="button button--quiet"
                href={`${addressOf("recommendations/new")}?copy=${encodeURIComponent(id)}`}
              >
                Copy
              </a>
              {isOwn && (
                <button type="button" class="button button--quiet" onClick={() => setAsks("archive")}>
                  Archive
                </button>
              )}
            </div>
          )
        }
      >
        <StrategyFacts strategy={strategy} />
      </Card>
      {isOwn && mayWrite ? (
        <StrategyEditor
          // What somebody else has saved meanwhile is loaded on demand only.
          key={id}
          title="Change it"
          model={strategy}
          saved={strategy}
          known={list.sources}
          names={list.data.map((each) => each.id)}
          placement={placementServedBy(list, id)}
          onSaved={onChanged}
        />
      ) : (
        <TrySaved id={id} list={list} />
      )}
      {asks === "live" && (
        <SetLive
          placements={placements}
          strategies={list.data}
          placement={(placements.find((placement) => placement.strategy !== id) ?? placements[0]).id}
          strategy={id}
          onClose={() => setAsks(undefined)}
          onChanged={onChanged}
        />
      )}
      {asks === "archive" && (
        <ArchiveStrategy
          strategy={strategy}
          places={places}
          onClose={() => setAsks(undefined)}
          onArchived={() => navigate(addressOf("recommendations"))}
        />
      )}
    </div>
  );
}

function TrySaved({ id, list }: { readonly id: string; readonly list: StrategyList }): JSX.Element {
  const [situation, setSituation] = useState({ ...somebody, placement: placementServedBy(list, id) });
  return (
    <section class="stack">
      <h2>Try it beside the one that serves</h2>
      <TryBeside candidate={{ id }} situation={situation} onSituation={setSituation} />
    </section>
  );
}

function Missing({ id }: { readonly id: string }): JSX.Element {
  const problem = new Problem({
    title: `There is no strategy ${strategyName(id)}`,
    detail: "It may have been archived, or be called otherwise.",
    status: 404,
    code: "not-found",
  });
  return (
    <ProblemPanel problem={problem}>
      <a class="button button--quiet" href={addressOf("recommendations")}>
        All strategies
      </a>
    </ProblemPanel>
  );
}

export const pageOf = (id: string): string => addressOf(`recommendations/strategies/${encodeURIComponent(id)}`);

/** Where a strategy serves first; the product page where it serves nowhere. */
const placementServedBy = ({ placements }: StrategyList, id: string) =>
  placementOf(Object.keys(placements).find((place) => placements[place] === id) ?? null);

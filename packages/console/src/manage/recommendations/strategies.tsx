/** The strategies: where each serves, what comes of it, what it is made of; and setting another one live. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { PlacementLine, StrategyComparison, StrategyLine } from "../../api/contract.ts";
import { useResource } from "../../api/use-resource.ts";
import { useConsole, useMayWrite } from "../../console.ts";
import { formatAmount, formatInteger, formatInterval, formatPercent } from "../../format/numbers.ts";
import { lastDays } from "../../format/times.ts";
import { Card } from "../../parts/card.tsx";
import { Facts, type Fact } from "../../parts/facts.tsx";
import { placementName } from "../../parts/placement-name.ts";
import { Empty, Loaded } from "../../parts/states.tsx";
import { addressOf } from "../../routing/location.ts";
import { revenueInterval, ServingTable, type ServingFigures } from "./serving-table.tsx";
import { SetLive } from "./set-live.tsx";
import { mainFacts, Sources } from "./strategy-facts.tsx";
import { pageOf } from "./strategy-page.tsx";
import { strategyName } from "./words.ts";

const days = 28;

export function Strategies(): JSX.Element {
  const { api } = useConsole();
  const mayWrite = useMayWrite();
  const [changing, setChanging] = useState<PlacementLine>();
  const { value, problem, reload } = useResource(async (signal) => {
    const query = lastDays(days);
    const [{ data: strategies, sources }, { data: placements }, comparison, lift] = await Promise.all([
      api.listStrategies({}, { signal }),
      api.listPlacements({}, { signal }),
      api.strategyComparison({ query }, { signal }),
      api.incrementality({ query }, { signal }),
    ]);
    return { strategies, placements, comparison, lift, isTrained: sources.some(({ trained }) => trained) };
  }, []);
  return (
    <Loaded value={value} problem={problem} onRetry={reload} what="the strategies" lines={12}>
      {({ strategies, placements, comparison, lift, isTrained }) => (
        <div class="stack">
          {!isTrained && (
            <Empty title="Nothing is recommended yet">
              <p>Strategies are made of what the engine learns. Import orders and train it first.</p>
              <a class="button" href={addressOf("bulk-import")}>
                Import orders
              </a>
            </Empty>
          )}
          <ServingTable
            placements={placements}
            comparison={comparison}
            lift={lift}
            days={days}
            onChange={mayWrite ? setChanging : undefined}
          />
          <StrategyLists
            uses={strategies.map((strategy) => useOf(strategy, placements, comparison))}
            currency={comparison.currency}
          />
          {changing && (
            <SetLive
              placements={placements}
              strategies={strategies}
              placement={changing.id}
              strategy={changing.strategy}
              onClose={() => setChanging(undefined)}
              onChanged={reload}
            />
          )}
        </div>
      )}
    </Loaded>
  );
}

/** A strategy with what it does in the shop. */
interface Use {
  readonly strategy: StrategyLine;
  /** Placements it serves. */
  readonly places: readonly string[];
  /** Over all places; undefined where nobody saw it lately. */
  readonly figures: ServingFigures | undefined;
}

function useOf(strategy: StrategyLine, placements: readonly PlacementLine[], { rows }: StrategyComparison): Use {
  return {
    strategy,
    places: placements.filter((placement) => placement.strategy === strategy.id).map(({ id }) => id),
    figures: rows.find((row) => row.strategy === strategy.id && row.placement === null && row.sessions > 0),
  };
}

interface StrategyListsProps {
  readonly uses: readonly Use[];
  readonly currency: string;
}

/** What shoppers meet comes first, then what the shop made itself. */
function StrategyLists({ uses, currency }: StrategyListsProps): JSX.Element {
  const mayWrite = useMayWrite();
  const inUse = uses.filter(({ places, figures }) => places.length > 0 || figures !== undefined);
  const rest = uses.filter((use) => !inUse.includes(use));
  const own = rest.filter(({ strategy }) => strategy.origin === "own");
  const atHand = rest.filter(({ strategy }) => strategy.origin === "built-in");
  return (
    <>
      {mayWrite && (
        <div>
          <a class="button" href={addressOf("recommendations/new")}>
            New strategy
          </a>
        </div>
      )}
      <StrategyList title="In use" uses={inUse} currency={currency} />
      <StrategyList title="Made by this shop, not live" uses={own} currency={currency} />
      <StrategyList title="At hand, for pages that ask for them by name" uses={atHand} currency={currency} />
    </>
  );
}

function StrategyList({ title, uses, currency }: StrategyListsProps & { readonly title: string }): JSX.Element | null {
  if (uses.length === 0) return null;
  return (
    <section class="stack">
      <h2>{title}</h2>
      <div class="strategies">
        {uses.map((use) => (
          <StrategyCard key={use.strategy.id} use={use} currency={currency} />
        ))}
      </div>
    </section>
  );
}

function StrategyCard({
  use: { strategy, places, figures },
  currency,
}: {
  readonly use: Use;
  readonly currency: string;
}): JSX.Element {
  const mayWrite = useMayWrite();
  const { id, version, origin } = strategy;
  const name = strategyName(id);
  return (
    <Card
      title={version > 1 ? `${name}, version ${version}` : name}
      level={3}
      lead={leadOf(places, figures)}
      class="strategy"
      controls={
        <div class="actions">
          <a class="button button--quiet button--small" href={pageOf(id)} aria-label={`Open ${name}`}>
            {origin === "own" && mayWrite ? "Edit" : "Open"}
          </a>
          {mayWrite && (
            <a
              class="button button--quiet button--small"
              href={`${addressOf("recommendations/new")}?copy=${encodeURIComponent(id)}`}
              aria-label={`Copy ${name}`}
            >
              Copy
            </a>
          )}
          <a
            class="button button--quiet button--small"
            href={`${addressOf("recommendations/try")}?strategy=${encodeURIComponent(id)}`}
          >
            Try it
          </a>
        </div>
      }
    >
      <Facts facts={[...(figures ? figureFacts(figures, currency) : []), ...mainFacts(strategy)]} />
      <Sources strategy={strategy} />
    </Card>
  );
}

function leadOf(places: readonly string[], figures: ServingFigures | undefined): string {
  if (places.length === 0) return "Serves no placement by itself";
  const serves = `Serves ${places.map(placementName).join(", ")}`;
  return figures ? serves : `${serves}; not seen in ${days} days`;
}

function figureFacts(figures: ServingFigures, currency: string): readonly Fact[] {
  const { clickThrough, sessions, netRevenue, buyers } = figures;
  return [
    {
      name: "Visits that clicked",
      value: formatPercent(clickThrough.value),
      detail: `${formatInterval(clickThrough, formatPercent)}, of ${formatInteger(sessions)} that saw it`,
    },
    {
      name: "Attributed net revenue",
      value: formatAmount(netRevenue, currency),
      ...(buyers > 0 && { detail: revenueInterval(figures, currency) }),
    },
  ];
}

/** The strategies: what each is made of, where it serves, and how often what it shows is clicked. */
import type { Strategy } from "@basketlift/engine/decision";
import type { JSX } from "preact";
import type { ClickThrough } from "../../api/contract.ts";
import { useResource } from "../../api/use-resource.ts";
import { useConsole } from "../../console.ts";
import { formatDecimal, formatInteger, formatInterval, formatPercent } from "../../format/numbers.ts";
import { lastDays } from "../../format/times.ts";
import { Card } from "../../parts/card.tsx";
import { Facts, type Fact } from "../../parts/facts.tsx";
import { placementName } from "../../parts/placement-name.ts";
import { Empty, Loaded } from "../../parts/states.tsx";
import { addressOf } from "../../routing/location.ts";
import { isStrategy } from "./engine-data.ts";
import { sourceName, startingPointName, strategyName } from "./words.ts";

const days = 28;

export function Strategies(): JSX.Element {
  const { api } = useConsole();
  const { value, problem, reload } = useResource(async (signal) => {
    const [{ data, placements }, { rows }] = await Promise.all([
      api.listStrategies({}, { signal }),
      api.clickThrough({ query: { ...lastDays(days), by: "strategy" } }, { signal }),
    ]);
    return { strategies: data.filter(isStrategy), placements, rows };
  }, []);
  return (
    <Loaded value={value} problem={problem} onRetry={reload} what="the strategies" lines={12}>
      {({ strategies, placements, rows }) =>
        strategies.length === 0 ? (
          <Empty title="No strategy yet">
            <p>Strategies come with the engine. Import orders and train it first.</p>
            <a class="button" href={addressOf("bulk-import")}>
              Import orders
            </a>
          </Empty>
        ) : (
          <StrategyLists uses={strategies.map((strategy) => useOf(strategy, placements, rows))} />
        )
      }
    </Loaded>
  );
}

/** A strategy with what it does in the shop. */
interface Use {
  readonly strategy: Strategy;
  /** Placements it serves. */
  readonly places: readonly string[];
  /** Undefined where nobody saw it lately. */
  readonly traffic: Traffic | undefined;
}

type Traffic = ClickThrough["rows"][number];

function useOf(strategy: Strategy, placements: Readonly<Record<string, string>>, rows: readonly Traffic[]): Use {
  return {
    strategy,
    places: Object.keys(placements).filter((place) => placements[place] === strategy.id),
    traffic: rows.find(({ key, sessions }) => key === strategy.id && sessions > 0),
  };
}

/** What shoppers meet comes first. */
function StrategyLists({ uses }: { readonly uses: readonly Use[] }): JSX.Element {
  const inUse = uses.filter(({ places, traffic }) => places.length > 0 || traffic !== undefined);
  const atHand = uses.filter((use) => !inUse.includes(use));
  return (
    <div class="stack">
      <StrategyList title="In use" uses={inUse} />
      {atHand.length > 0 && <StrategyList title="At hand, for pages that ask for them by name" uses={atHand} />}
    </div>
  );
}

function StrategyList({ title, uses }: { readonly title: string; readonly uses: readonly Use[] }): JSX.Element {
  return (
    <section class="stack">
      <h2>{title}</h2>
      <div class="strategies">
        {uses.map((use) => (
          <StrategyCard key={use.strategy.id} {...use} />
        ))}
      </div>
    </section>
  );
}

function StrategyCard({ strategy, places, traffic }: Use): JSX.Element {
  const { id, version } = strategy;
  return (
    <Card
      title={version > 1 ? `${strategyName(id)}, version ${version}` : strategyName(id)}
      level={3}
      lead={leadOf(places, traffic)}
      class="strategy"
      controls={
        <a class="button button--quiet" href={`${addressOf("recommendations/try")}?strategy=${id}`}>
          Try it
        </a>
      }
    >
      <Facts
        facts={[
          ...(traffic ? trafficFacts(traffic) : []),
          { name: "Bought before", value: ownedWords[strategy.owned] },
          {
            name: "When evidence runs out",
            value: strategy.whenShort === "fill" ? "Filled up with favourites" : "Shows less, or nothing",
          },
        ]}
      />
      <Sources strategy={strategy} />
    </Card>
  );
}

function leadOf(places: readonly string[], traffic: Traffic | undefined): string {
  if (places.length === 0) return "Serves no placement by itself";
  const serves = `Serves ${places.map(placementName).join(", ")}`;
  return traffic ? serves : `${serves}; not seen in ${days} days`;
}

function trafficFacts({ clickThrough, sessions, itemClickThrough, clicks, impressions }: Traffic): readonly Fact[] {
  return [
    {
      name: "Visits that clicked",
      value: formatPercent(clickThrough.value),
      detail: `${formatInterval(clickThrough, formatPercent)}, of ${formatInteger(sessions)} that saw it`,
    },
    {
      name: "Clicks per product seen",
      value: formatPercent(itemClickThrough.value),
      detail: `${formatInterval(itemClickThrough, formatPercent)}, ${formatInteger(clicks)} of ${formatInteger(impressions)}`,
    },
  ];
}

const ownedWords = { exclude: "Left out", allow: "May be shown again", only: "Nothing else" } as const;

/** What is heard, and how loudly. */
function Sources({ strategy: { sources } }: { readonly strategy: Strategy }): JSX.Element {
  const loudest = Math.max(...sources.map(({ weight }) => weight), Number.MIN_VALUE);
  return (
    <ul class="sources" aria-label="What it is made of">
      {sources.map(({ source, from, weight }) => (
        <li key={`${source} ${from}`}>
          <span>
            {sourceName(source)} <span class="quiet">from {startingPointName(from)}</span>
          </span>
          <span class="bar" aria-hidden="true">
            <span style={{ inlineSize: `${(weight / loudest) * 100}%` }} />
          </span>
          <span class="number">
            <span class="visually-hidden">weight </span>
            {formatDecimal(weight)}
          </span>
        </li>
      ))}
    </ul>
  );
}

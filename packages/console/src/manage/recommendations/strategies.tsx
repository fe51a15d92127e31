/** The strategies: what each is made of, where it serves, and how often what it shows is clicked. */
import type { Strategy } from "@basketlift/engine/decision";
import type { JSX } from "preact";
import type { ClickThrough } from "../../api/contract.ts";
import { useResource } from "../../api/use-resource.ts";
import { useConsole } from "../../console.ts";
import { formatDecimal, formatInteger, formatInterval, formatPercent } from "../../format/numbers.ts";
import { lastDays } from "../../format/times.ts";
import { Card } from "../../parts/card.tsx";
import { Facts } from "../../parts/facts.tsx";
import { placementName } from "../../parts/placement-name.ts";
import { Empty, Loaded } from "../../parts/states.tsx";
import { addressOf } from "../../routing/location.ts";
import { isStrategy } from "./engine-data.ts";
import { sourceName, startingPointName } from "./words.ts";

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
          <div class="strategies">
            {strategies.map((strategy) => (
              <StrategyCard
                key={strategy.id}
                strategy={strategy}
                places={Object.keys(placements).filter((place) => placements[place] === strategy.id)}
                traffic={rows.find(({ key }) => key === strategy.id)}
              />
            ))}
          </div>
        )
      }
    </Loaded>
  );
}

interface StrategyCardProps {
  readonly strategy: Strategy;
  /** Placements it serves. */
  readonly places: readonly string[];
  readonly traffic: ClickThrough["rows"][number] | undefined;
}

function StrategyCard({ strategy, places, traffic }: StrategyCardProps): JSX.Element {
  return (
    <Card
      title={titleOf(strategy)}
      lead={places.length > 0 ? `Serves ${places.map(placementName).join(", ")}` : "Serves no placement by itself"}
      class="strategy"
      controls={
        <a class="button button--quiet" href={`${addressOf("recommendations/try")}?strategy=${strategy.id}`}>
          Try it
        </a>
      }
    >
      <Facts
        facts={[
          {
            name: "Visits that clicked",
            value: traffic && traffic.sessions > 0 ? formatPercent(traffic.clickThrough.value) : "–",
            detail:
              traffic && traffic.sessions > 0
                ? `${formatInterval(traffic.clickThrough, formatPercent)}, of ${formatInteger(traffic.sessions)} that saw it`
                : `not seen in ${days} days`,
          },
          {
            name: "Clicks per product seen",
            value: traffic && traffic.impressions > 0 ? formatPercent(traffic.itemClickThrough.value) : "–",
            detail: traffic && `${formatInteger(traffic.clicks)} of ${formatInteger(traffic.impressions)}`,
          },
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

const titleOf = ({ id, version }: Strategy): string =>
  `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll("-", " ")}${version > 1 ? `, version ${version}` : ""}`;

/** What two strategies show the same shopper: rows as they would be drawn, place by place, and how each was decided. */
import type { Recommendation } from "@basketlift/engine/decision";
import type { JSX } from "preact";
import type { Comparison } from "../../api/contract.ts";
import { formatInteger } from "../../format/numbers.ts";
import { Card } from "../../parts/card.tsx";
import { DataTable } from "../../parts/data-table.tsx";
import { ProductName } from "../../parts/product-name.tsx";
import { Tag } from "../../parts/tag.tsx";
import { isRecommendation, isTrace } from "./engine-data.ts";
import { ShopperView } from "./shopper-view.tsx";
import { TraceView } from "./trace-view.tsx";
import { strategyName } from "./words.ts";

export function SideBySide({ comparison: { results, overlap } }: { readonly comparison: Comparison }): JSX.Element {
  const shown = results.map(({ recommendation, strategy }, index) => ({
    name: `${index === 0 ? "Serves now: " : ""}${strategy ? strategyName(strategy.id) : "Your draft"}`,
    recommendation: isRecommendation(recommendation) ? recommendation : undefined,
  }));
  const [both] = overlap;
  return (
    <div class="stack">
      {both && <p class="verdict">{inWords(both)}</p>}
      {shown.map(
        ({ name, recommendation }) =>
          recommendation && (
            <ShopperView
              key={name}
              title={results.length === 1 ? "What the shopper sees" : name}
              recommendation={recommendation}
            />
          ),
      )}
      {shown.length === 2 && <Places shown={shown} />}
      {results.map(
        ({ trace }, index) =>
          isTrace(trace) && (
            <Card
              key={shown[index].name}
              title={results.length === 1 ? "How it was decided" : `${shown[index].name} - how it was decided`}
              lead="Every step, first to last"
            >
              <TraceView trace={trace} />
            </Card>
          ),
      )}
    </div>
  );
}

function inWords({ shared, either }: Comparison["overlap"][number]): string {
  if (either === 0) return "Both show nothing.";
  if (shared === either) return `Both show the same ${formatInteger(shared)} products.`;
  if (shared === 0) return "They show no product in common.";
  return `${formatInteger(shared)} of ${formatInteger(either)} products are shown by both.`;
}

interface Shown {
  readonly name: string;
  readonly recommendation: Recommendation | undefined;
}

/** Place by place; what only one of them shows is marked. */
function Places({ shown }: { readonly shown: readonly Shown[] }): JSX.Element {
  const lists = shown.map(({ recommendation }) => recommendation?.items.map(({ productId }) => productId) ?? []);
  const length = Math.max(...lists.map((list) => list.length));
  const cell = (column: number, place: number): JSX.Element => {
    const id = lists[column].at(place);
    if (id === undefined) return <span class="quiet">–</span>;
    const isShared = lists[1 - column].includes(id);
    return (
      <>
        <ProductName id={id} /> {!isShared && <Tag>Only here</Tag>}
      </>
    );
  };
  return (
    <Card title="Place by place">
      <DataTable
        caption="Place by place"
        rows={Array.from({ length }, (_, place) => place)}
        keyOf={String}
        columns={[
          { header: "Place", cell: (place) => formatInteger(place + 1) },
          ...shown.map(({ name }, column) => ({ header: name, cell: (place: number) => cell(column, place) })),
        ]}
      />
    </Card>
  );
}

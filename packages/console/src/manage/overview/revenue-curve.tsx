/**
 * The shop's net revenue a day, and within it what is attributed to the recommendations of each placement. As a chart of the
 * whole, as one of the placements by themselves, or as a table.
 */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Overview } from "../../api/contract.ts";
import { formatAxisAmount, formatRoundAmount } from "../../format/numbers.ts";
import { formatDay } from "../../format/times.ts";
import { Card } from "../../parts/card.tsx";
import { Segments } from "../../parts/segments.tsx";
import { TimeChart } from "../../parts/time-chart.tsx";
import { DayTable } from "./day-table.tsx";
import { RevenueLegend } from "./revenue-legend.tsx";
import { partsOf, stacked, type RevenuePart } from "./revenue-parts.ts";

type Day = Overview["days"][number];

const views = [
  { value: "shop", label: "Whole shop" },
  { value: "placements", label: "Placements" },
  { value: "table", label: "Table" },
] as const;

type View = (typeof views)[number]["value"];

export function RevenueCurve({ overview }: { readonly overview: Overview }): JSX.Element {
  const [view, setView] = useState<View>("shop");
  const { days, currency, attribution } = overview;
  const parts = useMemo(() => partsOf(days), [days]);
  return (
    <Card
      title="Net revenue by day"
      lead="Of the shop, and what of it is attributed to each placement"
      class="revenue"
      controls={<Segments name="Show as" hideName options={views} value={view} onChange={setView} />}
    >
      {view === "table" ? (
        <DayTable days={days} currency={currency} parts={parts} />
      ) : (
        <Curve days={days} currency={currency} parts={parts} isOfShop={view === "shop"} />
      )}
      <p class="revenue__rule quiet">
        <strong>How revenue is attributed.</strong> {attribution}
      </p>
    </Card>
  );
}

interface CurveProps {
  readonly days: readonly Day[];
  readonly currency: string;
  readonly parts: readonly RevenuePart[];
  /** The placements within the shop's revenue; otherwise they alone, on a scale of their own. */
  readonly isOfShop: boolean;
}

function Curve({ days, currency, parts, isOfShop }: CurveProps): JSX.Element {
  const [pointed, setPointed] = useState<number | null>(null);
  const series = useMemo(() => {
    const net = { name: "Net revenue", color: "quiet" as const, values: days.map(({ netRevenue }) => netRevenue) };
    return [...(isOfShop ? [net] : []), ...stacked(parts, days)];
  }, [days, parts, isOfShop]);
  const names = useMemo(() => days.map(({ day }) => day), [days]);
  const day = pointed === null ? undefined : days[pointed];
  return (
    <>
      <TimeChart
        label={inWords(days, currency, parts)}
        days={names}
        series={series}
        formatValue={(value) => formatAxisAmount(value, currency)}
        onPoint={setPointed}
      />
      <RevenueLegend days={day ? [day] : days} currency={currency} parts={parts} name={nameOf(days, pointed)} />
    </>
  );
}

/** The last day is not over. */
function nameOf(days: readonly Day[], pointed: number | null): string {
  const day = pointed === null ? undefined : days[pointed];
  if (!day) return "Whole period, today so far";
  return pointed === days.length - 1 ? `${formatDay(day.day)}, so far` : formatDay(day.day);
}

function inWords(days: readonly Day[], currency: string, parts: readonly RevenuePart[]): string {
  if (days.length === 0) return "Net revenue by day: no days yet.";
  const amount = (of: (day: Day) => number): string =>
    formatRoundAmount(
      days.reduce((sum, day) => sum + of(day), 0),
      currency,
    );
  const split = parts.map(({ name, on }) => `${name} ${amount(on)}`).join(", ");
  return `Net revenue by day, ${formatDay(days[0].day)} to ${formatDay(days[days.length - 1].day)}: ${amount(({ netRevenue }) => netRevenue)} in all, ${amount(({ attributedRevenue }) => attributedRevenue)} of it attributed${split && `: ${split}`}. The table has every day.`;
}

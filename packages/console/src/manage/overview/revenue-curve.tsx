/** Net revenue a day, with the part that is attributed to recommendations. As a chart, or as a table. */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Overview } from "../../api/contract.ts";
import { formatAmount, formatAxisAmount, formatInteger, formatRoundAmount } from "../../format/numbers.ts";
import { formatDay } from "../../format/times.ts";
import { Card } from "../../parts/card.tsx";
import { DataTable } from "../../parts/data-table.tsx";
import { Segments } from "../../parts/segments.tsx";
import { TimeChart } from "../../parts/time-chart.tsx";

type Day = Overview["days"][number];

const views = [
  { value: "chart", label: "Chart" },
  { value: "table", label: "Table" },
] as const;

export function RevenueCurve({ overview }: { readonly overview: Overview }): JSX.Element {
  const [view, setView] = useState<(typeof views)[number]["value"]>("chart");
  return (
    <Card
      title="Net revenue by day"
      lead="After discounts, cancellations and refunds"
      class="revenue"
      controls={<Segments name="Show as" hideName options={views} value={view} onChange={setView} />}
    >
      {view === "chart" ? <Curve overview={overview} /> : <DayTable overview={overview} />}
    </Card>
  );
}

function Curve({ overview: { days, currency } }: { readonly overview: Overview }): JSX.Element {
  const [pointed, setPointed] = useState<number | null>(null);
  const series = useMemo(
    () => [
      { name: "Net revenue", color: "quiet" as const, values: days.map(({ netRevenue }) => netRevenue) },
      { name: "Attributed", color: "accent" as const, values: days.map(({ attributedRevenue }) => attributedRevenue) },
    ],
    [days],
  );
  const names = useMemo(() => days.map(({ day }) => day), [days]);
  const day = pointed === null ? undefined : days[pointed];
  return (
    <>
      <TimeChart
        label={inWords(days, currency)}
        days={names}
        series={series}
        formatValue={(value) => formatAxisAmount(value, currency)}
        onPoint={setPointed}
      />
      <Readout days={day ? [day] : days} currency={currency} name={nameOf(days, pointed)} />
    </>
  );
}

/** The last day is not over. */
function nameOf(days: readonly Day[], pointed: number | null): string {
  const day = pointed === null ? undefined : days[pointed];
  if (!day) return "Whole period, today so far";
  return pointed === days.length - 1 ? `${formatDay(day.day)}, so far` : formatDay(day.day);
}

interface ReadoutProps {
  readonly days: readonly Day[];
  readonly currency: string;
  readonly name: string;
}

/** The legend, with the figures of the day under the pointer. */
function Readout({ days, currency, name }: ReadoutProps): JSX.Element {
  const { net, attributed } = totalOf(days);
  return (
    <div class="legend">
      <span class="legend__name">{name}</span>
      <dl>
        <div>
          <dt class="legend__key legend__key--accent">Attributed</dt>
          <dd>{formatRoundAmount(attributed, currency)}</dd>
        </div>
        <div>
          <dt class="legend__key legend__key--quiet">All other</dt>
          <dd>{formatRoundAmount(net - attributed, currency)}</dd>
        </div>
      </dl>
    </div>
  );
}

function DayTable({ overview: { days, currency } }: { readonly overview: Overview }): JSX.Element {
  return (
    <DataTable
      caption="Net revenue by day"
      rows={days}
      keyOf={({ day }) => day}
      pageSize={10}
      sorting={{ header: "Day", direction: "descending" }}
      columns={[
        { header: "Day", cell: ({ day }) => formatDay(day), sortBy: ({ day }) => day },
        money("Net revenue", currency, ({ netRevenue }) => netRevenue),
        money("Attributed", currency, ({ attributedRevenue }) => attributedRevenue),
        money("All other", currency, ({ netRevenue, attributedRevenue }) => netRevenue - attributedRevenue),
        count("Orders", ({ orders }) => orders),
        count("Seen", ({ impressions }) => impressions),
        count("Clicks", ({ clicks }) => clicks),
      ]}
    />
  );
}

const money = (header: string, currency: string, of: (day: Day) => number) => ({
  header,
  numeric: true,
  sortBy: of,
  cell: (day: Day) => formatAmount(of(day), currency),
});

const count = (header: string, of: (day: Day) => number) => ({
  header,
  numeric: true,
  sortBy: of,
  cell: (day: Day) => formatInteger(of(day)),
});

function totalOf(days: readonly Day[]): { readonly net: number; readonly attributed: number } {
  let [net, attributed] = [0, 0];
  for (const day of days) {
    net += day.netRevenue;
    attributed += day.attributedRevenue;
  }
  return { net, attributed };
}

function inWords(days: readonly Day[], currency: string): string {
  if (days.length === 0) return "Net revenue by day: no days yet.";
  const { net, attributed } = totalOf(days);
  return `Net revenue by day, ${formatDay(days[0].day)} to ${formatDay(days[days.length - 1].day)}: ${formatRoundAmount(net, currency)} in all, ${formatRoundAmount(attributed, currency)} of it attributed. The table has every day.`;
}

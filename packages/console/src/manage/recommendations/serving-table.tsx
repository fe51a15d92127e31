/** Which strategy serves where, and what comes of it. */
import { toMajor } from "@basketlift/engine/catalogue";
import type { ComponentChildren, JSX } from "preact";
import type { Incrementality, PlacementLine, StrategyComparison } from "../../api/contract.ts";
import { formatAmount, formatChange, formatInteger, formatInterval, formatPercent } from "../../format/numbers.ts";
import { Card } from "../../parts/card.tsx";
import { DataTable, type Column } from "../../parts/data-table.tsx";
import { placementName } from "../../parts/placement-name.ts";
import { pageOf } from "./strategy-page.tsx";
import { strategyName } from "./words.ts";

/** Figures of one strategy, in one place or over all of them. */
export type ServingFigures = StrategyComparison["rows"][number];

export interface ServingTableProps {
  readonly placements: readonly PlacementLine[];
  readonly comparison: StrategyComparison;
  readonly lift: Incrementality;
  readonly days: number;
  /** Opens the choice of another strategy; absent for those who may look only. */
  readonly onChange: ((placement: PlacementLine) => void) | undefined;
}

export function ServingTable({ placements, comparison, lift, days, onChange }: ServingTableProps): JSX.Element {
  return (
    <Card
      title="Which strategy serves where"
      lead={`Figures of the last ${days} days, of the strategy that serves now`}
    >
      <DataTable
        caption="Which strategy serves where"
        rows={placements}
        keyOf={({ id }) => id}
        narrow="cards"
        columns={columnsOf(comparison, onChange)}
      />
      <div class="rule-words">
        <p>
          <strong>How revenue is attributed:</strong> {comparison.attribution}
        </p>
        <p>
          <strong>What recommendations cause,</strong> measured by the visitors who see none: {liftInWords(lift)}
        </p>
      </div>
    </Card>
  );
}

function columnsOf(
  { rows, currency }: StrategyComparison,
  onChange: ServingTableProps["onChange"],
): readonly Column<PlacementLine>[] {
  const figuresOf = ({ id, strategy }: PlacementLine): ServingFigures | undefined =>
    rows.find((row) => row.placement === id && row.strategy === strategy);
  const columns: Column<PlacementLine>[] = [
    { header: "Placement", cell: ({ id }) => placementName(id) },
    {
      header: "Strategy",
      cell: ({ strategy }) => <a href={pageOf(strategy)}>{strategyName(strategy)}</a>,
      sortBy: ({ strategy }) => strategyName(strategy),
      fields: [{ name: "Strategy", value: ({ strategy }) => strategy }],
    },
    {
      header: "Visits that saw it",
      numeric: true,
      cell: (row) => formatInteger(figuresOf(row)?.sessions ?? 0),
      sortBy: (row) => figuresOf(row)?.sessions ?? 0,
    },
    {
      header: "Visits that clicked",
      numeric: true,
      cell: (row) => <ClickedCell figures={figuresOf(row)} />,
      sortBy: (row) => figuresOf(row)?.clickThrough.value ?? 0,
      fields: [
        { name: "Visits that clicked", value: (row) => figuresOf(row)?.clickThrough.value },
        { name: "Visits that clicked, lower", value: (row) => figuresOf(row)?.clickThrough.lower },
        { name: "Visits that clicked, upper", value: (row) => figuresOf(row)?.clickThrough.upper },
      ],
    },
    {
      header: "Attributed net revenue",
      numeric: true,
      cell: (row) => <RevenueCell figures={figuresOf(row)} currency={currency} />,
      sortBy: (row) => figuresOf(row)?.netRevenue ?? 0,
      fields: [
        {
          name: `Attributed net revenue (${currency})`,
          value: (row) => toMajor(figuresOf(row)?.netRevenue ?? 0, currency),
        },
      ],
    },
  ];
  if (onChange) {
    columns.push({
      header: "Change",
      cell: (row) => (
        <button
          type="button"
          class="button button--quiet button--small"
          aria-label={`Change what serves: ${placementName(row.id)}`}
          onClick={() => onChange(row)}
        >
          Change
        </button>
      ),
      fields: [],
    });
  }
  return columns;
}

function ClickedCell({ figures }: { readonly figures: ServingFigures | undefined }): JSX.Element {
  if (!figures || figures.sessions === 0) return <span class="quiet">–</span>;
  return (
    <Uncertain interval={formatInterval(figures.clickThrough, formatPercent)}>
      {formatPercent(figures.clickThrough.value)}
    </Uncertain>
  );
}

function RevenueCell({
  figures,
  currency,
}: {
  readonly figures: ServingFigures | undefined;
  readonly currency: string;
}): JSX.Element {
  if (!figures || figures.buyers === 0) return <span class="quiet">–</span>;
  return (
    <Uncertain interval={revenueInterval(figures, currency)}>{formatAmount(figures.netRevenue, currency)}</Uncertain>
  );
}

/** The interval as words, or why there is none. */
export function revenueInterval({ revenue, buyers }: ServingFigures, currency: string): string {
  if (revenue) return formatInterval(revenue, (amount) => formatAmount(amount, currency));
  return `${formatInteger(buyers)} ${buyers === 1 ? "buyer" : "buyers"}: too few for an interval`;
}

function Uncertain({
  interval,
  children,
}: {
  readonly interval: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <>
      {children} <span class="quiet interval-words">{interval}</span>
    </>
  );
}

function liftInWords({ revenuePerVisitor, verdict }: Incrementality): string {
  if (!revenuePerVisitor) return verdict;
  const { value } = revenuePerVisitor;
  return `${formatChange(value)} net revenue per visitor (${formatInterval(revenuePerVisitor)}). ${verdict}`;
}

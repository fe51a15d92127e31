/** What each placement brings. */
import { toMajor } from "@basketlift/engine/catalogue";
import type { JSX } from "preact";
import type { ClickThrough, Estimate, Overview } from "../../api/contract.ts";
import { formatAmount, formatInteger, formatInterval, formatPercent } from "../../format/numbers.ts";
import { Card } from "../../parts/card.tsx";
import { DataTable, type Column } from "../../parts/data-table.tsx";
import { Empty } from "../../parts/states.tsx";
import { placementName } from "../../parts/placement-name.ts";

type Row = Overview["placements"][number];

export interface PlacementTableProps {
  readonly overview: Overview;
  /** By placement. */
  readonly clickThrough: ClickThrough;
}

export function PlacementTable({ overview: { placements, currency }, clickThrough }: PlacementTableProps): JSX.Element {
  return (
    <Card title="By placement">
      {placements.length === 0 ? (
        <Empty title="No recommendation was seen in this period">
          <p>Put a widget on a product page; what it shows and sells appears here within seconds.</p>
        </Empty>
      ) : (
        <DataTable
          caption="By placement"
          rows={placements}
          keyOf={({ placement }) => placement}
          sorting={{ header: "Attributed", direction: "descending" }}
          narrow="cards"
          columns={columnsOf(clickThrough, currency)}
        />
      )}
    </Card>
  );
}

function columnsOf({ rows }: ClickThrough, currency: string): readonly Column<Row>[] {
  const rateOf = ({ placement }: Row): Estimate | undefined =>
    rows.find(({ key }) => key === placement)?.itemClickThrough;
  const count = (header: string, of: (row: Row) => number): Column<Row> => ({
    header,
    numeric: true,
    cell: (row) => formatInteger(of(row)),
    sortBy: of,
  });
  return [
    { header: "Placement", cell: ({ placement }) => placementName(placement), sortBy: ({ placement }) => placement },
    count("Seen", ({ impressions }) => impressions),
    count("Clicks", ({ clicks }) => clicks),
    {
      header: "Clicks per product seen",
      numeric: true,
      cell: (row) => <Rate estimate={rateOf(row)} />,
      sortBy: (row) => rateOf(row)?.value ?? 0,
      fields: [
        { name: "Clicks per product seen", value: (row) => rateOf(row)?.value },
        { name: "Clicks per product seen, lower", value: (row) => rateOf(row)?.lower },
        { name: "Clicks per product seen, upper", value: (row) => rateOf(row)?.upper },
      ],
    },
    {
      header: "Attributed",
      numeric: true,
      cell: ({ attributedRevenue }) => formatAmount(attributedRevenue, currency),
      sortBy: ({ attributedRevenue }) => attributedRevenue,
      fields: [
        { name: `Attributed (${currency})`, value: ({ attributedRevenue }) => toMajor(attributedRevenue, currency) },
      ],
    },
  ];
}

function Rate({ estimate }: { readonly estimate: Estimate | undefined }): JSX.Element {
  if (!estimate) return <>–</>;
  return (
    <>
      {formatPercent(estimate.value)} <span class="quiet">({formatInterval(estimate, formatPercent)})</span>
    </>
  );
}

/** What each placement brings. */
import type { JSX } from "preact";
import type { ClickThrough, Estimate, Overview } from "../../api/contract.ts";
import { formatAmount, formatInteger, formatInterval, formatPercent } from "../../format/numbers.ts";
import { Card } from "../../parts/card.tsx";
import { DataTable } from "../../parts/data-table.tsx";
import { Empty } from "../../parts/states.tsx";
import { placementName } from "../../parts/placement-name.ts";

type Row = Overview["placements"][number];

export interface PlacementTableProps {
  readonly overview: Overview;
  /** By placement. */
  readonly clickThrough: ClickThrough;
}

export function PlacementTable({
  overview: { placements, currency },
  clickThrough: { rows },
}: PlacementTableProps): JSX.Element {
  const rateOf = ({ placement }: Row): Estimate | undefined =>
    rows.find(({ key }) => key === placement)?.itemClickThrough;
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
          columns={[
            { header: "Placement", cell: (row) => placementName(row.placement), sortBy: (row) => row.placement },
            {
              header: "Seen",
              numeric: true,
              cell: (row) => formatInteger(row.impressions),
              sortBy: (row) => row.impressions,
            },
            { header: "Clicks", numeric: true, cell: (row) => formatInteger(row.clicks), sortBy: (row) => row.clicks },
            {
              header: "Clicks per product seen",
              numeric: true,
              cell: (row) => <Rate estimate={rateOf(row)} />,
              sortBy: (row) => rateOf(row)?.value ?? 0,
            },
            {
              header: "Attributed",
              numeric: true,
              cell: (row) => formatAmount(row.attributedRevenue, currency),
              sortBy: (row) => row.attributedRevenue,
            },
          ]}
        />
      )}
    </Card>
  );
}

function Rate({ estimate }: { readonly estimate: Estimate | undefined }): JSX.Element {
  if (!estimate) return <>–</>;
  return (
    <>
      {formatPercent(estimate.value)} <span class="quiet">({formatInterval(estimate, formatPercent)})</span>
    </>
  );
}

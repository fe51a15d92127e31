/** What each placement brings. */
import type { JSX } from "preact";
import type { Overview } from "../../api/contract.ts";
import { formatAmount, formatInteger, formatPercent } from "../../format/numbers.ts";
import { Card } from "../../parts/card.tsx";
import { DataTable } from "../../parts/data-table.tsx";
import { Empty } from "../../parts/states.tsx";
import { placementName } from "../../parts/placement-name.ts";

type Row = Overview["placements"][number];

export function PlacementTable({ overview: { placements, currency } }: { readonly overview: Overview }): JSX.Element {
  const share = ({ clicks, impressions }: Row): number => (impressions > 0 ? clicks / impressions : 0);
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
            { header: "Clicks per view", numeric: true, cell: (row) => formatPercent(share(row)), sortBy: share },
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

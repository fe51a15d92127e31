/** The figures of the revenue curve, day by day. */
import { toMajor } from "@basketlift/engine/catalogue";
import type { JSX } from "preact";
import type { Overview } from "../../api/contract.ts";
import { formatAmount, formatInteger } from "../../format/numbers.ts";
import { formatDay } from "../../format/times.ts";
import { DataTable, type Column } from "../../parts/data-table.tsx";
import type { RevenuePart } from "./revenue-parts.ts";

type Day = Overview["days"][number];

export interface DayTableProps {
  readonly days: readonly Day[];
  readonly currency: string;
  readonly parts: readonly RevenuePart[];
}

export function DayTable({ days, currency, parts }: DayTableProps): JSX.Element {
  const money = (header: string, of: (day: Day) => number): Column<Day> => ({
    header,
    numeric: true,
    sortBy: of,
    cell: (day) => formatAmount(of(day), currency),
    fields: [{ name: `${header} (${currency})`, value: (day) => toMajor(of(day), currency) }],
  });
  return (
    <DataTable
      caption="Net revenue by day"
      rows={days}
      keyOf={({ day }) => day}
      pageSize={10}
      narrow="cards"
      sorting={{ header: "Day", direction: "descending" }}
      columns={[
        {
          header: "Day",
          cell: ({ day }) => formatDay(day),
          sortBy: ({ day }) => day,
          fields: [{ name: "Day", value: ({ day }) => day }],
        },
        money("Net revenue", ({ netRevenue }) => netRevenue),
        money("Attributed", ({ attributedRevenue }) => attributedRevenue),
        ...parts.map(({ name, on }) => money(name, on)),
        count("Orders", ({ orders }) => orders),
        count("Seen", ({ impressions }) => impressions),
        count("Clicks", ({ clicks }) => clicks),
      ]}
    />
  );
}

const count = (header: string, of: (day: Day) => number): Column<Day> => ({
  header,
  numeric: true,
  sortBy: of,
  cell: (day) => formatInteger(of(day)),
});

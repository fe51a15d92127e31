/** Pairs that sell together, each with its evidence. */
import type { JSX } from "preact";
import type { AffinityRule } from "../../api/contract.ts";
import { formatDecimal, formatInteger, formatPercent, formatRate } from "../../format/numbers.ts";
import { DataTable, type Column, type DataTableProps } from "../../parts/data-table.tsx";
import { useProductColumn } from "../../parts/product-column.tsx";

export interface RuleTableProps {
  readonly rules: readonly AffinityRule[];
  readonly onInspect: (pair: readonly string[]) => void;
  readonly more: DataTableProps<AffinityRule>["more"];
}

export function RuleTable({ rules, onInspect, more }: RuleTableProps): JSX.Element {
  const first = useProductColumn(rules, "Product", ({ productA }) => productA);
  const second = useProductColumn(rules, "Sells with", ({ productB }) => productB);
  return (
    <DataTable
      caption="Affinities"
      rows={rules}
      keyOf={({ id }) => id}
      more={more}
      narrow="cards"
      columns={[first, second, ...evidence, inspection(onInspect)]}
    />
  );
}

const number = (
  header: string,
  of: (rule: AffinityRule) => number,
  format: (value: number) => string,
): Column<AffinityRule> => ({ header, numeric: true, cell: (rule) => format(of(rule)), sortBy: of });

const lift: Column<AffinityRule> = {
  header: "Lift",
  numeric: true,
  cell: ({ lift: value, liftLower, liftUpper }) => (
    <>
      {formatDecimal(value)}{" "}
      <span class="quiet">
        ({formatDecimal(liftLower)} to {formatDecimal(liftUpper)})
      </span>
    </>
  ),
  sortBy: (rule) => rule.lift,
  fields: [
    { name: "Lift", value: (rule) => rule.lift },
    { name: "Lift, lower", value: ({ liftLower }) => liftLower },
    { name: "Lift, upper", value: ({ liftUpper }) => liftUpper },
  ],
};

const evidence: readonly Column<AffinityRule>[] = [
  number("Baskets", ({ count }) => count, formatInteger),
  number(
    "By chance",
    ({ expected }) => expected,
    (value) => formatDecimal(value, 1),
  ),
  lift,
  number("Support", ({ support }) => support, formatPercent),
  number("Confidence", ({ confidence }) => confidence, formatPercent),
  number("q", ({ qValue }) => qValue, formatRate),
];

const inspection = (onInspect: RuleTableProps["onInspect"]): Column<AffinityRule> => ({
  header: "Look closer",
  cell: ({ productA, productB }) => (
    <button type="button" class="button button--quiet button--small" onClick={() => onInspect([productA, productB])}>
      Inspect
    </button>
  ),
  fields: [],
  wide: true,
});

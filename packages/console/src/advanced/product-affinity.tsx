/** Product Affinity: which products sell together beyond chance, and a closer look at any two. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { AffinityRule } from "../api/contract.ts";
import { usePages } from "../api/use-pages.ts";
import { useConsole } from "../console.ts";
import { formatDecimal, formatInteger, formatPercent, formatRate } from "../format/numbers.ts";
import { Card } from "../parts/card.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { ProductName } from "../parts/product-name.tsx";
import { ProductPicker } from "../parts/product-picker.tsx";
import { Empty, Loaded } from "../parts/states.tsx";
import { TabHeader } from "../parts/tab-header.tsx";
import { addressOf } from "../routing/location.ts";
import { PairInspector } from "./product-affinity/pair-inspector.tsx";

export function ProductAffinity(): JSX.Element {
  const [pair, setPair] = useState<readonly string[]>([]);
  return (
    <>
      <TabHeader title="Product Affinity" question="Which products sell together, and how sure is that?" />
      <div class="stack">
        <PairInspector pair={pair} onChange={setPair} />
        <Rules onInspect={setPair} />
      </div>
    </>
  );
}

function Rules({ onInspect }: { readonly onInspect: (pair: readonly string[]) => void }): JSX.Element {
  const { api } = useConsole();
  const [product, setProduct] = useState<readonly string[]>([]);
  const [productId] = product;
  const rules = usePages(
    (cursor, signal) =>
      api.listAffinityRules(
        { query: { limit: 100, ...(productId && { productId }), ...(cursor && { cursor }) } },
        { signal },
      ),
    [productId],
  );
  return (
    <Card
      title="Affinities"
      lead="Only pairs that survive a test against chance, with each product as popular and each basket as large as it is"
    >
      <ProductPicker label="Of one product" value={product} onChange={setProduct} most={1} />
      <Loaded value={rules.items} problem={rules.problem} onRetry={rules.reload} what="the affinities" lines={10}>
        {(items) =>
          items.length > 0 ? (
            <RuleTable
              rules={items}
              onInspect={onInspect}
              more={rules.hasMore ? { load: rules.more, loading: rules.loading } : undefined}
            />
          ) : (
            <Empty title={productId ? "Nothing sells with it beyond chance" : "No affinity yet"}>
              <p>
                {productId
                  ? "That may change with more orders."
                  : "Affinities are found in orders. Import some, then train."}
              </p>
              {!productId && (
                <a class="button" href={addressOf("bulk-import")}>
                  Import orders
                </a>
              )}
            </Empty>
          )
        }
      </Loaded>
    </Card>
  );
}

interface RuleTableProps {
  readonly rules: readonly AffinityRule[];
  readonly onInspect: (pair: readonly string[]) => void;
  readonly more: { readonly load: () => void; readonly loading: boolean } | undefined;
}

function RuleTable({ rules, onInspect, more }: RuleTableProps): JSX.Element {
  return (
    <DataTable
      caption="Affinities"
      rows={rules}
      keyOf={({ id }) => id}
      more={more}
      columns={[
        { header: "Product", cell: ({ productA }) => <ProductName id={productA} /> },
        { header: "Sells with", cell: ({ productB }) => <ProductName id={productB} /> },
        number("Baskets", ({ count }) => count, formatInteger),
        number(
          "By chance",
          ({ expected }) => expected,
          (value) => formatDecimal(value, 1),
        ),
        {
          header: "Lift",
          numeric: true,
          cell: ({ lift, liftLower, liftUpper }) => (
            <>
              {formatDecimal(lift)}{" "}
              <span class="quiet">
                ({formatDecimal(liftLower)} to {formatDecimal(liftUpper)})
              </span>
            </>
          ),
          sortBy: ({ lift }) => lift,
        },
        number("Support", ({ support }) => support, formatPercent),
        number("Confidence", ({ confidence }) => confidence, formatPercent),
        number("q", ({ qValue }) => qValue, formatRate),
        {
          header: "Look closer",
          cell: ({ productA, productB }) => (
            <button
              type="button"
              class="button button--quiet button--small"
              onClick={() => onInspect([productA, productB])}
            >
              Inspect
            </button>
          ),
        },
      ]}
    />
  );
}

const number = (header: string, of: (rule: AffinityRule) => number, format: (value: number) => string) => ({
  header,
  numeric: true,
  cell: (rule: AffinityRule) => format(of(rule)),
  sortBy: of,
});

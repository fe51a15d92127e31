/** Product Affinity: which products sell together beyond chance, and a closer look at any two. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { usePages } from "../api/use-pages.ts";
import { useConsole } from "../console.ts";
import { Card } from "../parts/card.tsx";
import { ProductPicker } from "../parts/product-picker.tsx";
import { Empty, Loaded } from "../parts/states.tsx";
import { TabHeader } from "../parts/tab-header.tsx";
import { addressOf } from "../routing/location.ts";
import { PairInspector } from "./product-affinity/pair-inspector.tsx";
import { RuleTable } from "./product-affinity/rule-table.tsx";

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
            <NoRules isOfOne={productId !== undefined} />
          )
        }
      </Loaded>
    </Card>
  );
}

function NoRules({ isOfOne }: { readonly isOfOne: boolean }): JSX.Element {
  if (isOfOne) {
    return (
      <Empty title="Nothing sells with it beyond chance">
        <p>That may change with more orders.</p>
      </Empty>
    );
  }
  return (
    <Empty title="No affinity yet">
      <p>Affinities are found in orders. Import some, then train.</p>
      <a class="button" href={addressOf("bulk-import")}>
        Import orders
      </a>
    </Empty>
  );
}

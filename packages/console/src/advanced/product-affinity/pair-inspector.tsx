/** Two products: how often they are bought together, how often they would be by chance, and what follows. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { AffinityPair } from "../../api/contract.ts";
import { useResource } from "../../api/use-resource.ts";
import { useConsole } from "../../console.ts";
import { formatDecimal, formatInteger, formatPercent, formatRate } from "../../format/numbers.ts";
import { Card } from "../../parts/card.tsx";
import { Facts } from "../../parts/facts.tsx";
import { Icon } from "../../parts/icon.tsx";
import { ProductPicker } from "../../parts/product-picker.tsx";
import { Loaded } from "../../parts/states.tsx";

export interface PairInspectorProps {
  /** Ids of at most two products. */
  readonly pair: readonly string[];
  readonly onChange: (pair: readonly string[]) => void;
}

export function PairInspector({ pair, onChange }: PairInspectorProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const [productA, productB] = pair;
  const before = useRef(pair);
  useEffect(() => {
    const isNew = before.current !== pair && pair.length === 2;
    before.current = pair;
    if (isNew) place.current?.scrollIntoView({ block: "nearest" });
  }, [pair]);
  return (
    <div ref={place}>
      <Card title="Two products" lead="Choose any two, or inspect a pair of the list">
        <ProductPicker label="Products" value={pair} onChange={onChange} most={2} />
        <div aria-live="polite">
          {productA !== undefined && productB !== undefined && (
            <Pair key={`${productA} ${productB}`} productA={productA} productB={productB} />
          )}
        </div>
      </Card>
    </div>
  );
}

function Pair({ productA, productB }: { readonly productA: string; readonly productB: string }): JSX.Element {
  const { api } = useConsole();
  const { value, problem, reload } = useResource(
    (signal) => api.affinityPair({ body: { productA, productB } }, { signal }),
    [productA, productB],
  );
  return (
    <Loaded value={value} problem={problem} onRetry={reload} what="the pair" lines={3}>
      {(pair) => <Evidence pair={pair} />}
    </Loaded>
  );
}

function Evidence({ pair }: { readonly pair: AffinityPair }): JSX.Element {
  const figure = (value: number | null, format: (value: number) => string): string =>
    value === null ? "–" : format(value);
  return (
    <>
      <p class={`verdict ${pair.believed ? "verdict--good" : ""}`.trim()}>
        <Icon name={pair.believed ? "check" : "close"} />
        {pair.believed
          ? " An affinity: more than chance, and enough to act on."
          : " No affinity: chance explains it, or it is too weak to act on."}
      </p>
      <Facts
        facts={[
          {
            name: "Baskets with both",
            value: formatInteger(pair.count),
            detail: pair.expected === null ? undefined : `${formatDecimal(pair.expected, 1)} by chance`,
          },
          {
            name: "Lift",
            value: figure(pair.lift, formatDecimal),
            detail:
              pair.liftLower !== null && pair.liftUpper !== null
                ? `${formatDecimal(pair.liftLower)} to ${formatDecimal(pair.liftUpper)}`
                : undefined,
          },
          {
            name: "q",
            value: figure(pair.qValue, formatRate),
            detail: pair.pValue === null ? undefined : `p ${formatRate(pair.pValue)}`,
          },
          { name: "Support", value: formatPercent(pair.support), detail: `leverage ${formatRate(pair.leverage)}` },
          { name: "Second, given the first", value: formatPercent(pair.confidence) },
          { name: "First, given the second", value: formatPercent(pair.reverseConfidence) },
        ]}
      />
    </>
  );
}

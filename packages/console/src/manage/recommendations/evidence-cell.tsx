/** What speaks for one product: each source's share of its score, and the pair's figures where there are some. */
import type { ItemEvidence } from "@basketlift/engine/decision";
import type { JSX } from "preact";
import { formatDecimal, formatInteger, formatRate, formatWholePercent } from "../../format/numbers.ts";
import { ProductName } from "../../parts/product-name.tsx";
import { sourceName } from "./words.ts";

export function EvidenceCell({
  evidence: { signals, because, figures },
}: {
  readonly evidence: ItemEvidence;
}): JSX.Element {
  if (signals.length === 0) return <span class="quiet">Fills a place</span>;
  return (
    <div class="evidence">
      {signals.map(({ source, share }) => (
        <div key={source} class="evidence__share">
          <span>{sourceName(source)}</span>
          <span class="bar" aria-hidden="true">
            <span style={{ inlineSize: `${share * 100}%` }} />
          </span>
          <span class="number">{formatWholePercent(share)}</span>
        </div>
      ))}
      {because !== undefined && (
        <p class="quiet">
          With <ProductName id={because} />
          {figures && `: ${inWords(figures)}`}
        </p>
      )}
    </div>
  );
}

/** Figures of a pair, by the names the engine gives them. */
function inWords({ count, expected, lift, liftLower, qValue }: Readonly<Record<string, number>>): string {
  const parts: string[] = [];
  if (count !== undefined) parts.push(`${formatInteger(count)} baskets`);
  if (expected !== undefined) parts.push(`${formatDecimal(expected, 1)} by chance`);
  if (lift !== undefined) parts.push(`lift ${formatDecimal(lift)}`);
  if (liftLower !== undefined) parts.push(`at least ${formatDecimal(liftLower)}`);
  if (qValue !== undefined) parts.push(`q ${formatRate(qValue)}`);
  return parts.join(", ");
}

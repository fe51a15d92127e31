/** What speaks for one product: each source's share of its score, and the pair's figures where there are some. */
import type { ItemEvidence } from "@basketlift/engine/decision";
import type { JSX } from "preact";
import { formatDecimal, formatInteger, formatRate, formatWholePercent } from "../../format/numbers.ts";
import { ProductName } from "../../parts/product-name.tsx";
import { sourceName, voiceName } from "./words.ts";

export function EvidenceCell({
  evidence: { signals, because, figures, voices = [] },
  inFigures = [],
}: {
  readonly evidence: ItemEvidence;
  /** The same in sentences. */
  readonly inFigures?: readonly string[];
}): JSX.Element {
  if (signals.length === 0) return <span class="quiet">Fills a place</span>;
  const [{ source: loudest }] = signals;
  const heard = voices.filter(({ share }) => share > 0);
  return (
    <div class="evidence">
      {signals.map(({ source, share }) => (
        <Share key={source} name={sourceName(source)} share={share} />
      ))}
      {heard.length > 0 && (
        <div class="evidence__voices" role="group" aria-label={`What ${sourceName(loudest)} is made of`}>
          {heard.map(({ voice, share }) => (
            <Share key={voice} name={voiceName(voice)} share={share} />
          ))}
        </div>
      )}
      {because !== undefined && (
        <p class="quiet">
          With <ProductName id={because} />
          {figures && `: ${inWords(figures)}`}
        </p>
      )}
      {inFigures.length > 0 && (
        <details class="evidence__words">
          <summary>In words</summary>
          <ul>
            {inFigures.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Share({ name, share }: { readonly name: string; readonly share: number }): JSX.Element {
  return (
    <div class="evidence__share">
      <span>{name}</span>
      <span class="bar" aria-hidden="true">
        <span style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span class="number">{formatWholePercent(share)}</span>
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

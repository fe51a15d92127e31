/** The figures behind a row, for the merchant's eyes: how it was decided, and what speaks for each product in it. */
import type { Recommendation, RecommendationItem } from "@basketlift/engine/decision";
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { factsOf } from "../decision-facts.ts";
import { measureDecision, type DecisionTime } from "../decision-time.ts";
import { productOf, type Shop } from "../shop.ts";
import { useStorefront } from "../storefront.ts";

export interface MerchantViewProps {
  readonly recommendation: Recommendation;
  readonly heading: string;
}

export function MerchantView({ recommendation, heading }: MerchantViewProps): JSX.Element {
  const { shop } = useStorefront();
  const title = `Evidence for “${heading}”`;
  return (
    <div class="evidence">
      <Facts recommendation={recommendation} shop={shop} />
      {recommendation.items.length === 0 ? (
        <p class="evidence__note">Nothing is shown: {recommendation.reasoning.toLowerCase()}.</p>
      ) : (
        <>
          <div class="evidence__scroll" role="region" aria-label={title} tabIndex={0}>
            <EvidenceTable items={recommendation.items} title={title} shop={shop} />
          </div>
          {hasFigures(recommendation.items) && (
            <p class="evidence__note">
              Figures are of the pair: the product and the one it goes “with”. Baskets hold both; chance is how many
              would if baskets were random, each product selling as often and each basket as large as it did. Lift is
              the one over the other, “at least” the lower end of its interval. q is the share of false discoveries
              among all pairs at least as convincing.
            </p>
          )}
        </>
      )}
    </div>
  );
}

function Facts({
  recommendation,
  shop,
}: {
  readonly recommendation: Recommendation;
  readonly shop: Shop;
}): JSX.Element {
  const { receipt, items } = recommendation;
  const facts = useMemo(() => factsOf(shop.engine, receipt), [shop, receipt]);
  const time = useDecisionTime(recommendation, shop);
  return (
    <dl class="facts">
      <Fact
        name="Time for one decision"
        detail={time && `median of ${time.batches} batches of ${time.decisionsPerBatch}`}
      >
        {time ? `${inMicroseconds(time, shop.locale)} µs` : "measuring"}
      </Fact>
      <Fact name="Candidates" detail={sentence(facts.sources.length, facts.refused, facts.filled)}>
        {facts.candidates.toLocaleString(shop.locale)}
        <span class="facts__aside"> for {items.length} places</span>
      </Fact>
      <Fact name="Replay" detail="the same products and chances, from the receipt alone">
        <span class={facts.replay.identical ? "facts__good" : "facts__bad"}>
          {facts.replay.identical && (
            <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
              <path d="M3 8.5l3.2 3.2L13 5" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
            </svg>
          )}
          {facts.replay.inWords}
        </span>
      </Fact>
      <Fact name="Decision" detail={`${receipt.strategy.id}, version ${receipt.strategy.version}; ${receipt.status}`}>
        <code class="facts__id">{receipt.decisionId}</code>
      </Fact>
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  readonly detail: string | undefined;
  readonly children: JSX.Element | string | (JSX.Element | string)[];
}

function Fact({ name, detail, children }: FactProps): JSX.Element {
  return (
    <div class="facts__fact">
      <dt>{name}</dt>
      <dd>
        <span class="facts__value">{children}</span>
        <span class="facts__detail">{detail ?? "\u00a0"}</span>
      </dd>
    </div>
  );
}

/** Figures of a pair, by the names the engine gives them, in the order they are read. */
const figureColumns = [
  { figure: "count", name: "Baskets", inWords: (value: number, locale: string) => rounded(value, locale, 0) },
  { figure: "expected", name: "Chance", inWords: (value: number, locale: string) => rounded(value, locale, 1) },
  { figure: "lift", name: "Lift", inWords: (value: number, locale: string) => rounded(value, locale, 2) },
  { figure: "liftLower", name: "At least", inWords: (value: number, locale: string) => rounded(value, locale, 2) },
  { figure: "qValue", name: "q", inWords: falseDiscoveryRate },
] as const;

interface EvidenceTableProps {
  readonly items: readonly RecommendationItem[];
  readonly title: string;
  readonly shop: Shop;
}

function EvidenceTable({ items, title, shop }: EvidenceTableProps): JSX.Element {
  const columns = hasFigures(items) ? figureColumns : [];
  return (
    <table class="evidence__table">
      <caption class="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">Product</th>
          <th scope="col" class="evidence__shares">
            What its score is made of
          </th>
          <th scope="col">With</th>
          {columns.map(({ name }) => (
            <th key={name} scope="col" class="number">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map(({ productId, title, evidence: { signals, because, figures } }) => (
          <tr key={productId}>
            <th scope="row">{title}</th>
            <td>
              {signals.length === 0
                ? "Fills a place"
                : signals.map((signal) => <Share key={signal.source} {...signal} />)}
            </td>
            <td class="evidence__because">
              {because === undefined ? "–" : (productOf(shop, because)?.title ?? because)}
            </td>
            {columns.map(({ figure, inWords }) => {
              const value = figures?.[figure];
              return (
                <td key={figure} class="number">
                  {value === undefined ? "–" : inWords(value, shop.locale)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const hasFigures = (items: readonly RecommendationItem[]): boolean => items.some(({ evidence }) => evidence.figures);

const sourcesInWords: Readonly<Record<string, string>> = {
  "personal-ranker": "Personal",
  "session-ranker": "This visit",
  "bought-together": "Bought together",
  "item-neighbours": "Customers also bought",
  session: "Seen next",
  similar: "Similar",
  trending: "Trending",
  "new-arrivals": "New in the shop",
  popularity: "Popular",
};

function Share({ source, share }: { readonly source: string; readonly share: number }): JSX.Element {
  return (
    <div class={`share share--${source}`}>
      <span class="share__name">{sourcesInWords[source] ?? source}</span>
      <span class="share__bar" aria-hidden="true">
        <span class="share__part" style={{ inlineSize: `${share * 100}%` }} />
      </span>
      <span class="share__figure">{Math.round(share * 100)}%</span>
    </div>
  );
}

/** Measures while the page is idle; a decision that was replaced stops being measured. */
function useDecisionTime({ receipt }: Recommendation, { engine }: Shop): DecisionTime | undefined {
  const [time, setTime] = useState<DecisionTime>();
  useEffect(() => {
    const end = new AbortController();
    setTime(undefined);
    const measuring = measureDecision(() => engine.recommend(receipt.request), end.signal);
    void measuring.then((measured) => measured && setTime(measured));
    return () => end.abort();
  }, [engine, receipt]);
  return time;
}

const inMicroseconds = ({ microseconds }: DecisionTime, locale: string): string =>
  microseconds.toLocaleString(locale, { maximumSignificantDigits: microseconds < 100 ? 2 : 3 });

function sentence(sources: number, refused: number, filled: number): string {
  const parts = [`from ${sources} ${sources === 1 ? "source" : "sources"}`, `${refused} not allowed here`];
  if (filled > 0) parts.push(`${filled} filled in`);
  return parts.join(", ");
}

function rounded(value: number, locale: string, digits: number): string {
  return value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function falseDiscoveryRate(value: number, locale: string): string {
  return value < 1e-6 ? "< 10⁻⁶" : value.toLocaleString(locale, { maximumSignificantDigits: 2 });
}

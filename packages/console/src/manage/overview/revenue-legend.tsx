/** What the colours of the revenue curve are, with the figures of the day under the pointer, or of the whole period. */
import type { JSX } from "preact";
import type { Overview } from "../../api/contract.ts";
import { formatRoundAmount } from "../../format/numbers.ts";
import type { RevenuePart } from "./revenue-parts.ts";

type Day = Overview["days"][number];

export interface RevenueLegendProps {
  /** What the figures are summed over. */
  readonly days: readonly Day[];
  readonly currency: string;
  readonly parts: readonly RevenuePart[];
  /** The day or the period, in words. */
  readonly name: string;
}

export function RevenueLegend({ days, currency, parts, name }: RevenueLegendProps): JSX.Element {
  const amount = (of: (day: Day) => number): string =>
    formatRoundAmount(
      days.reduce((sum, day) => sum + of(day), 0),
      currency,
    );
  const entries = [
    { name: "Whole shop", color: "quiet", value: amount(({ netRevenue }) => netRevenue) },
    { name: "Attributed", color: "none", value: amount(({ attributedRevenue }) => attributedRevenue) },
    ...parts.map((part) => ({ name: part.name, color: part.color, value: amount(part.on) })),
  ];
  return (
    <div class="legend">
      <span class="legend__name">{name}</span>
      <dl>
        {entries.map((entry) => (
          <div key={entry.name}>
            <dt class={`legend__key legend__key--${entry.color}`}>{entry.name}</dt>
            <dd>{entry.value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

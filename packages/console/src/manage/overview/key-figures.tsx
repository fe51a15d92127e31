/** The shop's figures, each with its change against the period before and how sure that is. */
import type { JSX } from "preact";
import type { KeyFigure, Overview } from "../../api/contract.ts";
import { formatChange, formatInteger, formatInterval, formatRoundAmount } from "../../format/numbers.ts";

export interface KeyFiguresProps {
  readonly overview: Overview;
  /** The period that it is compared with, in words. */
  readonly before: string;
}

export function KeyFigures({ overview, before }: KeyFiguresProps): JSX.Element {
  const amount = (minor: number): string => formatRoundAmount(minor, overview.currency);
  const figures = [
    { name: "Net revenue", figure: overview.netRevenue, format: amount },
    { name: "Orders", figure: overview.orders, format: formatInteger },
    { name: "Average order", figure: overview.averageOrderValue, format: amount },
    { name: "Visitors", figure: overview.visitors, format: formatInteger },
    { name: "Widget views", figure: overview.views, format: formatInteger },
    { name: "Widget clicks", figure: overview.clicks, format: formatInteger },
  ];
  return (
    <section class="key-figures" aria-label="Key figures">
      {figures.map(({ name, figure, format }) => (
        <div key={name} class="key-figure">
          <h2 class="key-figure__name">{name}</h2>
          <p class="key-figure__value">{format(figure.value)}</p>
          <Change figure={figure} was={`${format(figure.before)} in ${before}`} />
        </div>
      ))}
    </section>
  );
}

/** Coloured only where the interval leaves zero out. */
function Change({
  figure: { value, before, change },
  was,
}: {
  readonly figure: KeyFigure;
  readonly was: string;
}): JSX.Element {
  if (!change) {
    return (
      <p class="key-figure__change quiet">{before === 0 && value === 0 ? "None yet" : `${was}; too few to compare`}</p>
    );
  }
  const direction = change.lower > 0 ? "up" : change.upper < 0 ? "down" : "unclear";
  return (
    <p class="key-figure__change">
      <span class={`key-figure__direction key-figure__direction--${direction}`}>{formatChange(change.value)}</span>{" "}
      <span class="key-figure__interval" title={was}>
        {formatInterval(change)}
      </span>
      <span class="visually-hidden">. {was}</span>
    </p>
  );
}

/** What recommendations are worth: attributed revenue, and beside it, always, what the holdout says they caused. */
import type { JSX } from "preact";
import type { Estimate, Incrementality, Overview } from "../../api/contract.ts";
import {
  formatAmount,
  formatChange,
  formatInteger,
  formatInterval,
  formatPercent,
  formatRoundAmount,
  formatWholePercent,
} from "../../format/numbers.ts";
import { Card } from "../../parts/card.tsx";
import { IntervalPlot, reachOf } from "../../parts/interval-plot.tsx";
import { Progress } from "../../parts/progress.tsx";
import { incrementalRevenue } from "./incremental-revenue.ts";

export interface WorthProps {
  readonly overview: Overview;
  readonly lift: Incrementality;
}

export function Worth({ overview, lift }: WorthProps): JSX.Element {
  return (
    <Card id="worth" title="What recommendations are worth" lead="What is attributed to them, and what they caused">
      <div class="worth">
        <Attributed overview={overview} />
        <Caused lift={lift} />
        <Measures lift={lift} />
      </div>
    </Card>
  );
}

function Attributed({
  overview: { attributedRevenue, netRevenue, currency },
}: {
  readonly overview: Overview;
}): JSX.Element {
  const { value, before, change } = attributedRevenue;
  const share = netRevenue.value > 0 ? value / netRevenue.value : 0;
  return (
    <div class="worth__side">
      <h3>Attributed</h3>
      <p class="worth__value">{formatRoundAmount(value, currency)}</p>
      <p class="quiet">
        {formatPercent(share)} of net revenue: products bought within seven days after a click on their recommendation.
        Some of it would have been bought anyway.
      </p>
      <p class="worth__change quiet">
        {change
          ? `${formatChange(change.value)} (${formatInterval(change)}) against the period before, with ${formatRoundAmount(before, currency)}.`
          : `${formatRoundAmount(before, currency)} in the period before; too few to compare.`}
      </p>
    </div>
  );
}

function Caused({ lift }: { readonly lift: Incrementality }): JSX.Element {
  const { revenuePerVisitor, treatment, currency, verdict, sampleRatio } = lift;
  const money = revenuePerVisitor && incrementalRevenue(treatment.netRevenue, revenuePerVisitor);
  const amount = (minor: number): string => formatRoundAmount(minor, currency);
  return (
    <div class="worth__side">
      <h3>Caused, against the holdout</h3>
      <p class="worth__value">
        {money ? amount(money.value) : revenuePerVisitor ? formatChange(revenuePerVisitor.value) : "Not known yet"}
      </p>
      {revenuePerVisitor && (
        <p class="quiet">
          {formatWholePercent(revenuePerVisitor.level)} interval:{" "}
          {money ? formatInterval(money, amount) : formatInterval(revenuePerVisitor)}
        </p>
      )}
      <p class="worth__verdict">{verdict}</p>
      {sampleRatio.alarm && (
        <p class="worth__alarm">
          {formatWholePercent(sampleRatio.observedShare)} of visitors are in the holdout instead of{" "}
          {formatWholePercent(sampleRatio.expectedShare)}. Something keeps visitors of one side from being counted: mend
          that before trusting the lift.
        </p>
      )}
    </div>
  );
}

function Measures({ lift }: { readonly lift: Incrementality }): JSX.Element {
  const { treatment, holdout, plan, currency } = lift;
  const measures = [
    { name: "Net revenue per visitor", estimate: lift.revenuePerVisitor },
    { name: "Visitors who order", estimate: lift.conversion },
    { name: "Average order", estimate: lift.averageOrderValue },
  ];
  const reach = reachOf(measures.map(({ estimate }) => estimate));
  const perVisitor = ({ netRevenue, visitors }: Incrementality["treatment"]): string =>
    visitors > 0 ? ` (${formatAmount(netRevenue / visitors, currency)} each)` : "";
  return (
    <div class="worth__measures">
      <ul>
        {measures.map(({ name, estimate }) => (
          <Measure key={name} name={name} estimate={estimate} reach={reach} />
        ))}
      </ul>
      {treatment.visitors + holdout.visitors > 0 && (
        <p class="quiet worth__arms">
          Visitors with recommendations: {formatInteger(treatment.visitors)}
          {perVisitor(treatment)}; held out: {formatInteger(holdout.visitors)}
          {perVisitor(holdout)}.
        </p>
      )}
      {plan.neededVisitors !== null && plan.observedVisitors < plan.neededVisitors && (
        <Progress label="Visitors until a lift of 5% can be seen" share={plan.observedVisitors / plan.neededVisitors}>
          {formatInteger(plan.observedVisitors)} of {formatInteger(plan.neededVisitors)}
        </Progress>
      )}
    </div>
  );
}

interface MeasureProps {
  readonly name: string;
  readonly estimate: Estimate | null;
  readonly reach: number;
}

function Measure({ name, estimate, reach }: MeasureProps): JSX.Element {
  return (
    <li class="measure">
      <span class="measure__name">{name}</span>
      {estimate ? (
        <>
          <IntervalPlot estimate={estimate} reach={reach} />
          <span class="measure__figures">
            {formatChange(estimate.value)} <span class="quiet">({formatInterval(estimate)})</span>
          </span>
        </>
      ) : (
        <span class="quiet measure__none">Too few visitors so far</span>
      )}
    </li>
  );
}

/** Overview: how the shop is doing, what the recommendations are worth, and what to do today. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ClickThrough, Incrementality, Overview as OverviewAnswer } from "../api/contract.ts";
import { useResource } from "../api/use-resource.ts";
import { useConsole } from "../console.ts";
import { lastDays } from "../format/times.ts";
import { Loaded } from "../parts/states.tsx";
import { Segments } from "../parts/segments.tsx";
import { TabHeader } from "../parts/tab-header.tsx";
import { addressOf } from "../routing/location.ts";
import { HealthStrip } from "./overview/health-strip.tsx";
import { KeyFigures } from "./overview/key-figures.tsx";
import { NextActions } from "./overview/next-actions.tsx";
import { PlacementTable } from "./overview/placement-table.tsx";
import { RevenueCurve } from "./overview/revenue-curve.tsx";
import { Worth } from "./overview/worth.tsx";

/** A purchase appears here within five seconds. */
const pollMilliseconds = 3000;

const periods = [
  { value: "7", label: "7 days" },
  { value: "28", label: "28 days" },
  { value: "90", label: "90 days" },
] as const;

export function Overview(): JSX.Element {
  const { api } = useConsole();
  const [days, setDays] = useState<(typeof periods)[number]["value"]>("28");
  const figures = useResource(
    async (signal) => {
      const query = lastDays(Number(days));
      const [overview, lift, clickThrough] = await Promise.all([
        api.analyticsOverview({ query }, { signal }),
        api.incrementality({ query }, { signal }),
        api.clickThrough({ query: { ...query, by: "placement" } }, { signal }),
      ]);
      return { overview, lift, clickThrough };
    },
    [days],
    { every: () => pollMilliseconds },
  );
  return (
    <>
      <TabHeader title="Overview" question="How is the shop doing, and what should I do today?">
        <Segments name="Period" hideName options={periods} value={days} onChange={setDays} />
      </TabHeader>
      <Loaded
        value={figures.value}
        problem={figures.problem}
        onRetry={figures.reload}
        what="the shop's figures"
        lines={14}
      >
        {(answers) =>
          isUntouched(answers.overview) ? (
            <FirstSteps overview={answers.overview} />
          ) : (
            <Figures {...answers} days={days} />
          )
        }
      </Loaded>
    </>
  );
}

interface FiguresProps {
  readonly overview: OverviewAnswer;
  readonly lift: Incrementality;
  readonly clickThrough: ClickThrough;
  readonly days: string;
}

function Figures({ overview, lift, clickThrough, days }: FiguresProps): JSX.Element {
  return (
    <div class="overview">
      <HealthStrip overview={overview} lift={lift} />
      <KeyFigures overview={overview} before={`the ${days} days before`} />
      <div class="overview__main">
        <RevenueCurve overview={overview} />
        <NextActions actions={overview.nextActions} />
      </div>
      <Worth overview={overview} lift={lift} />
      <PlacementTable overview={overview} clickThrough={clickThrough} />
    </div>
  );
}

const isUntouched = ({ orders, views, visitors }: OverviewAnswer): boolean =>
  [orders, views, visitors].every(({ value, before }) => value === 0 && before === 0);

/** A shop without orders and visits gets directions instead of zeros. */
function FirstSteps({ overview }: { readonly overview: OverviewAnswer }): JSX.Element {
  return (
    <div class="overview">
      <div class="empty">
        <p class="empty__title">Nothing has happened in this period</p>
        <p>Recommendations come from your orders. Bring those in first, then put a widget on a page.</p>
        <a class="button" href={addressOf("bulk-import")}>
          Import orders
        </a>
      </div>
      {overview.nextActions.length > 0 && <NextActions actions={overview.nextActions} />}
    </div>
  );
}

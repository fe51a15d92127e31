/** One decision: who asked what, what was shown with which chance, what came of it, and whether it replays. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { LoggedDecision, ReplayAnswer } from "../../api/contract.ts";
import { asProblem, type Problem } from "../../api/problem.ts";
import { useResource } from "../../api/use-resource.ts";
import { useConsole } from "../../console.ts";
import { formatDecimal, formatInteger } from "../../format/numbers.ts";
import { formatTime } from "../../format/times.ts";
import { Card } from "../../parts/card.tsx";
import { DataTable } from "../../parts/data-table.tsx";
import { Facts } from "../../parts/facts.tsx";
import { Icon } from "../../parts/icon.tsx";
import { placementName } from "../../parts/placement-name.ts";
import { ProblemPanel } from "../../parts/problem-panel.tsx";
import { ProductName } from "../../parts/product-name.tsx";
import { Loaded } from "../../parts/states.tsx";
import { addressOf } from "../../routing/location.ts";
import { StatusTag } from "./decision-log.tsx";
import { isTrace } from "./engine-data.ts";
import { TraceView } from "./trace-view.tsx";
import { armName, strategyName } from "./words.ts";

export function DecisionPage({ id }: { readonly id: string }): JSX.Element {
  const { api } = useConsole();
  const { value, problem, reload } = useResource((signal) => api.getDecision({ params: { id } }, { signal }), [id]);
  return (
    <>
      <p class="back">
        <a href={addressOf("recommendations/log")}>
          <Icon name="left" /> All decisions
        </a>
      </p>
      <Loaded value={value} problem={problem} onRetry={reload} what="the decision" lines={10}>
        {(decision) => <Decision decision={decision} />}
      </Loaded>
    </>
  );
}

function Decision({ decision }: { readonly decision: LoggedDecision }): JSX.Element {
  const { placement, decidedAt, outcomes, slate } = decision;
  return (
    <div class="stack">
      <Card
        title={placementName(placement)}
        lead={formatTime(decidedAt)}
        controls={<StatusTag status={decision.status} />}
      >
        <Facts
          facts={[
            {
              name: "Strategy",
              value: strategyName(decision.strategy.id),
              detail: `version ${decision.strategy.version}`,
            },
            { name: "Experiment", value: armName(decision.arm) },
            { name: "Seen", value: formatInteger(outcomes.impressions) },
            { name: "Clicks", value: formatInteger(outcomes.clicks) },
            { name: "Added to the cart", value: formatInteger(outcomes.addToCarts) },
            { name: "Bought", value: formatInteger(outcomes.purchases) },
          ]}
        />
        <dl class="ids">
          {idsOf(decision).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <code>{value}</code>
              </dd>
            </div>
          ))}
        </dl>
      </Card>
      <Card title="What was shown" lead="With the chance each product had of standing in its place">
        {slate.length === 0 ? (
          <p class="quiet">Nothing was shown.</p>
        ) : (
          <DataTable
            caption="What was shown"
            rows={slate.map((item, index) => ({ ...item, place: index + 1 }))}
            keyOf={({ place }) => String(place)}
            columns={[
              { header: "Product", cell: ({ productId }) => <ProductName id={productId} /> },
              { header: "Place", numeric: true, cell: ({ place }) => place, sortBy: ({ place }) => place },
              { header: "Variant", cell: ({ variantId }) => <code>{variantId}</code> },
              {
                header: "Chance",
                numeric: true,
                cell: ({ propensity }) => formatDecimal(propensity, 3),
                sortBy: ({ propensity }) => propensity,
              },
            ]}
          />
        )}
      </Card>
      <Replay id={decision.id} />
    </div>
  );
}

function idsOf({ id, visitorId, sessionId, customerId, stateVersion }: LoggedDecision): readonly [string, string][] {
  const ids: readonly [string, string | null][] = [
    ["Decision", id],
    ["Customer", customerId],
    ["Visitor", visitorId],
    ["Visit", sessionId],
    ["Engine", stateVersion],
  ];
  return ids.flatMap(([name, value]) => (value === null ? [] : [[name, value] satisfies [string, string]]));
}

/** Decides again from the receipt, and shows every step of it. */
function Replay({ id }: { readonly id: string }): JSX.Element {
  const { api } = useConsole();
  const [answer, setAnswer] = useState<ReplayAnswer>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  const replay = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      setAnswer(await api.replayDecision({ params: { id } }));
    } catch (error) {
      setProblem(asProblem(error));
    }
    setBusy(false);
  };

  return (
    <Card
      title="Replay"
      lead="Decides again from the receipt alone, and compares"
      controls={
        <button type="button" class="button button--quiet" aria-disabled={busy} onClick={() => void replay()}>
          {busy ? "Replaying" : "Replay"}
        </button>
      }
    >
      {problem && <ProblemPanel problem={problem} onRetry={() => void replay()} />}
      <div role="status">{answer && <Verdict answer={answer} />}</div>
      {answer && isTrace(answer.trace) && <TraceView trace={answer.trace} />}
    </Card>
  );
}

function Verdict({ answer: { outcome, why, fields = [] } }: { readonly answer: ReplayAnswer }): JSX.Element {
  if (outcome === "identical") {
    return (
      <p class="verdict verdict--good">
        <Icon name="check" /> The same products with the same chances, bit for bit.
      </p>
    );
  }
  return (
    <p class="verdict verdict--bad">
      <Icon name="warning" />{" "}
      {outcome === "different"
        ? `It comes out differently in ${fields.join(", ")}.`
        : (why ?? "It cannot be replayed.")}
    </p>
  );
}

/** Starts a training and follows it to its end. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { TrainingRun } from "../../api/contract.ts";
import { asProblem, type Problem } from "../../api/problem.ts";
import { useResource } from "../../api/use-resource.ts";
import { useConsole } from "../../console.ts";
import { formatInteger } from "../../format/numbers.ts";
import { formatDuration } from "../../format/times.ts";
import { Card } from "../../parts/card.tsx";
import { Facts } from "../../parts/facts.tsx";
import { Icon } from "../../parts/icon.tsx";
import { ProblemPanel } from "../../parts/problem-panel.tsx";
import { Progress } from "../../parts/progress.tsx";
import { addressOf } from "../../routing/location.ts";

export function TrainNow({ lead }: { readonly lead: string }): JSX.Element {
  const { api } = useConsole();
  const [runId, setRunId] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  const start = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const job = await api.updateAffinities({});
      setRunId(job.runId);
    } catch (error) {
      setProblem(asProblem(error));
    }
    setBusy(false);
  };

  return (
    <Card
      title="Train"
      lead={lead}
      controls={
        <button type="button" class="button" aria-disabled={busy} onClick={() => void start()}>
          Train now
        </button>
      }
    >
      {problem && <ProblemPanel problem={problem} onRetry={() => void start()} />}
      {runId !== undefined && <FollowedRun key={runId} id={runId} />}
    </Card>
  );
}

const pollMilliseconds = 1000;
const isEnded = (run: TrainingRun | undefined): boolean => run?.status === "done" || run?.status === "failed";

function FollowedRun({ id }: { readonly id: string }): JSX.Element {
  const { api } = useConsole();
  const {
    value: run,
    problem,
    reload,
  } = useResource((signal) => api.getAffinityRun({ params: { id } }, { signal }), [id], {
    every: (run) => (isEnded(run) ? undefined : pollMilliseconds),
  });
  if (problem) return <ProblemPanel problem={problem} onRetry={reload} />;
  if (!run || !isEnded(run)) {
    return <Progress label={run?.step ?? "Waiting for its turn"} share={run?.progress ?? 0} />;
  }
  return <div role="status">{run.status === "failed" ? <Failed run={run} /> : <Done run={run} />}</div>;
}

function Failed({ run }: { readonly run: TrainingRun }): JSX.Element {
  return (
    <p class="verdict verdict--bad">
      <Icon name="warning" /> {run.error ?? "The training failed."}
    </p>
  );
}

function Done({ run }: { readonly run: TrainingRun }): JSX.Element {
  const figure = (value: number | null): string => (value === null ? "–" : formatInteger(value));
  return (
    <>
      <p class="verdict verdict--good">
        <Icon name="check" /> Trained{durationOf(run)}; new recommendations are being served.
      </p>
      <Facts
        facts={[
          { name: "Orders", value: figure(run.orders) },
          { name: "Products", value: figure(run.products) },
          { name: "Pairs looked at", value: figure(run.testedPairs) },
          { name: "Significant pairs", value: figure(run.significantPairs) },
          { name: "Affinities", value: figure(run.affinities) },
        ]}
      />
      <p class="train__next">
        <a href={addressOf("recommendations/try")}>Try a recommendation</a>
      </p>
    </>
  );
}

function durationOf({ startedAt, finishedAt }: TrainingRun): string {
  if (startedAt === null || finishedAt === null) return "";
  return ` in ${formatDuration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}`;
}

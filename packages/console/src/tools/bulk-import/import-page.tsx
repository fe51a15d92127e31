/** One import: how far it is while it runs, and its report once it is done. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { ImportAnswer } from "../../api/contract.ts";
import { useResource } from "../../api/use-resource.ts";
import { useConsole, useMayWrite } from "../../console.ts";
import { formatTime } from "../../format/times.ts";
import { Card } from "../../parts/card.tsx";
import { Icon } from "../../parts/icon.tsx";
import { JobTag } from "../../parts/job-tag.tsx";
import { Progress } from "../../parts/progress.tsx";
import { Loaded } from "../../parts/states.tsx";
import { SkippedTable } from "./skipped-table.tsx";
import { skippedIn } from "./skipped.ts";
import { TrainNow } from "./train-now.tsx";
import { UndoImport } from "./undo-import.tsx";

export interface ImportPageProps {
  readonly id: string;
  /** Where the list of imports is; without it, the import stands in the list itself. */
  readonly onBack?: string;
  /** Called once when it is done or has failed. */
  readonly onEnd?: () => void;
}

const pollMilliseconds = 1000;

export const isEnded = (status: ImportAnswer["status"]): boolean =>
  status === "done" || status === "failed" || status === "undone";

export function ImportPage({ id, onBack, onEnd }: ImportPageProps): JSX.Element {
  const { api } = useConsole();
  const mayWrite = useMayWrite();
  const { value, problem, reload } = useResource((signal) => api.getImport({ params: { id } }, { signal }), [id], {
    every: (answer) => (answer && isEnded(answer.status) ? undefined : pollMilliseconds),
  });
  const hasEnded = value !== undefined && isEnded(value.status);
  useEffect(() => {
    if (hasEnded) onEnd?.();
  }, [hasEnded]);
  return (
    <>
      {onBack !== undefined && (
        <p class="back">
          <a href={onBack}>
            <Icon name="left" /> All imports
          </a>
        </p>
      )}
      <Loaded value={value} problem={problem} onRetry={reload} what="the import" lines={5}>
        {(answer) => (
          <div class="stack">
            <Card
              title={answer.fileName}
              lead={`${answer.kind === "orders" ? "Orders" : "Products"}, ${formatTime(answer.createdAt)}`}
              controls={<JobTag status={answer.status} />}
            >
              <Report answer={answer} />
              {mayWrite && <UndoImport answer={answer} onBegun={reload} />}
            </Card>
            {answer.status === "done" && mayWrite && (
              <TrainNow lead={`${answer.fileName} is in. Learn from it, and new recommendations are served at once.`} />
            )}
          </div>
        )}
      </Loaded>
    </>
  );
}

function Report({ answer }: { readonly answer: ImportAnswer }): JSX.Element {
  const { status, progress, step, error, lines, report, undo } = answer;
  if (!isEnded(status))
    return <Progress label={step ?? (status === "queued" ? "Waiting for its turn" : "Reading")} share={progress} />;
  if (status === "undone") return <TakenBack lines={undo.lines} />;
  const skipped = skippedIn(report);
  return (
    <>
      {error !== null && (
        <p class="verdict verdict--bad">
          <Icon name="warning" /> {error}
        </p>
      )}
      {lines.length > 0 && (
        <ul class="report">
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {skipped.length > 0 && <SkippedTable skipped={skipped} />}
      {error === null && lines.length === 0 && <p class="quiet">There is nothing to say about it.</p>}
    </>
  );
}

function TakenBack({ lines }: { readonly lines: readonly string[] }): JSX.Element {
  return (
    <>
      <p class="verdict verdict--good">
        <Icon name="check" /> It was taken back.
      </p>
      <ul class="report">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {lines.length === 0 && <p class="quiet">Nothing had come in by it.</p>}
    </>
  );
}

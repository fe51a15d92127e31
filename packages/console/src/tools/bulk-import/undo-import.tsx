/** Takes an import back, or stops it, once its consequences were read. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ImportAnswer } from "../../api/contract.ts";
import { asProblem, type Problem } from "../../api/problem.ts";
import { useConsole } from "../../console.ts";
import { formatTime } from "../../format/times.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ProblemPanel } from "../../parts/problem-panel.tsx";

export interface UndoImportProps {
  readonly answer: ImportAnswer;
  /** The server has begun with it. */
  readonly onBegun: () => void;
}

export function UndoImport({ answer, onBegun }: UndoImportProps): JSX.Element | null {
  const [isAsking, setAsking] = useState(false);
  const { until, whyNot } = answer.undo;
  const runs = answer.status === "queued" || answer.status === "running";
  if (until === null) {
    const isWorthSaying = answer.status === "done" || answer.status === "failed";
    return isWorthSaying && whyNot !== null ? <p class="quiet">{whyNot}</p> : null;
  }
  if (answer.status === "undoing") return null;
  return (
    <div class="undo">
      <button type="button" class="button button--quiet" onClick={() => setAsking(true)}>
        {runs ? "Stop" : "Take back"}
      </button>
      {!runs && <span class="quiet">It can be taken back until {formatTime(until)}.</span>}
      {isAsking && <Question answer={answer} onClose={() => setAsking(false)} onBegun={onBegun} />}
    </div>
  );
}

function Question({
  answer: { id, fileName, status },
  onClose,
  onBegun,
}: UndoImportProps & { readonly onClose: () => void }): JSX.Element {
  const { api, notices } = useConsole();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const runs = status === "queued" || status === "running";

  const takeBack = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await api.undoImport({ params: { id } });
      notices.show("done", `${fileName} is being taken back.`);
      onClose();
      onBegun();
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={runs ? `Stop ${fileName}?` : `Take ${fileName} back?`} onClose={onClose}>
      {problem && <ProblemPanel problem={problem} />}
      <p>
        {runs && "It stops, and what came in by now is taken back. "}
        Orders and products that only this file brought go. What it changed is again as it was before. What a later file
        or your shop changed since stays. Then the engine learns without it.
      </p>
      <div class="actions">
        <button type="button" class="button" aria-disabled={busy} onClick={() => void takeBack()}>
          {runs ? "Stop and take back" : "Take back"}
        </button>
        <button type="button" class="button button--quiet" onClick={onClose}>
          {runs ? "Let it run" : "Keep it"}
        </button>
      </div>
    </Dialog>
  );
}

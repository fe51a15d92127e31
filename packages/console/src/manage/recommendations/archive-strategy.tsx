/** Archives a strategy, once its consequences were read. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { PlacementLine, StrategyLine } from "../../api/contract.ts";
import { asProblem, type Problem } from "../../api/problem.ts";
import { useConsole } from "../../console.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { placementName } from "../../parts/placement-name.ts";
import { ProblemPanel } from "../../parts/problem-panel.tsx";
import { ifMatch } from "./set-live.tsx";
import { strategyName } from "./words.ts";

export interface ArchiveStrategyProps {
  readonly strategy: StrategyLine;
  /** It cannot go while it serves. */
  readonly places: readonly PlacementLine[];
  readonly onClose: () => void;
  readonly onArchived: () => void;
}

export function ArchiveStrategy({ strategy, places, onClose, onArchived }: ArchiveStrategyProps): JSX.Element {
  const { api, notices } = useConsole();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const { id, version } = strategy;
  const isServing = places.length > 0;

  const archive = async (): Promise<void> => {
    if (busy || isServing) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await api.archiveStrategy({ params: { id } }, ifMatch(version));
      notices.show("done", `${strategyName(id)} was archived.`);
      onArchived();
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };

  return (
    <Dialog title={`Archive ${strategyName(id)}?`} onClose={onClose}>
      {problem && <ProblemPanel problem={problem} />}
      {isServing ? (
        <p>
          It serves {places.map((place) => placementName(place.id)).join(", ")}. Set another strategy live there first.
        </p>
      ) : (
        <p>
          Nothing can be served by it any more, also not to pages that ask for it by name. Reports and the decision log
          keep it. A copy can be made before; the archive cannot be undone.
        </p>
      )}
      <div class="actions">
        {!isServing && (
          <button type="button" class="button" aria-disabled={busy} onClick={() => void archive()}>
            {busy ? "Archiving" : "Archive"}
          </button>
        )}
        <button type="button" class="button button--quiet" onClick={onClose}>
          {isServing ? "Close" : "Cancel"}
        </button>
      </div>
    </Dialog>
  );
}

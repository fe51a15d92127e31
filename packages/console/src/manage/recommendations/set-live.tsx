/** Sets a strategy live in a place: says what changes for shoppers, asks once, and can be undone. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { PlacementLine, StrategyLine } from "../../api/contract.ts";
import { asProblem, type Problem } from "../../api/problem.ts";
import { useConsole } from "../../console.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { placementName } from "../../parts/placement-name.ts";
import { ProblemPanel } from "../../parts/problem-panel.tsx";
import { strategyName } from "./words.ts";

export interface SetLiveProps {
  readonly placements: readonly PlacementLine[];
  readonly strategies: readonly StrategyLine[];
  /** What is chosen at first; the person may choose another one of both. */
  readonly placement: string;
  readonly strategy: string;
  readonly onClose: () => void;
  /** Another strategy serves now. */
  readonly onChanged: () => void;
}

export function SetLive({ placements, strategies, onClose, onChanged, ...first }: SetLiveProps): JSX.Element {
  const { api, notices } = useConsole();
  const [placement, setPlacement] = useState(first.placement);
  const [strategy, setStrategy] = useState(first.strategy);
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const current = placements.find(({ id }) => id === placement);
  const isServing = current?.strategy === strategy;

  const put = (wanted: string, version: number): Promise<PlacementLine> =>
    api.updatePlacement({ params: { id: placement }, body: { strategy: wanted } }, ifMatch(version));

  const undo = (before: PlacementLine, after: PlacementLine): void => {
    put(before.strategy, after.version).then(
      () => {
        notices.show("done", `${placementName(placement)}: ${strategyName(before.strategy)} serves again.`);
        onChanged();
      },
      (error: unknown) => notices.show("failed", `Not undone. ${asProblem(error).message}`),
    );
  };

  const setLive = async (): Promise<void> => {
    if (busy || !current || isServing) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const after = await put(strategy, current.version);
      notices.show("done", `${placementName(placement)}: ${strategyName(strategy)} serves now.`, {
        label: "Undo",
        run: () => undo(current, after),
      });
      onChanged();
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
      // Whoever was faster has left another version to decide on.
      onChanged();
    }
    setBusy(false);
  };

  return (
    <Dialog title="Set a strategy live" onClose={onClose}>
      {problem && <ProblemPanel problem={problem} />}
      <label class="field">
        <span class="field__name">Placement</span>
        <select class="input" value={placement} onChange={({ currentTarget }) => setPlacement(currentTarget.value)}>
          {placements.map(({ id }) => (
            <option key={id} value={id}>
              {placementName(id)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span class="field__name">Strategy</span>
        <select class="input" value={strategy} onChange={({ currentTarget }) => setStrategy(currentTarget.value)}>
          {strategies.map(({ id, version }) => (
            <option key={id} value={id}>
              {strategyName(id)}
              {version > 1 ? `, version ${version}` : ""}
            </option>
          ))}
        </select>
      </label>
      <p aria-live="polite">
        {isServing
          ? `${strategyName(strategy)} serves there already.`
          : `Shoppers get ${strategyName(strategy)} instead of ${strategyName(current?.strategy ?? "")} within a second, on every server. Pages that name a strategy themselves keep theirs.`}
      </p>
      <div class="actions">
        <button type="button" class="button" aria-disabled={busy || isServing} onClick={() => void setLive()}>
          {busy ? "Setting live" : "Set live"}
        </button>
        <button type="button" class="button button--quiet" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}

/** Names the version that was seen, so that nothing newer is overwritten. */
export function ifMatch(version: number): { readonly headers: Readonly<Record<string, string>> } {
  return { headers: { "if-match": `"${version}"` } };
}

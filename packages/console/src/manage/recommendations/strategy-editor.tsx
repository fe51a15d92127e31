/** Writes a strategy, and tries the draft beside the one that serves before anything is saved. */
import type { Location } from "@basketlift/engine/decision";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { StrategyLine, StrategyList } from "../../api/contract.ts";
import { asProblem, type Problem } from "../../api/problem.ts";
import { useConsole } from "../../console.ts";
import { Card } from "../../parts/card.tsx";
import { ProblemPanel } from "../../parts/problem-panel.tsx";
import { ifMatch } from "./set-live.tsx";
import { somebody } from "./situation-form.tsx";
import { draftOf, idOf, isSameStrategy } from "./strategy-draft.ts";
import { StrategyForm } from "./strategy-form.tsx";
import { TryBeside } from "./try-beside.tsx";
import { strategyName } from "./words.ts";

export interface StrategyEditorProps {
  readonly title: string;
  /** What the draft begins with. */
  readonly model: StrategyLine;
  /** The strategy that is changed; a new one is made when left out. */
  readonly saved?: StrategyLine;
  readonly known: StrategyList["sources"];
  /** Names of all strategies. */
  readonly names: readonly string[];
  /** Where it is tried at first. */
  readonly placement: Location;
  readonly onSaved: (strategy: StrategyLine) => void;
}

export function StrategyEditor({
  title,
  model,
  saved,
  known,
  names,
  placement,
  onSaved,
}: StrategyEditorProps): JSX.Element {
  const { api, notices } = useConsole();
  /** What the draft is a change of. */
  const [base, setBase] = useState(saved);
  const [draft, setDraft] = useState(() => draftOf(model));
  /** Goes up when the fields are to forget what is being typed. */
  const [round, setRound] = useState(0);
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const [situation, setSituation] = useState({ ...somebody, placement });
  const isUnchanged = base !== undefined && isSameStrategy(draftOf(base), draft);

  const undo = (before: StrategyLine, after: StrategyLine): void => {
    const { id, version } = after;
    api.updateStrategy({ params: { id }, body: draftOf(before) }, ifMatch(version)).then(
      (restored) => {
        settle(restored);
        notices.show("done", `${strategyName(id)} says again what it said before, as version ${restored.version}.`);
      },
      (error: unknown) => notices.show("failed", `Not undone. ${asProblem(error).message}`),
    );
  };
  const begin = (strategy: StrategyLine): void => {
    setDraft(draftOf(strategy));
    setRound((before) => before + 1);
  };
  const settle = (strategy: StrategyLine): void => {
    if (base) {
      setBase(strategy);
      begin(strategy);
    }
    onSaved(strategy);
  };

  const save = async (): Promise<void> => {
    if (busy || isUnchanged) return;
    setBusy(true);
    setProblem(undefined);
    try {
      if (base) {
        const params = { id: base.id };
        const after = await api.updateStrategy({ params, body: draft }, ifMatch(base.version));
        settle(after);
        notices.show(
          "done",
          `Version ${after.version} of ${strategyName(after.id)} is saved, and serves where it did.`,
          {
            label: "Undo",
            run: () => undo(base, after),
          },
        );
      } else {
        const made = await api.createStrategy({ body: { ...draft, id: idOf(name) } });
        settle(made);
        notices.show("done", `${strategyName(made.id)} is there. It serves nobody until it is set live.`);
      }
    } catch (error) {
      setProblem(asProblem(error));
    }
    setBusy(false);
  };

  const takeNewest = async (): Promise<void> => {
    if (!base) return;
    try {
      const newest = await api.getStrategy({ params: { id: base.id } });
      setProblem(undefined);
      settle(newest);
    } catch (error) {
      setProblem(asProblem(error));
    }
  };

  return (
    <>
      <Card title={title} lead={base ? undefined : `Begins as a copy of ${strategyName(model.id)}`}>
        <form
          aria-label={title}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          {problem && (
            <ProblemPanel problem={problem}>
              {problem.status === 412 && (
                <button type="button" class="button button--quiet" onClick={() => void takeNewest()}>
                  Load what is there now
                </button>
              )}
            </ProblemPanel>
          )}
          <StrategyForm
            key={round}
            draft={draft}
            onChange={setDraft}
            known={known}
            others={names.filter((id) => id !== base?.id)}
            problem={problem}
            {...(!base && { name: { value: name, onChange: setName } })}
          />
          <div class="actions strategy-form__actions">
            <button type="submit" class="button" aria-disabled={busy || isUnchanged}>
              {busy ? "Saving" : base ? `Save as version ${base.version + 1}` : "Create"}
            </button>
            {base && !isUnchanged && (
              <button type="button" class="button button--quiet" onClick={() => begin(base)}>
                Discard changes
              </button>
            )}
          </div>
        </form>
      </Card>
      <section class="stack">
        <h2>Try the draft beside the one that serves</h2>
        <TryBeside candidate={{ draft }} situation={situation} onSituation={setSituation} />
      </section>
    </>
  );
}

/** A strategy, saved or not, tried on a made-up shopper beside the one that serves there now. */
import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import type { Comparison, StrategyDefinition } from "../../api/contract.ts";
import { asProblem, type Problem } from "../../api/problem.ts";
import { useConsole } from "../../console.ts";
import { ProblemPanel } from "../../parts/problem-panel.tsx";
import { SideBySide } from "./side-by-side.tsx";
import { requestOf, SituationForm, type Situation } from "./situation-form.tsx";

/** A saved strategy by its id, or a draft; neither for the one that serves. */
export interface Candidate {
  readonly id?: string;
  readonly draft?: StrategyDefinition;
}

export interface TryBesideProps {
  readonly candidate: Candidate;
  readonly situation: Situation;
  readonly onSituation: (situation: Situation) => void;
  /** Further fields of the form. */
  readonly children?: ComponentChildren;
}

interface Answered {
  readonly comparison: Comparison;
  /** What was asked. */
  readonly question: string;
}

export function TryBeside({ candidate, situation, onSituation, children }: TryBesideProps): JSX.Element {
  const { api } = useConsole();
  const [answer, setAnswer] = useState<Answered>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const isAlone = candidate.id === undefined && candidate.draft === undefined;
  const body = { ...requestOf(situation), strategies: isAlone ? [{}] : [{}, candidate] };
  const question = JSON.stringify(body);

  const compare = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const comparison = await api.compareStrategies({ body });
      setAnswer({ comparison: withoutTwins(comparison), question });
    } catch (error) {
      setProblem(asProblem(error));
    }
    setBusy(false);
  };

  return (
    <div class="try">
      <SituationForm
        situation={situation}
        onChange={onSituation}
        busy={busy}
        onSubmit={() => void compare()}
        labels={isAlone ? ["Decide", "Deciding"] : ["Compare", "Comparing"]}
      >
        {children}
      </SituationForm>
      <div class="try__answer" aria-live="polite" aria-busy={busy}>
        {problem && <ProblemPanel problem={problem} onRetry={() => void compare()} />}
        {answer && answer.question !== question && (
          <p class="try__stale quiet">Something has changed since. {isAlone ? "Decide" : "Compare"} again.</p>
        )}
        {answer ? (
          <SideBySide comparison={answer.comparison} />
        ) : (
          !problem && (
            <div class="empty">
              <p class="empty__title">What would a shopper see?</p>
              <p>Choose a product or fill a cart. Nothing here is logged or counted.</p>
            </div>
          )
        )}
      </div>
    </div>
  );
}

/** A strategy that serves there already need not be shown twice. */
function withoutTwins(comparison: Comparison): Comparison {
  const [first, second] = comparison.results;
  const isSame = first?.strategy && second?.strategy && first.strategy.id === second.strategy.id;
  return isSame ? { results: [first], overlap: [] } : comparison;
}

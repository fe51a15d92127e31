/** Everything that a strategy says, to be written by hand. */
import type { JSX } from "preact";
import type { StrategyDefinition, StrategyList } from "../../api/contract.ts";
import type { Problem } from "../../api/problem.ts";
import { ChoiceField, NumberField, TextField } from "./labelled-field.tsx";
import { SourceList } from "./source-list.tsx";
import { complaintAbout, idOf } from "./strategy-draft.ts";
import { ownedWords, typeWords, whenShortWords } from "./words.ts";

export interface StrategyFormProps {
  readonly draft: StrategyDefinition;
  readonly onChange: (draft: StrategyDefinition) => void;
  /** Of a new strategy; one that is there keeps its own. */
  readonly name?: { readonly value: string; readonly onChange: (name: string) => void };
  readonly known: StrategyList["sources"];
  readonly problem: Problem | undefined;
}

export function StrategyForm({ draft, onChange, name, known, problem }: StrategyFormProps): JSX.Element {
  const change = (part: Partial<StrategyDefinition>): void => onChange({ ...draft, ...part });
  const about = (pointer: string): string | undefined => complaintAbout(problem, pointer);
  return (
    <div class="strategy-form">
      {name && (
        <TextField
          label="Name"
          hint={idOf(name.value) ? `Stands in reports and requests as ${idOf(name.value)}, for good.` : undefined}
          value={name.value}
          onChange={name.onChange}
          complaint={about("/id")}
        />
      )}
      <SourceList sources={draft.sources} known={known} problem={problem} onChange={(sources) => change({ sources })} />
      <div class="strategy-form__fields">
        <ChoiceField
          label="What it is"
          value={draft.type}
          options={typeWords}
          complaint={about("/type")}
          onChange={(type) => change({ type })}
        />
        <ChoiceField
          label="Products bought before"
          value={draft.owned}
          options={ownedWords}
          complaint={about("/owned")}
          onChange={(owned) => change({ owned })}
        />
        <ChoiceField
          label="When evidence runs out"
          value={draft.whenShort}
          options={whenShortWords}
          complaint={about("/whenShort")}
          onChange={(whenShort) => change({ whenShort })}
        />
        <NumberField
          label="Products shown"
          hint="A page may ask for fewer or more."
          value={draft.limit}
          minimum={1}
          maximum={100}
          step={1}
          complaint={about("/limit")}
          onChange={(limit = draft.limit) => change({ limit })}
        />
        <NumberField
          label="At most of one category"
          hint="Empty for no limit."
          optional
          value={draft.perCategory}
          minimum={1}
          maximum={100}
          step={1}
          complaint={about("/perCategory")}
          onChange={(perCategory) => change({ perCategory })}
        />
        <NumberField
          label="Pull of the margin"
          hint="0 ranks by relevance alone, 1 by relevance times margin."
          value={draft.marginWeight}
          minimum={0}
          maximum={1}
          complaint={about("/marginWeight")}
          onChange={(marginWeight = draft.marginWeight) => change({ marginWeight })}
        />
        <NumberField
          label="Chance"
          hint="0 always shows the best. 0.05 lets near ties change places, so that more is learnt; 1 is close to a draw."
          value={draft.temperature}
          minimum={0}
          maximum={10}
          complaint={about("/temperature")}
          onChange={(temperature = draft.temperature) => change({ temperature })}
        />
        <NumberField
          label="Candidates of each source"
          value={draft.candidates}
          minimum={1}
          maximum={1000}
          step={1}
          complaint={about("/candidates")}
          onChange={(candidates = draft.candidates) => change({ candidates })}
        />
      </div>
    </div>
  );
}

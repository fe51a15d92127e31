/** What a strategy says, to be written by hand. */
import type { JSX } from "preact";
import type { StrategyDefinition, StrategyList } from "../../api/contract.ts";
import type { Problem } from "../../api/problem.ts";
import { FieldGroup } from "./field-group.tsx";
import { KeptParts } from "./kept-parts.tsx";
import { ChoiceField, NumberField, TextField } from "./labelled-field.tsx";
import { LeftOutFields, ScoreFields, VarietyFields } from "./refinement-fields.tsx";
import { SourceList } from "./source-list.tsx";
import { changed, complaintAbout, idOf, type DraftChange } from "./strategy-draft.ts";
import { ownedWords, strategyName, typeWords, whenShortWords } from "./words.ts";

export interface StrategyFormProps {
  readonly draft: StrategyDefinition;
  readonly onChange: (draft: StrategyDefinition) => void;
  /** Of a new strategy; one that is there keeps its own. */
  readonly name?: { readonly value: string; readonly onChange: (name: string) => void };
  readonly known: StrategyList["sources"];
  /** Names of the strategies that may be set beside it. */
  readonly others: readonly string[];
  readonly problem: Problem | undefined;
}

export function StrategyForm({ draft, onChange, name, known, others, problem }: StrategyFormProps): JSX.Element {
  const change = (part: DraftChange): void => onChange(changed(draft, part));
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
      <FieldGroup title="What is shown">
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
          label="Candidates of each source"
          hint="How many products each source may propose."
          value={draft.candidates}
          minimum={1}
          maximum={1000}
          step={1}
          complaint={about("/candidates")}
          onChange={(candidates = draft.candidates) => change({ candidates })}
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
      </FieldGroup>
      <ScoreFields draft={draft} onChange={onChange} about={about} />
      <VarietyFields draft={draft} onChange={onChange} about={about} />
      <LeftOutFields draft={draft} onChange={onChange} about={about} />
      <FieldGroup title="Beside it">
        <ChoiceField
          label="Shadow"
          hint="Decides the same beside this one and is never shown. A replay in the decision log tells what it would have shown."
          value={draft.shadow ?? ""}
          options={{ "": "None", ...namesOf([...others, ...(draft.shadow === undefined ? [] : [draft.shadow])]) }}
          complaint={about("/shadow")}
          onChange={(shadow) => change({ shadow: shadow === "" ? undefined : shadow })}
        />
      </FieldGroup>
      <KeptParts strategy={draft} title="Kept as it is" />
    </div>
  );
}

const namesOf = (ids: readonly string[]): Record<string, string> =>
  Object.fromEntries(ids.map((id) => [id, strategyName(id)]));

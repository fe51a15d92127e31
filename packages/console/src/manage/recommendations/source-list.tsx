/** The sources of a strategy, to be chosen and weighed: a row each, by pointer and by keyboard. */
import { sourceNames, startingPoints } from "@basketlift/engine/decision";
import type { JSX } from "preact";
import type { StrategyList } from "../../api/contract.ts";
import type { Problem } from "../../api/problem.ts";
import { formatDecimal } from "../../format/numbers.ts";
import { Icon } from "../../parts/icon.tsx";
import { NumberInput } from "./number-input.tsx";
import { complaintAbout, sourceNamed, withoutLostStandIns, type SourceDraft } from "./strategy-draft.ts";
import { sourceName, startingPointName } from "./words.ts";

export interface SourceListProps {
  readonly sources: readonly SourceDraft[];
  /** What is known of the engine's sources. */
  readonly known: StrategyList["sources"];
  readonly onChange: (sources: SourceDraft[]) => void;
  readonly problem: Problem | undefined;
}

export function SourceList({ sources, known, onChange: onSources, problem }: SourceListProps): JSX.Element {
  const onChange = (next: readonly SourceDraft[]): void => onSources(withoutLostStandIns(next));
  const free = freeUse(sources, known);
  return (
    <fieldset class="source-list">
      <legend>Sources</legend>
      <p class="quiet field__hint">
        Each proposes products. The louder its weight, the more its proposals count; 0 makes it silent.
      </p>
      <p class="complaint" role="alert">
        {complaintAbout(problem, "/sources")}
      </p>
      {sources.map((use, index) => (
        <SourceRow
          // Rows have no name of their own, and are never put into another order.
          key={index}
          index={index}
          use={use}
          known={known}
          complaint={["", "/source", "/from", "/weight", "/insteadOf"]
            .map((field) => complaintAbout(problem, `/sources/${index}${field}`))
            .find(Boolean)}
          onChange={(changed) => onChange(sources.with(index, changed))}
          onRemove={sources.length > 1 ? () => onChange(sources.toSpliced(index, 1)) : undefined}
        />
      ))}
      {free && (
        <div>
          <button type="button" class="button button--quiet" onClick={() => onChange([...sources, free])}>
            Add a source
          </button>
        </div>
      )}
    </fieldset>
  );
}

interface SourceRowProps {
  readonly index: number;
  readonly use: SourceDraft;
  readonly known: StrategyList["sources"];
  readonly complaint: string | undefined;
  readonly onChange: (use: SourceDraft) => void;
  readonly onRemove: (() => void) | undefined;
}

/** What merchants mostly use; a number may be larger, and finer. */
const sliderEnd = 2;
/** Of a weight of 1. */
const sliderSteps = 20;

function SourceRow({ index, use, known, complaint, onChange, onRemove }: SourceRowProps): JSX.Element {
  const { source, from, weight, insteadOf } = use;
  const place = `source ${index + 1}`;
  const points = pointsOf(source, known);
  const isTrained = known.find(({ name }) => name === source)?.trained !== false;
  return (
    <div class="source-row" role="group" aria-label={`Source ${index + 1}`}>
      <select
        class="input"
        aria-label={`What ${place} proposes`}
        value={source}
        onChange={({ currentTarget }) => {
          const chosen = sourceNamed(currentTarget.value);
          const fitting = pointsOf(chosen, known);
          onChange({ ...use, source: chosen, from: fitting.includes(from) ? from : fitting[0] });
        }}
      >
        {sourceNames.map((name) => (
          <option key={name} value={name}>
            {sourceName(name)}
          </option>
        ))}
      </select>
      <select
        class="input"
        aria-label={`Where ${place} starts from`}
        value={from}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...use, from: points.find((point) => point === value) ?? from })
        }
      >
        {points.map((point) => (
          <option key={point} value={point}>
            from {startingPointName(point)}
          </option>
        ))}
      </select>
      <input
        type="range"
        aria-label={`Weight of ${place}, roughly`}
        min={0}
        max={sliderEnd * sliderSteps}
        step={1}
        value={Math.round(Math.min(sliderEnd, weight) * sliderSteps)}
        aria-valuetext={formatDecimal(weight)}
        onInput={({ currentTarget }) => onChange({ ...use, weight: currentTarget.valueAsNumber / sliderSteps })}
      />
      <NumberInput
        aria-label={`Weight of ${place}`}
        aria-invalid={complaint !== undefined}
        minimum={0}
        maximum={1000}
        value={weight}
        onChange={(typed = weight) => onChange({ ...use, weight: typed })}
      />
      <button
        type="button"
        class="button button--quiet button--icon"
        aria-label={`Remove ${place}`}
        aria-disabled={!onRemove}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
      {insteadOf !== undefined && (
        <p class="source-row__note quiet">
          Speaks only where {sourceName(insteadOf)} has nothing to say.{" "}
          <button
            type="button"
            class="button button--quiet button--small"
            aria-label={`Let ${place} always speak`}
            onClick={() => onChange({ source, from, weight })}
          >
            Let it always speak
          </button>
        </p>
      )}
      {!isTrained && (
        <p class="source-row__note quiet">
          Was never trained in this shop: it proposes nothing until there is data for it.
        </p>
      )}
      <p class="source-row__note complaint" role="alert">
        {complaint}
      </p>
    </div>
  );
}

/** Where a source may start from: those that need products cannot start from nothing. */
function pointsOf(source: string, known: StrategyList["sources"]): readonly SourceDraft["from"][] {
  const isPersonal = known.find(({ name }) => name === source)?.needsProducts ?? false;
  return startingPoints.filter((point) => (point === "nothing" ? !isPersonal : isPersonal));
}

/** What merchants look for first; rankers, which the engine names first, mostly speak already. */
const offered = ["bought-together", ...sourceNames] as const;

/** The first source from the first starting point that is not in use yet. */
function freeUse(sources: readonly SourceDraft[], known: StrategyList["sources"]): SourceDraft | undefined {
  for (const source of offered) {
    const from = pointsOf(source, known).find(
      (point) => !sources.some((use) => use.source === source && use.from === point),
    );
    if (from) return { source, from, weight: 1 };
  }
  return undefined;
}

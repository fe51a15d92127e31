/** What a strategy says, to be read. */
import type { JSX } from "preact";
import type { StrategyLine } from "../../api/contract.ts";
import { formatDecimal, formatInteger, formatWholePercent } from "../../format/numbers.ts";
import { Facts, type Fact } from "../../parts/facts.tsx";
import { ownedWords, sourceName, startingPointName, typeWords, whenShortWords } from "./words.ts";

export function StrategyFacts({ strategy }: { readonly strategy: StrategyLine }): JSX.Element {
  const { type, owned, whenShort, limit, perCategory, marginWeight, temperature } = strategy;
  return (
    <>
      <Facts
        facts={[
          { name: "What it is", value: typeWords[type] },
          { name: "Bought before", value: ownedWords[owned] },
          { name: "When evidence runs out", value: whenShortWords[whenShort] },
          { name: "Products shown", value: formatInteger(limit) },
          { name: "Of one category", value: perCategory === undefined ? "Any number" : `At most ${perCategory}` },
          { name: "Pull of the margin", value: formatWholePercent(marginWeight) },
          { name: "Chance", value: temperature === 0 ? "None" : formatDecimal(temperature) },
        ]}
      />
      <Sources strategy={strategy} />
    </>
  );
}

/** The two that merchants ask about first. */
export function mainFacts({ owned, whenShort }: StrategyLine): readonly Fact[] {
  return [
    { name: "Bought before", value: ownedWords[owned] },
    { name: "When evidence runs out", value: whenShortWords[whenShort] },
  ];
}

/** What is heard, and how loudly. */
export function Sources({ strategy: { sources } }: { readonly strategy: StrategyLine }): JSX.Element {
  const loudest = Math.max(...sources.map(({ weight }) => weight), Number.MIN_VALUE);
  return (
    <ul class="sources" aria-label="What it is made of">
      {sources.map(({ source, from, weight }) => (
        <li key={`${source} ${from}`}>
          <span>
            {sourceName(source)} <span class="quiet">from {startingPointName(from)}</span>
          </span>
          <span class="bar" aria-hidden="true">
            <span style={{ inlineSize: `${(weight / loudest) * 100}%` }} />
          </span>
          <span class="number">
            <span class="visually-hidden">weight </span>
            {formatDecimal(weight)}
          </span>
        </li>
      ))}
    </ul>
  );
}

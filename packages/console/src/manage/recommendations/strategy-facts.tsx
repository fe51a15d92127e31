/** What a strategy says, to be read. */
import type { JSX } from "preact";
import type { StrategyLine } from "../../api/contract.ts";
import { formatDecimal, formatInteger, formatPercent, formatWholePercent } from "../../format/numbers.ts";
import { Facts, type Fact } from "../../parts/facts.tsx";
import { KeptParts } from "./kept-parts.tsx";
import { varietyIn, weightIn } from "./strategy-draft.ts";
import {
  ownedWords,
  sourceName,
  startingPointName,
  strategyName,
  typeWords,
  unknownAgeWords,
  whenShortWords,
} from "./words.ts";

export function StrategyFacts({ strategy }: { readonly strategy: StrategyLine }): JSX.Element {
  const { type, owned, whenShort, limit, perCategory, marginWeight, temperature, weights } = strategy;
  return (
    <>
      <Facts
        facts={[
          { name: "What it is", value: typeWords[type] },
          { name: "Bought before", value: ownedWords[owned] },
          { name: "When evidence runs out", value: whenShortWords[whenShort] },
          { name: "Products shown", value: formatInteger(limit) },
          { name: "Of one category", value: perCategory === undefined ? "Any number" : `At most ${perCategory}` },
          { name: "Pull of the margin", value: formatWholePercent(weights?.margin ?? marginWeight) },
          { name: "Chance", value: temperature === 0 ? "None" : formatDecimal(temperature) },
          ...refinementFacts(strategy),
        ]}
      />
      <Sources strategy={strategy} />
      <KeptParts strategy={strategy} title="Besides" />
    </>
  );
}

/** Only what the strategy asks for. */
function refinementFacts(strategy: StrategyLine): Fact[] {
  const { perBrand, diversity, minimumMargin, unknownAge, shadow } = strategy;
  const variety = varietyIn(strategy);
  const pulls = [
    { name: "Relevance", pull: weightIn(strategy, "relevance"), usual: 1 },
    { name: "Stock cover", pull: weightIn(strategy, "stockCover"), usual: 0 },
    { name: "Novelty", pull: weightIn(strategy, "novelty"), usual: 0 },
    { name: "Unlike side by side", pull: variety, usual: 0 },
    { name: "The shopper's own mix", pull: diversity?.calibration ?? 0, usual: 0 },
  ];
  const facts: Fact[] = pulls
    .filter(({ pull, usual }) => pull !== usual)
    .map(({ name, pull }) => ({ name, value: formatWholePercent(pull) }));
  if (perBrand !== undefined) facts.push({ name: "Of one brand", value: `At most ${perBrand}` });
  if (minimumMargin?.rate !== undefined)
    facts.push({ name: "Least margin", value: formatPercent(minimumMargin.rate), detail: "of the net price" });
  if (unknownAge !== undefined) facts.push({ name: "Where the age is unknown", value: unknownAgeWords[unknownAge] });
  if (shadow !== undefined) facts.push({ name: "Shadow", value: strategyName(shadow) });
  return facts;
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
      {sources.map(({ source, from, weight, insteadOf }) => (
        <li key={`${source} ${from}`}>
          <span>
            {sourceName(source)}{" "}
            <span class="quiet">
              from {startingPointName(from)}
              {insteadOf !== undefined && `, where ${sourceName(insteadOf)} has nothing to say`}
            </span>
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

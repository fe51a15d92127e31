/** Checks all that a strategy says, each by itself and all together, before anything is decided by it. */
import { InvalidInput, InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import type { Campaign } from "./refinement.ts";
import { locations } from "./request.ts";
import { impersonalSources, type Fallback, type SourceUse, type Strategy } from "./strategy.ts";

/** Of a source; a temperature of 0 is plain ranking. Chances are to stay finite, too. */
const largestWeight = 1e6;
const leastTemperature = 1e-6;

/** No factor of a campaign is beyond this: scores are to stay finite whatever campaigns come together. */
const largestFactor = 1000;

/**
 * @param sourceNames the sources that the engine could have
 * @throws InvalidOption or InvalidInput naming the field, for example `strategies.mine.sources[0].weight`
 * @example
 * checkStrategy({ ...companionsStrategy, id: "mine", diversity: { lambda: 0.7 } }, sourceNames);
 */
export function checkStrategy(strategy: Strategy, sourceNames: readonly string[]): void {
  checkBasics(strategy, sourceNames);
  checkRefinements(strategy, sourceNames);
}

function checkRefinements(strategy: Strategy, sourceNames: readonly string[]): void {
  const path = `strategies.${strategy.id}`;
  for (const [name, weight] of Object.entries(strategy.weights ?? {}))
    requireNumber(`${path}.weights.${name}`, weight, 0, 1);
  for (const [name, share] of Object.entries(strategy.diversity ?? {}))
    requireNumber(`${path}.diversity.${name}`, share, 0, 1);
  const { rate, amount } = strategy.minimumMargin ?? {};
  if (rate !== undefined) requireNumber(`${path}.minimumMargin.rate`, rate, 0, 1);
  if (amount !== undefined) requireInteger(`${path}.minimumMargin.amount`, amount, 0);
  for (const [index, campaign] of (strategy.campaigns ?? []).entries())
    checkCampaign(campaign, `${path}.campaigns[${index}]`);
  for (const [index, fallback] of (strategy.fallbacks ?? []).entries())
    checkFallback(fallback, `${path}.fallbacks[${index}]`, sourceNames);
  if (strategy.shadow === strategy.id)
    throw new InvalidInput(`${path}.shadow`, strategy.shadow, "another strategy: its own answer is known already");
}

/**
 * Checks all strategies of a shop, and that those that others name exist.
 * @throws InvalidOption or InvalidInput naming the field
 * @example
 * checkStrategies([{ ...companionsStrategy, shadow: "personal" }, personalStrategy], sourceNames);
 */
export function checkStrategies(strategies: readonly Strategy[], sourceNames: readonly string[]): void {
  for (const strategy of strategies) checkStrategy(strategy, sourceNames);
  checkReferences(strategies);
}

function checkReferences(strategies: readonly Strategy[]): void {
  const byId = new Map(Array.from(strategies, (strategy) => [strategy.id, strategy]));
  function check(id: string | undefined, path: string): void {
    if (id !== undefined && !byId.has(id)) throw new InvalidInput(path, id, `one of ${[...byId.keys()].join(", ")}`);
  }
  for (const { id, shadow, fallbacks = [] } of byId.values()) {
    check(shadow, `strategies.${id}.shadow`);
    for (const [index, { strategy }] of fallbacks.entries())
      check(strategy, `strategies.${id}.fallbacks[${index}].strategy`);
  }
}

function checkCampaign({ factor, products, brands, categories }: Campaign, path: string): void {
  requireNumber(`${path}.factor`, factor, 0, largestFactor);
  if (factor === 0) throw new InvalidInput(`${path}.factor`, factor, "above 0; a filter leaves products out");
  if (!products && !brands && !categories)
    throw new InvalidInput(path, JSON.stringify({ factor }), "about products, brands or categories");
}

function checkFallback(
  { placements = [], strategy, sources }: Fallback,
  path: string,
  sourceNames: readonly string[],
): void {
  if ((strategy === undefined) === (sources === undefined))
    throw new InvalidInput(path, sources && strategy, "either a strategy or sources, not both");
  for (const [index, placement] of placements.entries()) {
    if (!locations.includes(placement))
      throw new InvalidInput(`${path}.placements[${index}]`, placement, `one of ${locations.join(", ")}`);
  }
  if (sources) checkSources(sources, `${path}.sources`, sourceNames);
}

function checkBasics(strategy: Strategy, sourceNames: readonly string[]): void {
  const path = `strategies.${strategy.id}`;
  requireInteger(`${path}.limit`, strategy.limit, 1);
  requireInteger(`${path}.candidates`, strategy.candidates, 1);
  const { temperature } = strategy;
  if (temperature !== 0 && !(temperature >= leastTemperature && temperature < Infinity))
    throw new InvalidOption(`${path}.temperature`, temperature, `0 for plain ranking, or at least ${leastTemperature}`);
  requireNumber(`${path}.marginWeight`, strategy.marginWeight, 0, 1);
  for (const cap of ["perCategory", "perBrand"] as const) {
    const most = strategy[cap];
    if (most !== undefined) requireInteger(`${path}.${cap}`, most, 1);
  }
  checkSources(strategy.sources, `${path}.sources`, sourceNames);
}

function checkSources(sources: readonly SourceUse[], path: string, sourceNames: readonly string[]): void {
  const known = new Set<string>();
  for (const [index, { source, from, weight, insteadOf }] of sources.entries()) {
    const place = `${path}[${index}]`;
    if (!sourceNames.includes(source))
      throw new InvalidInput(`${place}.source`, source, `one of ${sourceNames.join(", ")}`);
    requireNumber(`${place}.weight`, weight, 0, largestWeight);
    if (from === "nothing" && !impersonalSources.has(source))
      throw new InvalidInput(`${place}.from`, from, `some of the shopper's products, for ${source} starts from one`);
    if (insteadOf !== undefined && !sources.slice(0, index).some((use) => use.source === insteadOf))
      throw new InvalidInput(`${place}.insteadOf`, insteadOf, "a source that the strategy lists before it");
    const name = `${source} from ${from}`;
    if (known.has(name)) throw new InvalidInput(place, name, "in the strategy once; raise its weight instead");
    known.add(name);
  }
  if (!sources.some(({ weight }) => weight > 0))
    throw new InvalidInput(path, sources.length, "sources of which at least one has a weight above 0");
}

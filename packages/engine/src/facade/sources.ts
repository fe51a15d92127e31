/** Gives each model its name in the pipeline and, where it has some, the figures that speak for a pair. */
import type { Affinities } from "../association/index.ts";
import { partnerOf } from "../association/companions.ts";
import { sourceNames, type Source, type SourceModel, type SourceName } from "../decision/state.ts";
import { rowOf } from "../matrix/sparse.ts";

/** @param models by the name of their source; sources without one are left out */
export function sourcesOf(
  models: ReadonlyMap<SourceName, SourceModel>,
  affinities: Affinities,
): ReadonlyMap<SourceName, Source> {
  const sources = new Map<SourceName, Source>();
  for (const name of sourceNames) {
    const model = models.get(name);
    if (!model) continue;
    if (name === "bought-together") {
      sources.set(name, { name, model, evidence: (because, product) => evidenceOf(affinities, because, product) });
    } else sources.set(name, { name, model });
  }
  return sources;
}

function evidenceOf(affinities: Affinities, because: number, product: number): Record<string, number> | undefined {
  const pair = rowOf(affinities.pairsOf, because).find(
    (candidate) => partnerOf(affinities, candidate, because) === product,
  );
  if (pair === undefined) return undefined;
  return {
    count: affinities.count[pair],
    expected: affinities.expected[pair],
    lift: affinities.lift[pair],
    liftLower: affinities.liftLower[pair],
    qValue: affinities.qValue[pair],
  };
}

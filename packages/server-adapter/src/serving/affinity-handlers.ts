/** Routes about affinities: companions for shoppers, evidence for merchants, training again. */
import { InvalidInput } from "@basketlift/engine";
import type { Handlers } from "../server/handler.ts";
import { pageOf, placeAt } from "../server/page.ts";
import { ProblemError } from "../server/problem.ts";
import type { ServingEngine } from "../server/services.ts";
import { rankPairs, ruleOf } from "./affinity-rules.ts";
import { recommend, requireEngine, withProblems } from "./decide.ts";
import { evidenceOfAnyPair } from "./pair-evidence.ts";
import { routeStrategies } from "./strategies.ts";
import { findRun, findRuns, presentRun, requestTraining } from "./training-runs.ts";

export const affinityHandlers = {
  frequentlyBoughtTogether({ body: { productIds, ...circumstances } }, services) {
    const [productId, ...others] = productIds;
    const cart = others.map((id) => ({ productId: id, quantity: 1 }));
    const strategy = routeStrategies.frequentlyBoughtTogether.id;
    return recommend({ ...circumstances, placement: "pdp", productId, cart, strategy }, services);
  },

  async affinityPair({ body: { productA, productB } }, services) {
    const { engine, baskets } = requireEngine(services);
    const left = indexOf(engine, "productA", productA);
    const right = indexOf(engine, "productB", productB);
    if (left === right) withProblems(() => fault("productB", productB, "another product than productA"));
    if (!baskets) throw new ProblemError("engine-absent", "This engine was trained without its baskets. Train again.");
    const evidence = await evidenceOfAnyPair(engine, baskets, left, right);
    return { productA, productB, ...publicFields(evidence) };
  },

  listAffinityRules({ query: { limit, cursor, productId } }, services) {
    const serving = requireEngine(services);
    const product = productId === undefined ? undefined : indexOf(serving.engine, "productId", productId);
    const pairs = rankPairs(serving.engine.affinities).filter(
      ({ from, to }) => product === undefined || from === product || to === product,
    );
    const begin = cursor === undefined ? 0 : placeAfter(cursor, serving);
    return pageOf(
      pairs.slice(begin, begin + limit + 1).map((pair, index) => ({ pair, place: begin + index })),
      limit,
      ({ place }) => [serving.runId, place],
      ({ pair }) => ruleOf(pair, serving),
    );
  },

  async updateAffinities(_, services) {
    const { jobId, runId } = await requestTraining(services);
    return { jobId, runId, status: "queued" as const };
  },

  async listAffinityRuns({ query: { limit, cursor } }, { database: { db } }) {
    const after = cursor === undefined ? undefined : placeAt(cursor, ["number", "string"]);
    const rows = await findRuns(db, after, limit + 1);
    return pageOf(rows, limit, ({ createdAt, id }) => [createdAt.getTime(), id], presentRun);
  },

  async getAffinityRun({ params: { id } }, { database: { db } }) {
    const run = await findRun(db, id);
    if (!run) throw new ProblemError("not-found", `There is no training run ${id}.`);
    return presentRun(run);
  },
} satisfies Partial<Handlers>;

/** A list of one training ends with it: places in another one mean other pairs. */
function placeAfter(cursor: string, { runId }: ServingEngine): number {
  const [run, place] = placeAt(cursor, ["string", "number"]);
  if (run !== runId) {
    throw new ProblemError("conflict", "The affinities were found anew meanwhile; start without a cursor.");
  }
  return place + 1;
}

function indexOf({ catalogue }: ServingEngine["engine"], field: string, productId: string): number {
  const index = catalogue.ids.indexOf(productId);
  return index ?? withProblems(() => fault(field, productId, "the id of a product of the catalogue"));
}

function fault(field: string, value: string, expected: string): never {
  throw new InvalidInput(field, value, expected);
}

/** What the contract names, and nothing else that evidence may hold. */
function publicFields(evidence: Awaited<ReturnType<typeof evidenceOfAnyPair>>) {
  const { believed, count, expected, lift, liftLower, liftUpper, pValue, qValue } = evidence;
  const { support, confidence, reverseConfidence, leverage } = evidence;
  const measures = { support, confidence, reverseConfidence, leverage };
  return { believed, count, expected, lift, liftLower, liftUpper, pValue, qValue, ...measures };
}

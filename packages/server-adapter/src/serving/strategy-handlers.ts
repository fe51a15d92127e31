/** `/recommendations/strategies`: the engine's own and those of the shop; how they are made, changed, archived and compared. */
import { BasketliftError, InvalidInput, InvalidOption } from "@basketlift/engine";
import { checkStrategy, impersonalSources, sourceNames, type Strategy } from "@basketlift/engine/decision";
import type { BasketliftContract } from "../contract/index.ts";
import type { RouteOutput } from "../contract/route.ts";
import type { StrategyDefinition } from "../contract/strategies.ts";
import type { Handlers } from "../server/handler.ts";
import { etagOf, requireMatch } from "../server/if-match.ts";
import { ProblemError } from "../server/problem.ts";
import type { Services } from "../server/services.ts";
import { compare, type Contender } from "./compare.ts";
import { pointerTo, requireEngine } from "./decide.ts";
import { builtInStrategy, loadPolicy, strategyOf, withPolicy } from "./policy.ts";
import {
  archiveStrategyRow,
  changePolicy,
  insertStrategy,
  requireReferences,
  requireStrategy,
  updateStrategyRow,
  type StoredStrategy,
} from "./strategy-store.ts";

type StrategyAnswer = RouteOutput<BasketliftContract["getStrategy"]>;

/** Of a strategy that is not saved: no saved one can be called so. */
const draftId = "(draft)";

export const strategyHandlers = {
  async listStrategies(_, services) {
    const { strategies, placements, updatedAt } = await currentPolicy(services);
    const trained = services.engine.current()?.engine.state.sources;
    return {
      data: Array.from(strategies.values(), (strategy) =>
        presentStrategy({
          strategy,
          origin: builtInStrategy(strategy.id) ? "built-in" : "own",
          updatedAt: updatedAt.get(strategy.id) ?? null,
        }),
      ),
      placements: { ...placements },
      sources: sourceNames.map((name) => ({
        name,
        trained: trained?.has(name) ?? false,
        needsProducts: !impersonalSources.has(name),
      })),
    };
  },

  async createStrategy({ body: { id, ...definition } }, { database: { db }, now }, facts) {
    const strategy = checkedStrategy(id, 1, definition);
    const updatedAt = new Date(now());
    await changePolicy(db, async (transaction) => {
      await requireReferences(transaction, strategy);
      await insertStrategy(transaction, strategy, updatedAt);
    });
    facts.setHeader("etag", etagOf(1));
    return presentStrategy({ strategy, origin: "own", updatedAt });
  },

  async getStrategy({ params: { id } }, { database: { db } }, facts) {
    const stored = await requireStrategy(db, id);
    facts.setHeader("etag", etagOf(stored.strategy.version));
    return presentStrategy(stored);
  },

  async updateStrategy({ params: { id }, body }, { database: { db }, now }, facts) {
    const updatedAt = new Date(now());
    const strategy = await changePolicy(db, async (transaction) => {
      const version = await requireOwnVersion(transaction, id, facts.headers);
      const next = checkedStrategy(id, version + 1, body);
      await requireReferences(transaction, next);
      await updateStrategyRow(transaction, next, updatedAt);
      return next;
    });
    facts.setHeader("etag", etagOf(strategy.version));
    return presentStrategy({ strategy, origin: "own", updatedAt });
  },

  async archiveStrategy({ params: { id } }, { database: { db }, now }, { headers }) {
    const archivedAt = new Date(now());
    await changePolicy(db, async (transaction) => {
      await requireOwnVersion(transaction, id, headers);
      await archiveStrategyRow(transaction, id, archivedAt);
    });
    return { id, archivedAt: archivedAt.toISOString() };
  },

  async compareStrategies({ body: { strategies: asked, ...circumstances } }, services) {
    const { engine } = requireEngine(services);
    const policy = await currentPolicy(services);
    const state = { ...engine.state, strategies: policy.strategies, placements: policy.placements };
    const contenders = asked.map(({ id, draft }, index): Contender => {
      const pointer = `/strategies/${index}`;
      if (draft !== undefined && id !== undefined) {
        throw unprocessable(`${pointer}/id`, "Give the id of a saved strategy or a draft, not both.");
      }
      if (draft !== undefined) return { draft: checkedStrategy(draftId, 0, draft, `${pointer}/draft`) };
      const saved = policy.strategies.get(id ?? policy.placements[circumstances.placement]);
      if (!saved) throw unprocessable(`${pointer}/id`, `There is no strategy ${id}.`);
      return { saved };
    });
    return compare(contenders, circumstances, { ...engine, state }, services.now());
  },
} satisfies Partial<Handlers>;

/** As the database has it; while that is down, as the engine serves it. */
async function currentPolicy({ database, engine }: Pick<Services, "database" | "engine">) {
  const state = engine.current()?.engine.state;
  if (database.problem() !== undefined) return { ...withPolicy(undefined, state), updatedAt: new Map<string, Date>() };
  const { policy, updatedAt } = await loadPolicy(database.db);
  return { ...withPolicy(policy), updatedAt };
}

/**
 * @returns the version that may be changed
 * @throws ProblemError `conflict` for a built-in one, and what `requireStrategy` and `requireMatch` throw
 */
async function requireOwnVersion(
  db: Parameters<typeof requireStrategy>[0],
  id: string,
  headers: Headers,
): Promise<number> {
  const { strategy, origin } = await requireStrategy(db, id);
  if (origin === "built-in") {
    throw new ProblemError("conflict", `Strategy ${id} comes with the engine. Copy it, and change the copy.`);
  }
  requireMatch(headers, strategy.version, `strategy ${id}`);
  return strategy.version;
}

/**
 * @param prefix of pointers into the body
 * @throws ProblemError `unprocessable` that points at the field the engine cannot use
 */
function checkedStrategy(id: string, version: number, definition: StrategyDefinition, prefix = ""): Strategy {
  const strategy = strategyOf(id, version, definition);
  try {
    checkStrategy(strategy, sourceNames);
    return strategy;
  } catch (error) {
    if (!(error instanceof BasketliftError)) throw error;
    const ownPath = `strategies.${id}.`;
    const path = pathOf(error).replace(ownPath, "");
    throw unprocessable(prefix + pointerTo(path), error.message.replace(ownPath, ""));
  }
}

function pathOf(error: BasketliftError): string {
  if (error instanceof InvalidInput) return error.path;
  return error instanceof InvalidOption ? error.option : "";
}

function unprocessable(pointer: string, detail: string): ProblemError {
  return new ProblemError("unprocessable", detail, { errors: [{ pointer, detail }] });
}

function presentStrategy({ strategy, origin, updatedAt }: StoredStrategy): StrategyAnswer {
  const { sources, ...rest } = strategy;
  return {
    ...rest,
    sources: sources.map((use) => ({ ...use })),
    origin,
    updatedAt: updatedAt?.toISOString() ?? null,
  };
}

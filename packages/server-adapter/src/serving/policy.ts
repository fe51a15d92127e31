/**
 * The shop's policy: the strategies it made, and which strategy serves which placement where that is not the engine's
 * own choice. Immutable; receipts name a state, and a state stands on one policy.
 */
import { hash } from "node:crypto";
import {
  checkStrategy,
  defaultPlacements,
  locations,
  sourceNames,
  type DecisionState,
  type Location,
  type Strategy,
} from "@basketlift/engine/decision";
import { asc, isNull } from "drizzle-orm";
import { z } from "zod";
import { strategyDefinition, type StrategyDefinition } from "../contract/strategies.ts";
import { placements, strategies } from "../database/schema.ts";
import type { Database } from "../server/services.ts";
import { servedStrategies } from "./strategies.ts";

export interface ShopPolicy {
  /** The shop's own, by id. */
  readonly strategies: readonly Strategy[];
  /** Only where the shop has chosen. */
  readonly placements: Readonly<Partial<Record<Location, string>>>;
}

/** A policy, and what of it this program cannot use. */
export interface LoadedPolicy {
  /** Undefined where the shop has made no strategy and moved none. */
  readonly policy: ShopPolicy | undefined;
  readonly refused: readonly string[];
  /** When each of the shop's strategies was last changed. */
  readonly updatedAt: ReadonlyMap<string, Date>;
}

const builtIn: ReadonlyMap<string, Strategy> = new Map(servedStrategies.map((strategy) => [strategy.id, strategy]));

/** Came with the engine: it can be copied, not changed. */
export const builtInStrategy = (id: string): Strategy | undefined => builtIn.get(id);

/** @returns the strategy as the engine takes it, without fields that are undefined */
export function strategyOf(id: string, version: number, { perCategory, ...rest }: StrategyDefinition): Strategy {
  return { id, version, ...rest, ...(perCategory !== undefined && { perCategory }) };
}

/** A body of another version of this program may not fit this one: it is left out and named, the others serve. */
export async function loadPolicy(db: Pick<Database, "select">): Promise<LoadedPolicy> {
  const [rows, placed] = await Promise.all([
    db.select().from(strategies).where(isNull(strategies.archivedAt)).orderBy(asc(strategies.id)),
    db.select().from(placements).orderBy(asc(placements.id)),
  ]);
  const refused: string[] = [];
  const own = rows.flatMap(({ id, version, body }) => {
    const read = readStrategy(id, version, body);
    if (typeof read !== "string") return [read];
    refused.push(`Strategy ${id} cannot be used: ${read}`);
    return [];
  });
  const known = new Set([...builtIn.keys(), ...own.map(({ id }) => id)]);
  for (const { id, strategyId } of placed) {
    if (!known.has(strategyId)) refused.push(`Placement ${id} cannot be served by strategy ${strategyId}.`);
  }
  const served = placed.filter(({ strategyId }) => known.has(strategyId));
  const chosen = inOrder(Object.fromEntries(served.map(({ id, strategyId }) => [id, strategyId])));
  const isEmpty = own.length === 0 && served.length === 0;
  return {
    policy: isEmpty ? undefined : { strategies: own, placements: chosen },
    refused,
    updatedAt: new Map(rows.map((row) => [row.id, row.updatedAt])),
  };
}

/** However a database orders keys, equal placements have equal texts: versions of states are made of them. */
function inOrder(placed: Readonly<Partial<Record<string, string>>>): ShopPolicy["placements"] {
  const chosen: Partial<Record<Location, string>> = {};
  for (const location of locations) {
    const id = placed[location];
    if (id !== undefined) chosen[location] = id;
  }
  return chosen;
}

/** @returns the strategy, or why it cannot be used */
function readStrategy(id: string, version: number, body: unknown): Strategy | string {
  const read = strategyDefinition.safeParse(body);
  if (!read.success) return z.prettifyError(read.error);
  const strategy = strategyOf(id, version, read.data);
  try {
    checkStrategy(strategy, sourceNames);
    return strategy;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** All strategies that can be named, the engine's own first, and which one serves where. */
export function withPolicy(
  policy: ShopPolicy | undefined,
  { strategies: own, placements: placed }: Pick<DecisionState, "strategies" | "placements"> = {
    strategies: builtIn,
    placements: defaultPlacements,
  },
): Pick<DecisionState, "strategies" | "placements"> {
  const all = new Map([...own, ...builtIn]);
  for (const strategy of policy?.strategies ?? []) all.set(strategy.id, strategy);
  return { strategies: all, placements: { ...placed, ...policy?.placements } };
}

/** Equal for equal policies. */
export const hashPolicy = (policy: ShopPolicy): string => hash("sha256", JSON.stringify(policy));

/** A policy as it was written down, in a state or in a file. */
export const storedPolicy: z.ZodType<ShopPolicy> = z
  .object({
    strategies: z.array(strategyDefinition.extend({ id: z.string(), version: z.int() })),
    placements: z.record(z.string(), z.string()),
  })
  .transform(({ strategies: own, placements: placed }) => ({
    strategies: own.map(({ id, version, ...rest }) => strategyOf(id, version, rest)),
    placements: inOrder(placed),
  }));

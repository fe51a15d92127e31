/** `/placements`: which strategy serves where, and setting another one live. */
import { locations } from "@basketlift/engine/decision";
import type { BasketliftContract } from "../contract/index.ts";
import type { RouteOutput } from "../contract/route.ts";
import type { Handlers } from "../server/handler.ts";
import { etagOf, requireMatch } from "../server/if-match.ts";
import { ProblemError } from "../server/problem.ts";
import {
  changePolicy,
  loadPlacements,
  requireStrategy,
  savePlacement,
  type PolicyTransaction,
  type StoredPlacement,
} from "./strategy-store.ts";

type PlacementAnswer = RouteOutput<BasketliftContract["updatePlacement"]>;

export const placementHandlers = {
  async listPlacements(_, { database: { db } }) {
    return { data: (await loadPlacements(db, locations)).map(presentPlacement) };
  },

  async updatePlacement({ params: { id }, body: { strategy } }, { database: { db }, now }, facts) {
    const location = locations.find((each) => each === id);
    if (!location) {
      throw new ProblemError("not-found", `There is no placement ${id}, but ${locations.join(", ")}.`);
    }
    const updatedAt = new Date(now());
    const saved = await changePolicy(db, async (transaction) => {
      const [before] = await loadPlacements(transaction, [location]);
      requireMatch(facts.headers, before.version, `placement ${id}`);
      await requireServable(transaction, strategy);
      const next = { id: location, strategy, version: before.version + 1 };
      await savePlacement(transaction, next, updatedAt);
      return { ...next, updatedAt };
    });
    facts.setHeader("etag", etagOf(saved.version));
    return presentPlacement(saved);
  },
} satisfies Partial<Handlers>;

/** @throws ProblemError `unprocessable` */
async function requireServable(transaction: PolicyTransaction, id: string): Promise<void> {
  try {
    await requireStrategy(transaction, id);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    throw new ProblemError("unprocessable", error.message, {
      errors: [{ pointer: "/strategy", detail: error.message }],
    });
  }
}

function presentPlacement({ id, strategy, version, updatedAt }: StoredPlacement): PlacementAnswer {
  return { id, location: id, strategy, version, updatedAt: updatedAt?.toISOString() ?? null };
}

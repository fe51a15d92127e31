/**
 * One way from an API body to a recommendation, for every route: the engine's request is checked and decided, the
 * decision is logged, and the page gets its public side.
 */
import { randomUUID } from "node:crypto";
import { BasketliftError, InvalidInput, type Engine } from "@basketlift/engine";
import {
  decidePage,
  type Attention,
  type Location,
  type Recommendation,
  type RecommendationRequest,
} from "@basketlift/engine/decision";
import type { Services, ServingEngine } from "../server/services.ts";
import { ProblemError } from "../server/problem.ts";
import { presentRecommendation, type PublicRecommendation } from "./present.ts";

/** What a body of the API says about the circumstances, in the names of the engine and with absent fields as undefined. */
export interface Circumstances {
  readonly placement: Location;
  readonly strategy?: string | undefined;
  readonly limit?: number | undefined;
  readonly market?: string | undefined;
  readonly visitorId?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly productId?: string | undefined;
  readonly cart?: readonly { productId: string; variantId?: string | undefined; quantity: number }[] | undefined;
  readonly session?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly priceRange?: { minimum?: number | undefined; maximum?: number | undefined } | undefined;
  readonly country?: string | undefined;
  readonly age?: number | undefined;
}

type DecidingServices = Pick<Services, "engine" | "decisions" | "secrets">;

/** @throws ProblemError `engine-absent` before the first training */
export function requireEngine({ engine }: Pick<Services, "engine">): ServingEngine {
  const current = engine.current();
  if (!current) {
    throw new ProblemError("engine-absent", "No engine is trained yet. Import products and orders, then train.", {
      headers: { "retry-after": "10" },
    });
  }
  return current;
}

/** Decides, logs and presents. */
export function recommend(circumstances: Circumstances, services: DecidingServices): PublicRecommendation {
  const { engine } = requireEngine(services);
  const recommendation = withProblems(() => engine.recommend(requestOf(circumstances)));
  return logged(recommendation, circumstances, engine, services);
}

/** One place of a page. */
export interface PagePlace {
  readonly id: string;
  readonly circumstances: Circumstances;
}

/** The same for all places of a page as one decision, from the top down. */
export function recommendPage(
  places: readonly PagePlace[],
  attention: Attention | undefined,
  services: DecidingServices & Pick<Services, "now">,
): { id: string; recommendation: PublicRecommendation }[] {
  const { engine } = requireEngine(services);
  // The page may hold one place twice; rows of a decision have names of their own.
  const rows = places.map(({ circumstances }, place) => ({ id: String(place), request: requestOf(circumstances) }));
  const page = { rows, ...(attention && { attention }) };
  const occasion = { decisionId: randomUUID(), now: services.now() };
  const decided = withProblems(() => decidePage(page, engine.state, occasion));
  return places.map(({ id, circumstances }, place) => ({
    id,
    recommendation: logged(decided.rows[place].recommendation, circumstances, engine, services),
  }));
}

function logged(
  recommendation: Recommendation,
  { sessionId }: Circumstances,
  { state }: Engine,
  { decisions, secrets }: Pick<DecidingServices, "decisions" | "secrets">,
): PublicRecommendation {
  decisions.record(recommendation.receipt, { sessionId });
  return presentRecommendation(recommendation, state, sessionId, secrets.receiptKey);
}

/** The engine's request, field by field: it stands in the receipt, and nothing else of the body belongs there. */
export function requestOf(circumstances: Circumstances): RecommendationRequest {
  const { placement, strategy, limit, market, visitorId, customerId, productId, session, exclude } = circumstances;
  const { cart, priceRange, country, age } = circumstances;
  return withoutAbsent({
    placement,
    strategy,
    limit,
    market,
    visitorId,
    customerId,
    productId,
    session,
    exclude,
    cart: cart?.map((line) => withoutAbsent(line)),
    priceRange: priceRange && withoutAbsent(priceRange),
    country,
    age,
  });
}

type Present<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };

function withoutAbsent<Value extends object>(value: Value): Present<Value>;
function withoutAbsent(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined));
}

/** What the engine finds wrong with a request, as a problem that points at the field. */
export function withProblems<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BasketliftError)) throw error;
    const pointer = error instanceof InvalidInput ? pointerTo(error.path) : "";
    throw new ProblemError("invalid-request", error.message, { errors: [{ pointer, detail: error.message }] });
  }
}

/** `cart[0].productId` -> `/cart/0/productId` */
export function pointerTo(path: string): string {
  return `/${path.replaceAll(/\[(\d+)\]/g, "/$1").replaceAll(".", "/")}`;
}

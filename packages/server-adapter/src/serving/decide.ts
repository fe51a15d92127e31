/**
 * One way from an API body to a recommendation, for every route: the engine's request is checked and decided, the
 * decision is logged, and the page gets its public side.
 */
import { BasketliftError, InvalidInput, type Engine } from "@basketlift/engine";
import type { Location, Recommendation, RecommendationRequest } from "@basketlift/engine/decision";
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
  return decideWith(requireEngine(services).engine, circumstances, services).answer;
}

/** The same with a given engine, for several decisions over one state. */
export function decideWith(
  engine: Engine,
  circumstances: Circumstances,
  { decisions, secrets }: Pick<DecidingServices, "decisions" | "secrets">,
): { readonly recommendation: Recommendation; readonly answer: PublicRecommendation } {
  const { sessionId } = circumstances;
  const recommendation = withProblems(() => engine.recommend(requestOf(circumstances)));
  decisions.record(recommendation.receipt, { sessionId });
  return {
    recommendation,
    answer: presentRecommendation(recommendation, engine.state, sessionId, secrets.receiptKey),
  };
}

/** The engine's request, field by field: it stands in the receipt, and nothing else of the body belongs there. */
export function requestOf(circumstances: Circumstances): RecommendationRequest {
  const { placement, strategy, limit, market, visitorId, customerId, productId, session, exclude } = circumstances;
  const { cart, priceRange } = circumstances;
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

/**
 * Makes the evidence report of a shop: what its own orders say about what sells together, what is left open, and how a
 * gain could be proved.
 */
import type { Affinities } from "../association/affinity.ts";
import type { ThresholdOptions } from "../cart/thresholds.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import type { NextPurchaseReport } from "../evaluation/next-purchase.ts";
import type { HoldoutDesign } from "../experiments/power.ts";
import type { OrderHistory } from "../history/order-history.ts";
import type { SessionHistory } from "../history/session-history.ts";
import type { TrainingControls } from "../models/training.ts";
import { caveatsOf } from "./caveats.ts";
import { companionSection } from "./companions.ts";
import { evidenceSection } from "./evidence.ts";
import { holdoutSection } from "./holdout-section.ts";
import { openPairSection } from "./open-pairs.ts";
import { surveyOrders } from "./order-survey.ts";
import { qualitySection } from "./quality-section.ts";
import type { Audit, AuditSections } from "./report.ts";
import { shopFacts } from "./shop-facts.ts";
import { thresholdSection } from "./threshold-section.ts";

/** What the report is made from. */
export interface AuditInput extends TrainingControls {
  readonly catalogue: Catalogue;
  readonly orders: OrderHistory;
  /** Found on baskets of the same orders. */
  readonly affinities: Affinities;
  /** Without machines: see `filterBots`. */
  readonly sessions?: SessionHistory | undefined;
  /** Milliseconds since 1970, UTC: the date on the report. */
  readonly now: number;
  readonly thresholds?: ThresholdOptions;
  readonly holdout?: HoldoutDesign;
  /** From `evaluateNextPurchases`. */
  readonly quality?: NextPurchaseReport | undefined;
  /** What the import said about the data, a line each. */
  readonly dataNotes?: readonly string[];
  /** Rows of each list at most. */
  readonly limit?: number;
  /** Companions listed for a product page at most. */
  readonly companionsPerPage?: number;
}

/**
 * @throws InvalidInput when orders, catalogue, affinities and sessions do not count the same products, or no order is
 * left once cancelled lines are gone
 * @example
 * const affinities = await findAffinities(createTrainingView({ orders }).baskets);
 * const audit = await createAudit({ catalogue, orders, affinities, now: Date.UTC(2026, 6, 1) });
 * audit.evidence.top[0].lift;
 */
export async function createAudit({
  catalogue,
  orders,
  affinities,
  sessions,
  now,
  thresholds = {},
  holdout = {},
  quality,
  dataNotes = [],
  limit = 20,
  companionsPerPage = 4,
  ...controls
}: AuditInput): Promise<Audit> {
  requireNumber("now", now, 0);
  requireInteger("limit", limit, 1);
  requireInteger("companionsPerPage", companionsPerPage, 1);
  requireSameProducts(catalogue.ids.size, {
    "orders.productCount": orders.productCount,
    "affinities.productBaskets.length": affinities.productBaskets.length,
    ...(sessions && { "sessions.productCount": sessions.productCount }),
  });
  const currency = catalogue.markets[0].currency;
  const survey = await surveyOrders(orders, currency, controls);
  if (survey.orders === 0) throw new InvalidInput("orders", "none", "at least one order with a line not cancelled");

  const thresholdFigures = thresholdSection(survey, thresholds);
  const holdoutFigures = holdoutSection(survey, sessions, holdout);
  const sections: AuditSections = {
    currency,
    shop: shopFacts(survey, catalogue),
    evidence: evidenceSection(affinities, catalogue, survey.orders, limit),
    companions: companionSection({ affinities, catalogue, sessions, limit, companions: companionsPerPage }),
    openPairs: await openPairSection(affinities, catalogue, survey, { limit, ...controls }),
    ...(thresholdFigures && { thresholds: thresholdFigures }),
    ...(holdoutFigures && { holdout: holdoutFigures }),
    ...(quality && { quality: qualitySection(quality) }),
  };
  return {
    version: 1,
    createdAt: new Date(now).toISOString(),
    ...sections,
    dataNotes: [...dataNotes],
    caveats: caveatsOf(sections, catalogue.markets[0].locale),
  };
}

function requireSameProducts(size: number, counts: Readonly<Record<string, number>>): void {
  for (const [path, count] of Object.entries(counts)) {
    if (count !== size) throw new InvalidInput(path, count, `${size}, as many as the catalogue has products`);
  }
}

/** From a shop's columns to its evidence report: finds the affinities, judges the models, and puts it together. */
import { evaluateLastMonth, InvalidInput, type ShopData } from "@basketlift/engine";
import { findAffinities, type Affinities } from "@basketlift/engine/association";
import { createAudit, type Audit } from "@basketlift/engine/audit";
import type { NextPurchaseReport } from "@basketlift/engine/evaluation";
import { createTrainingView } from "@basketlift/engine/history";
import type { TrainingControls } from "@basketlift/engine/models";

export interface AuditShopOptions extends TrainingControls {
  /** Milliseconds since 1970, UTC: the date on the report. */
  readonly now: number;
  /** Rows of each list at most. */
  readonly limit?: number;
  /** Whether to train on all but the last month and ask about that. */
  readonly withQuality?: boolean;
  readonly dataNotes?: readonly string[];
  /** Where they were found already. */
  readonly affinities?: Affinities;
}

/**
 * @throws InvalidInput when no order is left to report on
 * @example
 * const audit = await auditShop({ catalogue, orders: history }, { now: Date.now() });
 */
export async function auditShop(
  { catalogue, orders, sessions }: ShopData,
  { now, limit = 20, withQuality = true, dataNotes = [], affinities, ...controls }: AuditShopOptions,
): Promise<Audit> {
  const found = affinities ?? (await findAffinities(createTrainingView({ orders }).baskets, controls));
  const quality = withQuality ? await judge({ catalogue, orders, ...(sessions && { sessions }) }, controls) : undefined;
  return createAudit({
    catalogue,
    orders,
    affinities: found,
    ...(sessions && { sessions }),
    ...(quality && { quality }),
    now,
    limit,
    dataNotes: withQuality && !quality ? [...dataNotes, notJudged] : dataNotes,
    ...controls,
  });
}

const notJudged =
  "How well last month would have been foreseen is left out: no customer known before it bought anything new in it.";

/** A shop without returning customers cannot be judged this way; its report leaves the section out and says so. */
async function judge(shop: ShopData, controls: TrainingControls): Promise<NextPurchaseReport | undefined> {
  try {
    return await evaluateLastMonth(shop, controls);
  } catch (error) {
    if (error instanceof InvalidInput) return undefined;
    throw error;
  }
}

/**
 * `GET /analytics/incrementality`: what recommendations cause. Visitors are assigned to an arm before anything is known of
 * them, and compared as assigned, whether or not they saw anything (intention to treat). The figure that decides is net
 * revenue for each assigned visitor, from orders that the shop's server sent; conversion and order value only take it
 * apart. Intervals may be looked at every day. Claims rest on the absolute difference; the relative one that is shown agrees
 * with it on which side of zero it lies, and waits until the holdout's mean is known well enough to divide by.
 */
import {
  checkSampleRatio,
  compareArms,
  momentsOfRatio,
  momentsOfShare,
  planHoldout,
  type ArmComparison,
  type Effect,
} from "@basketlift/engine/experiments";
import type { Moments } from "@basketlift/engine/statistics";
import type { BasketliftContract } from "../contract/index.ts";
import type { RouteOutput } from "../contract/route.ts";
import type { Handlers } from "../server/handler.ts";
import type { EngineService } from "../server/services.ts";
import { emptyArm, loadArms, startOfMeasurement, type ArmFacts, type Arms } from "./arms.ts";
import { checkPeriod, loadUnits, readPeriod } from "./period.ts";
import { verdictOf } from "./verdict.ts";

type Incrementality = RouteOutput<BasketliftContract["incrementality"]>;

/** Below this a difference is a matter of single orders. */
const fewestBuyers = 5;
/** A lift worth waiting for. */
const targetLift = 0.05;

export const incrementalityHandler: Handlers["incrementality"] = async ({ query }, services) => {
  const { db } = services.database;
  const units = await loadUnits(db);
  const given = await readPeriod(query, units, services.now(), db);
  // An interval that may be looked at every day holds for one beginning: that of the measurement.
  const beginning = query.from === undefined ? await startOfMeasurement(db) : undefined;
  const period = checkPeriod({ ...given, from: beginning ?? given.from });
  const arms = await loadArms(db, period, units);
  return {
    from: new Date(period.from).toISOString(),
    until: new Date(period.until).toISOString(),
    currency: units.currency,
    ...measure(arms, holdoutShare(services.engine)),
  };
};

/** Everything that is said about two arms. Pure. */
export function measure(
  { treatment = emptyArm, holdout = emptyArm }: Partial<Arms>,
  expectedShare: number,
): Omit<Incrementality, "from" | "until" | "currency"> {
  const isEnough = treatment.buyers >= fewestBuyers && holdout.buyers >= fewestBuyers;
  const compare = (momentsOfArm: (arm: ArmFacts) => Moments): ArmComparison | undefined =>
    isEnough ? compareArms(momentsOfArm(holdout), momentsOfArm(treatment)) : undefined;
  const revenuePerVisitor = compare(({ visitors, revenue }) => ({ count: visitors, ...revenue }));
  const observedVisitors = treatment.visitors + holdout.visitors;
  const sampleRatio = checkArms(treatment, holdout, expectedShare);
  return {
    treatment: armFigures(treatment),
    holdout: armFigures(holdout),
    revenuePerVisitor: estimate(revenuePerVisitor?.relative),
    conversion: estimate(compare(({ visitors, buyers }) => momentsOfShare(visitors, buyers))?.relative),
    averageOrderValue: estimate(compare(orderValueOf)?.relative),
    sampleRatio,
    verdict: verdictOf({ treatment, holdout, expectedShare, sampleRatio, revenuePerVisitor, fewestBuyers }),
    plan: { neededVisitors: neededVisitors(treatment, holdout, expectedShare) ?? null, observedVisitors },
  };
}

function armFigures({ visitors, orders, netRevenue }: ArmFacts): Incrementality["treatment"] {
  return { visitors, orders, netRevenue };
}

/** Revenue for each order, by visitor: the orders of one visitor are alike. */
function orderValueOf({ visitors, revenue, ordersPerVisitor, covariance }: ArmFacts): Moments {
  return momentsOfRatio({ count: visitors, numerator: revenue, denominator: ordersPerVisitor, covariance });
}

function checkArms(treatment: ArmFacts, holdout: ArmFacts, expectedShare: number): Incrementality["sampleRatio"] {
  const visitors = treatment.visitors + holdout.visitors;
  const observedShare = visitors === 0 ? 0 : holdout.visitors / visitors;
  if (expectedShare <= 0 || expectedShare >= 1) return { expectedShare, observedShare, pValue: 1, alarm: false };
  const { pValue, alarm } = checkSampleRatio(
    [treatment.visitors, holdout.visitors],
    [1 - expectedShare, expectedShare],
  );
  return { expectedShare, observedShare, pValue, alarm };
}

/** Visitors in both arms before a lift worth waiting for could be seen, by what visitors of both arms bought so far. */
function neededVisitors(treatment: ArmFacts, holdout: ArmFacts, expectedShare: number): number | undefined {
  const visitors = treatment.visitors + holdout.visitors;
  const buyers = treatment.buyers + holdout.buyers;
  if (buyers < fewestBuyers || expectedShare < 0.001 || expectedShare > 0.999) return undefined;
  const spent = (treatment.netRevenue + holdout.netRevenue) / buyers;
  const squares = (treatment.squares + holdout.squares) / buyers;
  return planHoldout({
    minimumDetectableLift: targetLift,
    holdoutShare: expectedShare,
    // Weeks are not asked for, so any number of visitors a week will do.
    visitorsPerWeek: visitors,
    conversionRate: buyers / visitors,
    averageOrderValue: spent,
    orderValueDeviation: Math.sqrt(Math.max(0, squares - spent ** 2)),
  }).visitorsNeeded;
}

/** What the serving engine holds out; without an engine nothing is assigned. */
export function holdoutShare(engine: EngineService): number {
  return engine.current()?.engine.state.holdout.share ?? 0;
}

function estimate(effect: Effect | undefined): Incrementality["revenuePerVisitor"] {
  if (effect === undefined) return null;
  const { value, lower, upper, level } = effect;
  return { value, lower, upper, level };
}

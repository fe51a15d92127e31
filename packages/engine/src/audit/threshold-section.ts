/** Threshold opportunities of the shop's orders, as figures. */
import { findThresholdOpportunities, type ThresholdFigure, type ThresholdOptions } from "../cart/thresholds.ts";
import { figure, money, type Figure, type FigureInterval } from "./figure.ts";
import type { OrderSurvey } from "./order-survey.ts";

/** One threshold for free shipping or a gift. */
export interface ThresholdRow {
  readonly threshold: Figure;
  /** Orders that reach it today. */
  readonly ordersAbove: Figure;
  /** Orders that come close without reaching it. */
  readonly ordersJustShort: Figure;
  readonly shareJustShort: Figure;
  /** What half of those lack at most; absent for a handful of orders. */
  readonly medianGap?: Figure;
  /** What they would add if the assumed share of them topped up by exactly what they lack. */
  readonly extraRevenue: Figure;
  /** Present when margin and cost of the offer were stated. */
  readonly balance?: {
    readonly qualifyingOrders: Figure;
    /** Extra margin minus the cost of the offer. */
    readonly net: Figure;
    /** Share of just-short orders that must top up for nothing to be lost; absent where all of them are too few. */
    readonly breakEvenUptake?: Figure;
  };
}

/** How many orders crowd just above a threshold that was in force. */
export interface BunchingRow {
  readonly threshold: Figure;
  readonly ordersJustAbove: Figure;
  /** Orders beyond what a smooth spread of order values puts there. */
  readonly excess: Figure;
}

/** Over orders in the home currency, valued at checkout: after discounts, before refunds. */
export interface ThresholdSection {
  /** Always false: nothing here shows what an offer would cause. */
  readonly causal: false;
  readonly orders: Figure;
  readonly assumptions: {
    /** An order is just short from this share of the threshold up. */
    readonly reach: Figure;
    /** Share of just-short orders assumed to top up. */
    readonly uptake: Figure;
  };
  readonly quantiles: readonly { readonly fraction: number; readonly value: Figure }[];
  readonly thresholds: readonly ThresholdRow[];
  readonly bunching: readonly BunchingRow[];
}

/** @returns undefined when no order in the home currency has a value */
export function thresholdSection(
  { checkoutValues, homeCurrency }: OrderSurvey,
  options: ThresholdOptions,
): ThresholdSection | undefined {
  if (!checkoutValues.some((value) => value > 0)) return undefined;
  const { orders, assumptions, quantiles, opportunities, bunching } = findThresholdOpportunities(
    checkoutValues,
    options,
  );
  const { level } = assumptions;
  const amount = (found: ThresholdFigure): Figure => money(found.value, homeCurrency, intervalOf(found, level));
  return {
    causal: false,
    orders: figure(orders, "orders"),
    assumptions: { reach: figure(assumptions.reach, "share"), uptake: figure(assumptions.uptake, "share") },
    quantiles: quantiles.map(({ fraction, value }) => ({ fraction, value: money(value, homeCurrency) })),
    thresholds: opportunities.map(
      ({ threshold, ordersAbove, ordersJustShort, shareJustShort, medianGap, ...found }) => ({
        threshold: money(threshold, homeCurrency),
        ordersAbove: figure(ordersAbove, "orders"),
        ordersJustShort: figure(ordersJustShort.value, "orders", intervalOf(ordersJustShort, level)),
        shareJustShort: figure(shareJustShort.value, "share", intervalOf(shareJustShort, level)),
        ...(medianGap && { medianGap: amount(medianGap) }),
        extraRevenue: amount(found.extraRevenue),
        ...(found.balance && {
          balance: {
            qualifyingOrders: figure(found.balance.qualifyingOrders, "orders"),
            net: amount(found.balance.net),
            ...(found.balance.breakEvenUptake !== undefined && {
              breakEvenUptake: figure(found.balance.breakEvenUptake, "share"),
            }),
          },
        }),
      }),
    ),
    bunching: bunching.map(({ threshold, ordersJustAbove, excess }) => ({
      threshold: money(threshold, homeCurrency),
      ordersJustAbove: figure(ordersJustAbove, "orders"),
      excess: figure(excess.value, "orders", intervalOf(excess, level)),
    })),
  };
}

function intervalOf({ lower, upper }: { lower: number; upper: number }, level: number): FigureInterval {
  return { lower, upper, level };
}

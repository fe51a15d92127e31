/** How long the shop would have to hold visitors out to prove a gain, at its own traffic. */
import { planHoldout, type HoldoutDesign, type Traffic } from "../experiments/power.ts";
import type { SessionHistory } from "../history/session-history.ts";
import { momentsOf, quantileOf } from "../statistics/index.ts";
import { figure, money, type Figure } from "./figure.ts";
import { periodDays, type OrderSurvey } from "./order-survey.ts";

/** One gain and what proving it takes. */
export interface HoldoutRow {
  /** Relative gain in net revenue per visitor. */
  readonly lift: Figure;
  /** Visitors in both arms together, or the orders they place where visitors are not known. */
  readonly needed: Figure;
  readonly weeks: Figure;
  /** Weeks when order values are capped for the comparison (see `cappedAt`): fewer, where a few orders are huge. */
  readonly weeksCapped: Figure;
  /** Revenue forgone on the held-out visitors until then if the gain is real. */
  readonly costIfReal: Figure;
}

/** How long a holdout must run to prove a gain. */
export interface HoldoutSection {
  /**
   * `visitors`: from sessions. `orders`: without sessions, or with too few to match the orders, visitors are not
   * known. An assumed conversion stands in for them; weeks and orders hardly depend on it as long as few visitors order.
   */
  readonly basis: "visitors" | "orders";
  /** Visitors or orders a week, over the period of the data. */
  readonly perWeek: Figure;
  /** Orders per visitor, measured on `visitors` and assumed on `orders`. */
  readonly conversion: Figure;
  readonly averageOrderValue: Figure;
  readonly orderValueDeviation: Figure;
  /** Order value that the capped comparison counts at most: the 99th percentile. */
  readonly cappedAt: Figure;
  readonly holdoutShare: Figure;
  readonly power: Figure;
  readonly significance: Figure;
  readonly rows: readonly HoldoutRow[];
}

const lifts = [0.02, 0.05, 0.1];
/** What stands in for the conversion where visitors are not known. */
const assumedConversion = 0.02;
const week = 7 * 86_400_000;

/** @returns undefined when orders in the home currency are too few or all worth nothing */
export function holdoutSection(
  survey: OrderSurvey,
  sessions: SessionHistory | undefined,
  { holdoutShare = 0.1, power = 0.8, significance = 0.05 }: HoldoutDesign,
): HoldoutSection | undefined {
  const { netValues, homeCurrency } = survey;
  if (netValues.length < 2 || !netValues.some((value) => value > 0)) return undefined;
  const design = { holdoutShare, power, significance };
  const flow = (sessions && visitorFlow(survey, sessions)) ?? orderFlow(survey);
  const cap = quantileOf(netValues, 0.99);
  const traffic = trafficOf(flow, netValues);
  const capped =
    cap > 0
      ? trafficOf(
          flow,
          netValues.map((value) => Math.min(value, cap)),
        )
      : traffic;
  // Visitors to the unit of the basis.
  const unitsPerVisitor = flow.basis === "visitors" ? 1 : flow.conversion;
  return {
    basis: flow.basis,
    perWeek: figure(flow.visitorsPerWeek * unitsPerVisitor, flow.basis),
    conversion: figure(flow.conversion, "share"),
    averageOrderValue: money(traffic.averageOrderValue, homeCurrency),
    orderValueDeviation: money(traffic.orderValueDeviation, homeCurrency),
    cappedAt: money(cap, homeCurrency),
    holdoutShare: figure(holdoutShare, "share"),
    power: figure(power, "share"),
    significance: figure(significance, "share"),
    rows: lifts.map((lift) => {
      const plan = planHoldout({ ...traffic, ...design, minimumDetectableLift: lift });
      return {
        lift: figure(lift, "share"),
        needed: figure(Math.ceil(plan.visitorsNeeded * unitsPerVisitor), flow.basis),
        weeks: figure(plan.weeks, "weeks"),
        weeksCapped: figure(planHoldout({ ...capped, ...design, minimumDetectableLift: lift }).weeks, "weeks"),
        costIfReal: money(plan.costIfReal, homeCurrency),
      };
    }),
  };
}

/** Visitors a week and the share of them who order. */
interface Flow {
  readonly basis: HoldoutSection["basis"];
  readonly visitorsPerWeek: number;
  readonly conversion: number;
}

/** Orders of the time that sessions cover, over its visitors; undefined where the sessions cannot be all there were. */
function visitorFlow({ homePlacedAt }: OrderSurvey, sessions: SessionHistory): Flow | undefined {
  const { visitorOf, startedAt, endedAt } = sessions;
  const from = startedAt.reduce((first, time) => Math.min(first, time), Infinity);
  const to = endedAt.at(-1) ?? -Infinity;
  // Less than a week says nothing of a week.
  if (to - from < week) return undefined;
  const visitors = new Set(visitorOf).size;
  const orders = homePlacedAt.filter((time) => from <= time && time <= to).length;
  if (orders === 0 || orders > visitors) return undefined;
  return {
    basis: "visitors",
    visitorsPerWeek: visitors / ((to - from) / week),
    conversion: orders / visitors,
  };
}

function orderFlow(survey: OrderSurvey): Flow {
  const ordersPerWeek = survey.netValues.length / (periodDays(survey) / 7);
  return { basis: "orders", visitorsPerWeek: ordersPerWeek / assumedConversion, conversion: assumedConversion };
}

function trafficOf({ visitorsPerWeek, conversion }: Flow, orderValues: Float64Array): Traffic {
  const { mean, variance } = momentsOf(orderValues);
  return {
    visitorsPerWeek,
    conversionRate: conversion,
    averageOrderValue: mean,
    orderValueDeviation: Math.sqrt(variance),
  };
}

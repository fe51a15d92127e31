/** What happened and what it was worth. */
import { z } from "zod";
import { currency, estimate, time } from "./common.ts";
import { route } from "./route.ts";

const tag = "analytics";
const period = z.object({ from: time.optional(), until: time.optional() });

/** A key figure and what it was in the period of the same length before. */
const figure = z.object({ value: z.number(), before: z.number(), change: estimate.nullable() });

const armFigures = z.object({ visitors: z.int(), orders: z.int(), netRevenue: z.int() });

export const analyticsRoutes = {
  analyticsOverview: route({
    method: "get",
    path: "/analytics/overview",
    scope: "read",
    tag,
    query: period,
    summary:
      "Key figures with change against the period before, the revenue curve split by placement, and what to do next.",
    answer: z.object({
      from: time,
      until: time,
      currency,
      visitors: figure,
      views: figure,
      clicks: figure,
      orders: figure,
      netRevenue: figure,
      averageOrderValue: figure,
      attributedRevenue: figure,
      /** How revenue is credited, in words. */
      attribution: z.string(),
      /** A point a day in the shop's time zone. */
      days: z.array(
        z.object({
          day: z.string(),
          netRevenue: z.int(),
          attributedRevenue: z.int(),
          /** What each placement was credited with; they add up to the day's `attributedRevenue`. */
          attributedByPlacement: z.record(z.string(), z.int()),
          orders: z.int(),
          impressions: z.int(),
          clicks: z.int(),
        }),
      ),
      placements: z.array(
        z.object({ placement: z.string(), impressions: z.int(), clicks: z.int(), attributedRevenue: z.int() }),
      ),
      /** Share of events without consent to measurement: they are in no experiment. */
      withoutConsent: z.number(),
      /** Sorted by what it would help most. */
      nextActions: z.array(z.object({ code: z.string(), text: z.string(), href: z.string() })),
    }),
  }),
  incrementality: route({
    method: "get",
    path: "/analytics/incrementality",
    scope: "read",
    tag,
    query: period,
    summary: "Causal lift from the holdout: net revenue per visitor, conversion and order value, with intervals.",
    answer: z.object({
      from: time,
      until: time,
      currency,
      treatment: armFigures,
      holdout: armFigures,
      /** Relative differences, treatment over holdout; null while too few to say. */
      revenuePerVisitor: estimate.nullable(),
      conversion: estimate.nullable(),
      averageOrderValue: estimate.nullable(),
      sampleRatio: z.object({
        expectedShare: z.number(),
        observedShare: z.number(),
        pValue: z.number(),
        alarm: z.boolean(),
      }),
      verdict: z.string(),
      /** Visitors needed before a lift of 5% could be seen, and what is there so far. */
      plan: z.object({ neededVisitors: z.number().nullable(), observedVisitors: z.int() }),
    }),
  }),
  clickThrough: route({
    method: "get",
    path: "/analytics/ctr",
    scope: "read",
    tag,
    query: period.extend({ by: z.enum(["placement", "strategy", "position", "ranking"]).default("placement") }),
    summary:
      "Click-through with intervals: sessions with a click over sessions with a viewable widget; items beside it.",
    answer: z.object({
      by: z.string(),
      rows: z.array(
        z.object({
          key: z.string(),
          sessions: z.int(),
          sessionsWithClick: z.int(),
          clickThrough: estimate,
          impressions: z.int(),
          clicks: z.int(),
          itemClickThrough: estimate,
        }),
      ),
    }),
  }),
  strategyComparison: route({
    method: "get",
    path: "/analytics/strategy-comparison",
    scope: "read",
    tag,
    query: period,
    summary:
      "Traffic, click-through and attributed net revenue by strategy and placement, with intervals and the rule of attribution.",
    answer: z.object({
      from: time,
      until: time,
      currency,
      /** How revenue is credited, in words. */
      attribution: z.string(),
      /** A row for each strategy in each place; null in one of the two sums over all places, or all strategies. */
      rows: z.array(
        z.object({
          strategy: z.string().nullable(),
          placement: z.string().nullable(),
          sessions: z.int(),
          sessionsWithClick: z.int(),
          clickThrough: estimate,
          /** Visitors that revenue is credited from. */
          buyers: z.int(),
          netRevenue: z.int(),
          /** The same with its interval; null where it is a matter of single orders. */
          revenue: estimate.nullable(),
        }),
      ),
    }),
  }),
};

/** What the made-up shop earned: analytics as the server would answer them. */
import type { ClickThrough, Estimate, Incrementality, Overview, ServerStatus } from "../src/api/contract.ts";
import { chance } from "./shop.ts";

const day = 86_400_000;
export const currency = "GBP";

export const estimate = (value: number, spread: number): Estimate => ({
  value,
  lower: value - spread,
  upper: value + spread,
  level: 0.95,
});

function dayOf(at: number, index: number): Overview["days"][number] {
  const weekday = new Date(at).getUTCDay();
  const weekend = weekday === 0 || weekday === 6 ? 1.35 : 1;
  const netRevenue = Math.round((212_000 + index * 1800) * weekend * (0.85 + 0.3 * chance(index, 1)));
  const attributedRevenue = Math.round(netRevenue * (0.12 + 0.07 * chance(index, 3)));
  const impressions = Math.round(1450 * weekend * (0.9 + 0.2 * chance(index, 2)));
  return {
    day: new Date(at).toISOString().slice(0, 10),
    netRevenue,
    attributedRevenue,
    attributedByPlacement: byPlacement(attributedRevenue),
    orders: Math.round(netRevenue / 5400),
    impressions,
    clicks: Math.round(impressions * (0.07 + 0.03 * chance(index, 4))),
  };
}

const placements = [
  { placement: "pdp", share: 0.52, rate: 0.094, revenue: 0.57 },
  { placement: "cart", share: 0.21, rate: 0.121, revenue: 0.29 },
  { placement: "homepage", share: 0.19, rate: 0.043, revenue: 0.09 },
  { placement: "post-purchase", share: 0.08, rate: 0.031, revenue: 0.05 },
] as const;

/** Parts that add up to the whole to the last penny. */
function byPlacement(attributed: number): Record<string, number> {
  const [first, ...others] = placements;
  const parts = others.map(({ placement, revenue }) => [placement, Math.round(attributed * revenue)] as const);
  const rest = parts.reduce((left, [, part]) => left - part, attributed);
  return Object.fromEntries([[first.placement, rest], ...parts]);
}

const nextActions = [
  {
    code: "train-again",
    text: "1,204 orders came in since the last training. Train again.",
    href: "/console/bulk-import",
  },
  {
    code: "no-widget-on-cart",
    text: "The home page is seen most, and clicked least. Look at what it shows.",
    href: "/console/recommendations/log?placement=homepage",
  },
  {
    code: "clicks-down",
    text: "Clicks fell by 4%. See which strategy lost them.",
    href: "/console/recommendations",
  },
];

/** @param from @param until RFC 3339; whole days between them are told */
export function overview(from: string, until: string): Overview {
  const end = Date.parse(until);
  const count = Math.max(1, Math.ceil((end - Date.parse(from)) / day));
  const days = Array.from({ length: count }, (_, index) => dayOf(end - (count - 1 - index) * day, index));
  const sum = (of: (point: Overview["days"][number]) => number): number =>
    days.reduce((total, point) => total + of(point), 0);
  const figure = (value: number, change: Estimate | null) => ({
    value,
    before: Math.round(value / (1 + (change?.value ?? 0))),
    change,
  });
  const orders = sum((point) => point.orders);
  const net = sum((point) => point.netRevenue);
  const impressions = sum((point) => point.impressions);
  const clicks = sum((point) => point.clicks);
  return {
    from,
    until,
    currency,
    visitors: figure(orders * 31, estimate(0.021, 0.034)),
    views: figure(impressions, estimate(0.118, 0.029)),
    clicks: figure(clicks, estimate(-0.041, 0.032)),
    orders: figure(orders, estimate(0.064, 0.041)),
    netRevenue: figure(net, estimate(0.083, 0.052)),
    averageOrderValue: figure(Math.round(net / orders), estimate(0.018, 0.022)),
    attributedRevenue: figure(
      sum((point) => point.attributedRevenue),
      estimate(0.121, 0.064),
    ),
    days,
    attribution: "A product that was bought counts for the last recommendation in which it had been clicked.",
    placements: placements.map(({ placement, share, rate }) => ({
      placement,
      impressions: Math.round(impressions * share),
      clicks: Math.round(impressions * share * rate),
      attributedRevenue: sum(({ attributedByPlacement }) => attributedByPlacement[placement] ?? 0),
    })),
    withoutConsent: 0.183,
    nextActions,
  };
}

export function nothingYet(from: string, until: string): Overview {
  const none = { value: 0, before: 0, change: null };
  return {
    ...overview(from, until),
    visitors: none,
    views: none,
    clicks: none,
    orders: none,
    netRevenue: none,
    averageOrderValue: none,
    attributedRevenue: none,
    days: [],
    placements: [],
    nextActions: [],
  };
}

export function incrementality(from: string, until: string): Incrementality {
  return {
    from,
    until,
    currency,
    treatment: { visitors: 31_860, orders: 1098, netRevenue: 5_987_200 },
    holdout: { visitors: 3541, orders: 112, netRevenue: 611_300 },
    revenuePerVisitor: estimate(0.0886, 0.071),
    conversion: estimate(0.0631, 0.068),
    averageOrderValue: estimate(0.0241, 0.039),
    sampleRatio: { expectedShare: 0.1, observedShare: 0.1, pValue: 0.94, alarm: false },
    verdict: "Recommendations earn more than none: the whole interval lies above zero.",
    plan: { neededVisitors: 52_000, observedVisitors: 35_401 },
  };
}

const visits: Readonly<Record<string, readonly (readonly [key: string, sessions: number, rate: number])[]>> = {
  strategy: [
    ["companions", 18_420, 0.128],
    ["personal", 9870, 0.061],
    ["similar", 640, 0.083],
  ],
  placement: [
    ["pdp", 18_420, 0.128],
    ["homepage", 9870, 0.061],
    ["cart", 640, 0.083],
  ],
};

export function clickThrough(by: string): ClickThrough {
  const rows = (visits[by] ?? []).map(([key, sessions, rate]) => ({
    key,
    sessions,
    sessionsWithClick: Math.round(sessions * rate),
    clickThrough: estimate(rate, 0.98 / Math.sqrt(sessions)),
    impressions: sessions * 5,
    clicks: Math.round(sessions * rate * 1.2),
    itemClickThrough: estimate((rate * 1.2) / 5, 0.4 / Math.sqrt(sessions)),
  }));
  return { by, rows };
}

export function status(): ServerStatus {
  return {
    version: "0.1.0",
    uptimeSeconds: 187_000,
    database: { state: "up", kind: "embedded", detail: null },
    engine: {
      state: "serving",
      version: "run-20261120",
      trainedAt: new Date(Date.now() - 9 * 3_600_000).toISOString(),
    },
    events: { waiting: 0 },
  };
}

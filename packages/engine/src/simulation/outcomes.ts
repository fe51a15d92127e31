/** What came of a simulated time, a row a visitor, and the figures of a shop that are ratios of its columns. */
/** A row a visitor, in minor units of the home market where it is money. */
export interface VisitOutcomes {
  readonly visitors: number;
  readonly visits: Uint32Array;
  readonly orders: Uint32Array;
  /** Units in those orders. */
  readonly units: Uint32Array;
  readonly revenue: Float64Array;
  /** Of the month that begins with the first visit. */
  readonly firstMonthRevenue: Float64Array;
  /** Revenue less the cost of the goods. */
  readonly margin: Float64Array;
  /** The part of the revenue that was put into the cart out of a strip and had not been meant to be bought. */
  readonly addedRevenue: Float64Array;
  /** Strips that came into view, products in them that were looked at, and clicks. */
  readonly views: Uint32Array;
  readonly looks: Uint32Array;
  readonly clicks: Uint32Array;
}

/** Columns of zeros. */
export function createOutcomes(visitors: number): VisitOutcomes {
  return {
    visitors,
    visits: new Uint32Array(visitors),
    orders: new Uint32Array(visitors),
    units: new Uint32Array(visitors),
    revenue: new Float64Array(visitors),
    firstMonthRevenue: new Float64Array(visitors),
    margin: new Float64Array(visitors),
    addedRevenue: new Float64Array(visitors),
    views: new Uint32Array(visitors),
    looks: new Uint32Array(visitors),
    clicks: new Uint32Array(visitors),
  };
}

/**
 * The figures that policies are compared by:
 * - `revenuePerVisitor`: revenue of a visitor's first month
 * - `averageOrderValue`: revenue of an order
 * - `conversion`: orders of a visit
 * - `lifetimeValue`: revenue of a visitor over all months that were simulated
 * - `marginPerVisitor`: the same less the cost of the goods
 */
export const simulatedMetrics = [
  "revenuePerVisitor",
  "averageOrderValue",
  "conversion",
  "lifetimeValue",
  "marginPerVisitor",
] as const;

export type SimulatedMetric = (typeof simulatedMetrics)[number];

/** A figure as the ratio of the sums of two columns. */
export interface RatioColumns {
  readonly above: ArrayLike<number>;
  readonly below: ArrayLike<number>;
}

/** The columns that make a figure. */
export function columnsOf(outcomes: VisitOutcomes, metric: SimulatedMetric): RatioColumns {
  const { revenue, orders, visits, margin, firstMonthRevenue, visitors } = outcomes;
  const everybody = new Uint8Array(visitors).fill(1);
  switch (metric) {
    case "averageOrderValue":
      return { above: revenue, below: orders };
    case "conversion":
      return { above: orders, below: visits };
    case "revenuePerVisitor":
      return { above: firstMonthRevenue, below: everybody };
    case "lifetimeValue":
      return { above: revenue, below: everybody };
    case "marginPerVisitor":
      return { above: margin, below: everybody };
  }
}

/** The sum over several columns. */
export function totalOf(columns: readonly ArrayLike<number>[]): number {
  let sum = 0;
  for (const column of columns) for (let row = 0; row < column.length; row++) sum += column[row];
  return sum;
}

/** How well methods foresee the next month's first purchases, as figures. */
import type { Estimate } from "../evaluation/bootstrap.ts";
import type { NextPurchaseReport, NextPurchaseRow } from "../evaluation/next-purchase.ts";
import { figure, type Figure } from "./figure.ts";

/** One method. */
export interface QualityRow {
  readonly name: string;
  /** 0.5 is chance. */
  readonly areaUnderCurve: Figure;
  /** Share of customers with a hit in the list. */
  readonly hitRate: Figure;
  readonly ndcg: Figure;
  /** AUC beyond popularity, over the same customers. */
  readonly advantage: Figure;
  /** Share of the catalogue that was shown to anybody. */
  readonly coverage: Figure;
}

/** How well the methods foresaw the last month. */
export interface QualitySection {
  /** RFC 3339: methods learned from everything before it. */
  readonly cut: string;
  readonly horizon: Figure;
  /** Part of the horizon that the data covers. */
  readonly observed: Figure;
  readonly customers: Figure;
  readonly productsRanked: Figure;
  /** Length of the lists that hit rate and NDCG look at. */
  readonly listLength: Figure;
  /** Popularity first, then the methods. */
  readonly rows: readonly QualityRow[];
}

export function qualitySection(report: NextPurchaseReport): QualitySection {
  return {
    cut: new Date(report.cut).toISOString(),
    horizon: figure(report.horizonDays, "days"),
    observed: figure(report.observedDays, "days"),
    customers: figure(report.customers, "customers"),
    productsRanked: figure(report.productCount, "products"),
    listLength: figure(report.listLength, "products"),
    rows: [report.popularity, ...report.rows].map(qualityRow),
  };
}

function qualityRow({ name, areaUnderCurve, hitRate, ndcg, advantage, coverage }: NextPurchaseRow): QualityRow {
  return {
    name,
    areaUnderCurve: estimated(areaUnderCurve, "metric"),
    hitRate: estimated(hitRate, "share"),
    ndcg: estimated(ndcg, "metric"),
    advantage: estimated(advantage, "metric"),
    coverage: figure(coverage, "share"),
  };
}

function estimated({ value, lower, upper, level }: Estimate, unit: "metric" | "share"): Figure {
  return figure(value, unit, { lower, upper, level });
}

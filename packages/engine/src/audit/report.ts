/**
 * What the evidence report holds: plain data, ready for JSON, from which texts and pages are made elsewhere. It is for
 * the merchant: it holds counts, revenue and margins.
 */
import type { CompanionSection } from "./companions.ts";
import type { EvidenceSection } from "./evidence.ts";
import type { HoldoutSection } from "./holdout-section.ts";
import type { OpenPairSection } from "./open-pairs.ts";
import type { QualitySection } from "./quality-section.ts";
import type { ShopFacts } from "./shop-facts.ts";
import type { ThresholdSection } from "./threshold-section.ts";

/** The sections of a report. Every `Figure` carries its unit and, where it is an estimate, its interval. */
export interface AuditSections {
  /** ISO 4217 of the home market: all money is of orders in it. */
  readonly currency: string;
  readonly shop: ShopFacts;
  /** What sells together, and how sure that is. */
  readonly evidence: EvidenceSection;
  /** What to show on which product page. */
  readonly companions: CompanionSection;
  /** Orders that hold one product of a pair and not the other. */
  readonly openPairs: OpenPairSection;
  /** Absent when no order in the home currency has a value. */
  readonly thresholds?: ThresholdSection;
  /** Absent when orders in the home currency are too few to plan with. */
  readonly holdout?: HoldoutSection;
  /** Absent unless the caller evaluated methods. */
  readonly quality?: QualitySection;
}

/** The whole report as plain data. */
export interface Audit extends AuditSections {
  /** Rises when a field changes its meaning or goes. */
  readonly version: 1;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly dataNotes: readonly string[];
  /** The most important first; only what applies to this shop. */
  readonly caveats: readonly Caveat[];
}

/** One warning. */
export interface Caveat {
  /** Stable name, for translation and for tests. */
  readonly code: CaveatCode;
  readonly text: string;
}

/** Names a caveat in every language. */
export type CaveatCode =
  | "not-causal"
  | "upper-bounds"
  | "coincidences"
  | "short-period"
  | "no-affinities"
  | "left-out-orders"
  | "other-currencies"
  | "no-home-orders"
  | "visitors-unknown"
  | "visitors-from-orders"
  | "links-unknown"
  | "todays-prices"
  | "private";

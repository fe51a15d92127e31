/** What a strategy may ask for beyond sources, caps and chance. Plain JSON. */
import type { Minor } from "../catalogue/money.ts";

/**
 * How much each factor pulls on the score, from 0, where it plays no part, to 1, where the score is in proportion to it.
 * The formula stands in `score.ts`.
 */
export interface ScoreWeights {
  /** 1 when left out. Less levels the differences in relevance, and with 0 the other factors decide alone. */
  readonly relevance?: number;
  /** Expected net margin after returns. The strategy's `marginWeight` when left out. */
  readonly margin?: number;
  /** Stock against expected demand: what would sell out sinks, what lies in heaps rises. */
  readonly stockCover?: number;
  /** New in the shop, or seen by few. */
  readonly novelty?: number;
  /** The factors of campaigns. 1 when left out. */
  readonly campaign?: number;
}

/** Products that the shop wants to sell now. A product in several campaigns has the product of their factors. */
export interface Campaign {
  readonly name: string;
  /** Multiplies the score: above 1 products rise, below 1 they sink. Above 0. */
  readonly factor: number;
  /** By id, brand, or full category path such as `Kitchen / Mugs`; a product that fits any of them takes part. */
  readonly products?: readonly string[];
  readonly brands?: readonly string[];
  readonly categories?: readonly string[];
}

/** The least expected net margin after returns of one unit. Where both stand, both hold. */
export interface MinimumMargin {
  /** Share of the net price, up to 1. */
  readonly rate?: number;
  /** In minor units of the home market's currency. */
  readonly amount?: Minor;
}

/** How an answer is kept from being the same thing many times over. See `diverse-sample.ts`. */
export interface Diversity {
  /**
   * Maximal marginal relevance: what is left of a product's score where it is entirely like one picked before.
   * 1, when left out, is plain ranking; 0 looks at likeness alone.
   */
  readonly lambda?: number;
  /**
   * Pull towards the shares of categories in what the shopper looked at and bought: 0, when left out, is none; with 1
   * nothing else counts.
   */
  readonly calibration?: number;
}

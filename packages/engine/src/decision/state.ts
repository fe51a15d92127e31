/** Everything a decision stands on. Immutable: training, a new price or an edited strategy make a new state. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { RuleSet } from "../merchandising/index.ts";
import type { Query, Recommender } from "../models/recommender.ts";
import type { Economics, ProductFacts } from "./product-facts.ts";
import type { Location } from "./request.ts";
import type { Strategy } from "./strategy.ts";

/** What a model of many signals says of one answer of its own. */
export interface Account {
  /** In words for shoppers, without a figure. */
  readonly reason: string;
  /** What speaks for the product, by kind, largest first. For the merchant's eyes: it holds figures. */
  readonly voices: readonly SourceVoice[];
}

/** One kind of signals in a score. */
export interface SourceVoice {
  readonly voice: string;
  /** Of all that speaks for the product; shares sum to 1, and 0 is for a kind that speaks against it. */
  readonly share: number;
  /** What each signal adds to the logarithm of the odds, also below 0. */
  readonly signals: Readonly<Record<string, number>>;
}

/**
 * A model as a source. Scores are 0 or more and comparable within one request, where the best counts 1: a model whose
 * scores are logarithms, of any sign, answers with their odds.
 */
export interface SourceModel extends Recommender {
  /** @param because title of the product that speaks loudest, where one does */
  account?(query: Query, product: number, because: string | undefined): Account;
}

/** A named model that proposes products, and the figures behind what it says. */
export interface Source {
  readonly name: SourceName;
  readonly model: SourceModel;
  /** Figures that speak for `product` next to `because`, for the merchant's eyes; undefined where there are none. */
  readonly evidence?: (because: number, product: number) => Readonly<Record<string, number>> | undefined;
}

/** The sources an engine may have. */
export const sourceNames = [
  "personal-ranker",
  "session-ranker",
  "bought-together",
  "item-neighbours",
  "session",
  "similar",
  "trending",
  "new-arrivals",
  "popularity",
] as const;
/** Name of a source; strategies refer to it. */
export type SourceName = (typeof sourceNames)[number];

/** Share of visitors who see nothing, so that the effect of showing something can be measured. */
export interface Holdout {
  readonly salt: string;
  /** From 0 to 1. */
  readonly share: number;
}

/** What is known of customers the shop vouches for. */
export interface CustomerPurchases {
  /** Catalogue indices of what the customer bought, oldest first; empty for strangers. */
  of(customerId: string): ArrayLike<number>;
  /** Where each order ends in it, ascending; every product is an order of its own where nobody says. */
  basketEndsOf?(customerId: string): ArrayLike<number>;
}

/** All that decisions of one version stand on. */
export interface DecisionState {
  /** Hash over everything below: equal versions give equal decisions. */
  readonly version: string;
  readonly catalogue: Catalogue;
  readonly sources: ReadonlyMap<string, Source>;
  readonly strategies: ReadonlyMap<string, Strategy>;
  readonly placements: Readonly<Record<Location, string>>;
  readonly holdout: Holdout;
  readonly customers: CustomerPurchases;
  /** What scores may be bent by, where the engine was trained with it. */
  readonly facts?: ProductFacts;
  readonly economics?: Economics;
  /** The merchant's rules, over this catalogue. */
  readonly rules?: RuleSet;
}

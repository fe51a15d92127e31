/** Everything a decision stands on. Immutable: training, a new price or an edited strategy make a new state. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { RuleSet } from "../merchandising/index.ts";
import type { Recommender } from "../models/recommender.ts";
import type { Economics, ProductFacts } from "./product-facts.ts";
import type { Location } from "./request.ts";
import type { Strategy } from "./strategy.ts";

/** A named model that proposes products, and the figures behind what it says. */
export interface Source {
  readonly name: SourceName;
  readonly model: Recommender;
  /** Figures that speak for `product` next to `because`, for the merchant's eyes; undefined where there are none. */
  readonly evidence?: (because: number, product: number) => Readonly<Record<string, number>> | undefined;
}

/** The sources an engine may have. */
export const sourceNames = [
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

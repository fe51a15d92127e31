/** What is known when a request is decided, in the shop's own ids. Plain JSON; whatever is not known is left out. */
import type { Minor } from "../catalogue/money.ts";

/** An amount with its currency. */
export interface Money {
  readonly amount: Minor;
  /** ISO 4217. */
  readonly currency: string;
}

/** Attributes the shop names itself. */
export type Attributes = Readonly<Record<string, string | readonly string[]>>;

/** An empty cart is a cart: its value is 0. */
export interface CartFacts {
  /** In minor units of the market's currency. */
  readonly value?: Minor;
  readonly units?: number;
  /** Product ids, one a line. Brands and categories follow from them. */
  readonly products?: readonly string[];
}

export interface CustomerFacts {
  readonly id?: string;
  readonly orders?: number;
  readonly spent?: Money;
  readonly averageOrder?: Money;
  /** Milliseconds since 1970, UTC. */
  readonly firstOrderAt?: number;
  /** Milliseconds since 1970, UTC. */
  readonly lastOrderAt?: number;
  /** Ids of products ever bought. */
  readonly products?: readonly string[];
  /** Segment ids, as `createSegmenter` gives them. */
  readonly segments?: readonly string[];
  readonly tags?: readonly string[];
  /** The named segment of `scoreRfm`. */
  readonly rfmSegment?: string;
  /** From 1 to 5, best. */
  readonly recencyScore?: number;
  /** From 1 to 5, best. */
  readonly frequencyScore?: number;
  /** From 1 to 5, best. */
  readonly monetaryScore?: number;
  readonly attributes?: Attributes;
}

export interface SessionFacts {
  /** Ids of products looked at, oldest first. */
  readonly products?: readonly string[];
  readonly pageViews?: number;
  readonly seconds?: number;
  /** 1 on the first visit. */
  readonly visit?: number;
  readonly search?: string;
  readonly referrer?: string;
  readonly campaign?: string;
  readonly landingPath?: string;
}

export interface ContextFacts {
  readonly placement: string;
  /** Market id; the home market when left out. It says the currency, and the country and language unless they stand here. */
  readonly market?: string;
  readonly country?: string;
  readonly locale?: string;
  readonly device?: string;
  readonly consented?: boolean;
  readonly attributes?: Attributes;
}

/** One request as rules see it. */
export interface Facts {
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  readonly context: ContextFacts;
  /** Id of the product the page is about. */
  readonly product?: string;
  readonly cart?: CartFacts;
  readonly customer?: CustomerFacts;
  readonly session?: SessionFacts;
}

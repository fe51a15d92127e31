/**
 * How shoppers behave, in published figures. Written down and committed before any strategy was measured on it, and not
 * changed since: `docs/simulation.md` says where each figure is from and what it leaves out.
 */
import { InvalidOption, requireInteger, requireNumber } from "../../errors.ts";

/** Where shoppers meet recommendations on their way. */
export type WalkedPlacement = "homepage" | "pdp" | "cart";

/** What shoppers do, as shares and chances unless another unit is named. */
export interface ShopperBehaviour {
  /** Visits in which something would be put into the cart without any recommendation. */
  readonly cartVisits: number;
  /** Carts that become an order. */
  readonly completedCarts: number;
  /** Visits that begin on the home page; the others begin on the page of a product. */
  readonly homepageStarts: number;
  /** Strips that come into view, by page. */
  readonly viewability: Readonly<Record<WalkedPlacement, number>>;
  /** Position k of a strip in view is looked at with chance k to the power of minus this. */
  readonly positionDecay: number;
  /** Products a strip holds. */
  readonly slots: number;
  /** Clicks on a product that was drawn by lot, of those that are looked at. */
  readonly clickRate: number;
  /** Looks at a product's page after a click that put it into the cart, over all visits. */
  readonly addRate: number;
  /** How many times more often than an average visit one that fills a cart clicks, and adds what it clicked. */
  readonly buyersKeenness: number;
  /** Percent by which demand falls when the spending rises by one percent, as a positive exponent. */
  readonly priceElasticity: number;
  /** A product that was ignored on n earlier visits is clicked (1 + n) to the power of minus this as often. */
  readonly fatigue: number;
  /** Visitors who are customers of the shop already. */
  readonly customerShare: number;
  /** Mean visits a month of customers, and of strangers as long as they have not bought. */
  readonly visitsPerMonth: { readonly customer: number; readonly stranger: number };
}

/** Mean chance that one of the first three positions is looked at, at a decay of 1. */
const firstThreeExamined = (1 + 1 / 2 + 1 / 3) / 3;

/** The shopper of `docs/simulation.md`. */
export const publishedBehaviour: ShopperBehaviour = {
  cartVisits: 0.0716,
  completedCarts: 1 - 0.7083,
  homepageStarts: 0.5,
  viewability: { homepage: 0.68, pdp: 0.4, cart: 0.502 },
  positionDecay: 1,
  slots: 8,
  clickRate: 0.0035 / firstThreeExamined,
  addRate: 0.0716,
  buyersKeenness: 24 / 7,
  priceElasticity: 2.62,
  fatigue: 0.5,
  customerShare: 0.5,
  visitsPerMonth: { customer: 0.9, stranger: 0.09 },
};

/** How much more often than an average visit one of the other kind clicks, so that the average stays what it is. */
export function browsersKeenness({ cartVisits, buyersKeenness }: ShopperBehaviour): number {
  return (1 - cartVisits * buyersKeenness) / (1 - cartVisits);
}

/** Chance that a click ends in the cart. The mean over all clicks is `addRate`. */
export function addChance(behaviour: ShopperBehaviour, buys: boolean): number {
  const { cartVisits, buyersKeenness, addRate } = behaviour;
  const buyersChance = Math.min(1, buyersKeenness * addRate);
  if (buys) return buyersChance;
  const buyersClicks = cartVisits * buyersKeenness;
  return Math.max(0, (addRate - buyersClicks * buyersChance) / (1 - buyersClicks));
}

/** @throws InvalidOption naming what cannot be */
export function checkBehaviour(behaviour: ShopperBehaviour): void {
  const { cartVisits, buyersKeenness, viewability, visitsPerMonth } = behaviour;
  const shares = ["cartVisits", "completedCarts", "homepageStarts", "clickRate", "addRate", "customerShare"] as const;
  for (const share of shares) requireNumber(`behaviour.${share}`, behaviour[share], 0, 1);
  for (const place of ["homepage", "pdp", "cart"] as const) {
    requireNumber(`behaviour.viewability.${place}`, viewability[place], 0, 1);
  }
  const exponents = ["positionDecay", "priceElasticity", "fatigue"] as const;
  for (const exponent of exponents) requireNumber(`behaviour.${exponent}`, behaviour[exponent], 0);
  requireInteger("behaviour.slots", behaviour.slots, 1);
  requireNumber("behaviour.visitsPerMonth.customer", visitsPerMonth.customer, 0);
  requireNumber("behaviour.visitsPerMonth.stranger", visitsPerMonth.stranger, 0, visitsPerMonth.customer);
  if (!(buyersKeenness >= 0 && buyersKeenness * cartVisits < 1)) {
    throw new InvalidOption("behaviour.buyersKeenness", buyersKeenness, `at least 0 and below ${1 / cartVisits}`);
  }
}

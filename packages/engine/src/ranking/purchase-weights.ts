/**
 * Weights for shops with too few customers who came back to fit their own. Those of `next-basket` were fitted on the
 * last but one baskets of Ta-Feng's customers, those of `next-item` on the last but one products of Amazon Beauty's,
 * those of `compact` on Online Retail's last month but two.
 */
import type { PurchaseBuild } from "./purchase-settings.ts";

const nextBasket: Readonly<Record<string, number>> = {
  "together@0.001": 0.2916,
  follows: 1.6537,
  owned: 2.3783,
  times: 1.1212,
  repeatRate: 0.3875,
  inverseBaskets: -0.3204,
  shareOfBaskets: 0.2932,
  ownedAndCurrent: -0.4827,
  popularity: -0.7299,
  current: 1.1474,
  discovered: 0.0384,
};

const nextItem: Readonly<Record<string, number>> = {
  lately: 1.1054,
  popularity: -0.7236,
  "walk@0.001": 0.2447,
  leadsTo: 1.6436,
  alike: 1.2955,
  "alikeEver@0.001": 0.1501,
  sameCustomers: 0.4805,
  nearLast: 0.9396,
};

/** Both together would count popularity twice: habits and sequences are added to the priors of the first. */
const { lately: _lately, popularity: _popularity, ...sequences } = nextItem;
const full: Readonly<Record<string, number>> = { ...nextBasket, ...sequences };

const compact: Readonly<Record<string, number>> = {
  "together@0.001": 0.173,
  nearLast: 0.2,
  "alike@0.01": 0.261,
  owned: 3.781,
  times: 0.741,
  repeatRate: 0.101,
  inverseBaskets: -2.088,
  shareOfBaskets: 1.743,
  ownedAndCurrent: -0.476,
  popularity: -0.598,
  current: 0.692,
  discovered: -0.086,
  lately: 0.06,
  thisMonth: -0.334,
  thisWeek: 0.988,
  age: -0.212,
};

const weightsOfBuild: Readonly<Record<PurchaseBuild, Readonly<Record<string, number>>>> = {
  "next-basket": nextBasket,
  "next-item": nextItem,
  full,
  compact,
};

/**
 * @param names features of the plan
 * @returns the weights of those among them that have a default
 */
export function defaultPurchaseWeights(names: readonly string[], build: PurchaseBuild): Record<string, number> {
  return Object.fromEntries(Object.entries(weightsOfBuild[build]).filter(([name]) => names.includes(name)));
}

/** What a reader must know before acting on the report, in plain words; only what applies to this shop. */
import type { AuditSections, Caveat, CaveatCode } from "./report.ts";

/** Less than this hides the seasons. */
const shortPeriodDays = 90;

/** @param locale BCP 47, for figures */
export function caveatsOf(sections: AuditSections, locale: string): Caveat[] {
  const { currency, shop, evidence, companions, openPairs, holdout } = sections;
  const figures = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const share = new Intl.NumberFormat(locale, { style: "percent" });
  const counted = (count: number, one: string, many: string): string =>
    `${figures.format(count)} ${count === 1 ? one : many}`;
  const texts: Partial<Record<CaveatCode, string | false>> = {
    "not-causal":
      "Products that sell together show what shoppers already do, not what a recommendation would make them do. " +
      "Only a holdout or a test measures that.",
    "upper-bounds":
      openPairs.pairs.length > 0 &&
      "Figures on orders with one product of a pair are the most that could be, if every such order behaved like " +
        "the others. Expect a small part of them, and do not add rows up: they share orders.",
    coincidences:
      evidence.affinities.value > 0 &&
      `Up to ${figures.format(Math.ceil(evidence.falseDiscoveries.value))} of the ` +
        `${counted(evidence.affinities.value, "affinity", "affinities")} may be coincidence; those listed first are ` +
        "the surest. Affinities of one product can also share a cause: a set, a season, a promotion.",
    "no-affinities":
      evidence.affinities.value === 0 &&
      "No pair of products is surely bought together more than chance would have it. With more orders there may be.",
    "short-period":
      shop.period.days.value < shortPeriodDays &&
      `The orders cover ${counted(Math.round(shop.period.days.value), "day", "days")}: seasons and habits may look ` +
        "different over a year.",
    "left-out-orders":
      evidence.leftOutOrders.value > 0 &&
      `The search for affinities left ${counted(evidence.leftOutOrders.value, "order", "orders")} out: very large ` +
        "ones, or outside the time looked at.",
    "other-currencies":
      shop.otherCurrencies.length > 0 &&
      `All money is of orders in ${currency}. Orders in ${shop.otherCurrencies.map((other) => other.currency).join(", ")} ` +
        "count as evidence but not as money.",
    "no-home-orders": !shop.money && `No order is in ${currency}, the home currency, so nothing is stated in money.`,
    "visitors-unknown":
      holdout?.basis === "orders" &&
      "Visitors are not known: there is no session data, or too little to match the orders. The holdout plan counts " +
        "orders instead and assumes that " +
        `${share.format(holdout.conversion.value)} of visitors order.`,
    "visitors-from-orders":
      holdout?.basis === "visitors" &&
      "Visitors who refuse consent are not in the sessions: conversion may look higher than it is, and a test has " +
        "fewer visitors to go by than the shop has.",
    "links-unknown":
      !companions.linksKnown &&
      companions.pages.length > 0 &&
      "The catalogue does not say what product pages link already, so some of the companions may be there. List " +
        'linked products in the attribute "related" to leave them out.',
    "todays-prices":
      openPairs.pairs.some((pair) => pair.extraRevenue) &&
      "Pieces are valued at today's prices and costs, not at past ones.",
    private: "This report holds sales figures and may hold margins: it is for the merchant, not for shoppers.",
  };
  return codes.flatMap((code) => {
    const text = texts[code];
    return text ? [{ code, text }] : [];
  });
}

/** The most important first. */
const codes: readonly CaveatCode[] = [
  "not-causal",
  "upper-bounds",
  "coincidences",
  "no-affinities",
  "short-period",
  "visitors-unknown",
  "visitors-from-orders",
  "links-unknown",
  "other-currencies",
  "no-home-orders",
  "left-out-orders",
  "todays-prices",
  "private",
];

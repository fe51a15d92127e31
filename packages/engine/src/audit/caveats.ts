/** What a reader must know before acting on the report, in plain words; only what applies to this shop. */
import type { AuditSections, Caveat, CaveatCode } from "./report.ts";

/** Less than this hides the seasons. */
const shortPeriodDays = 90;

/** The caveats that apply; codes with `false` do not, nor do absent ones. */
type Texts = Partial<Record<CaveatCode, string | false>>;

/** Figures in the reader's own way of writing. */
interface Words {
  count(count: number, one: string, many: string): string;
  figure(value: number): string;
  share(value: number): string;
}

/** @param locale BCP 47, for figures */
export function caveatsOf(sections: AuditSections, locale: string): Caveat[] {
  const words = createWords(locale);
  const texts: Texts = {
    ...standingCaveats,
    ...evidenceCaveats(sections, words),
    ...shopCaveats(sections, words),
    ...visitorCaveats(sections, words),
    ...pairCaveats(sections),
  };
  return codes.flatMap((code) => {
    const text = texts[code];
    return text ? [{ code, text }] : [];
  });
}

function createWords(locale: string): Words {
  const figures = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const shares = new Intl.NumberFormat(locale, { style: "percent" });
  return {
    count: (count, one, many) => `${figures.format(count)} ${count === 1 ? one : many}`,
    figure: (value) => figures.format(value),
    share: (value) => shares.format(value),
  };
}

/** What holds for every report. */
const standingCaveats: Texts = {
  "not-causal":
    "Products that sell together show what shoppers already do, not what a recommendation would make them do. " +
    "Only a holdout or a test measures that.",
  private: "This report holds sales figures and may hold margins: it is for the merchant, not for shoppers.",
};

function evidenceCaveats({ evidence }: AuditSections, words: Words): Texts {
  const { affinities, falseDiscoveries, leftOutOrders } = evidence;
  return {
    coincidences:
      affinities.value > 0 &&
      `Up to ${words.figure(Math.ceil(falseDiscoveries.value))} of the ` +
        `${words.count(affinities.value, "affinity", "affinities")} may be coincidence; those listed first are ` +
        "the surest. Affinities of one product can also share a cause: a set, a season, a promotion.",
    "no-affinities":
      affinities.value === 0 &&
      "No pair of products is surely bought together more than chance would have it. With more orders there may be.",
    "left-out-orders":
      leftOutOrders.value > 0 &&
      `The search for affinities left ${words.count(leftOutOrders.value, "order", "orders")} out: very large ` +
        "ones, or outside the time looked at.",
  };
}

function shopCaveats({ shop, currency }: AuditSections, words: Words): Texts {
  const days = shop.period.days.value;
  return {
    "short-period":
      days < shortPeriodDays &&
      `The orders cover ${words.count(Math.round(days), "day", "days")}: seasons and habits may look ` +
        "different over a year.",
    "other-currencies":
      shop.otherCurrencies.length > 0 &&
      `All money is of orders in ${currency}. Orders in ${shop.otherCurrencies.map((other) => other.currency).join(", ")} ` +
        "count as evidence but not as money.",
    "no-home-orders": !shop.money && `No order is in ${currency}, the home currency, so nothing is stated in money.`,
  };
}

function visitorCaveats({ holdout }: AuditSections, words: Words): Texts {
  return {
    "visitors-unknown":
      holdout?.basis === "orders" &&
      "Visitors are not known: there is no session data, or too little to match the orders. The holdout plan counts " +
        "orders instead and assumes that " +
        `${words.share(holdout.conversion.value)} of visitors order.`,
    "visitors-from-orders":
      holdout?.basis === "visitors" &&
      "Visitors who refuse consent are not in the sessions: conversion may look higher than it is, and a test has " +
        "fewer visitors to go by than the shop has.",
  };
}

function pairCaveats({ companions, openPairs }: AuditSections): Texts {
  return {
    "upper-bounds":
      openPairs.pairs.length > 0 &&
      "Figures on orders with one product of a pair are the most that could be, if every such order behaved like " +
        "the others. Expect a small part of them, and do not add rows up: they share orders.",
    "links-unknown":
      !companions.linksKnown &&
      companions.pages.length > 0 &&
      "The catalogue does not say what product pages link already, so some of the companions may be there. List " +
        'linked products in the attribute "related" to leave them out.',
    "todays-prices":
      openPairs.pairs.some((pair) => pair.extraRevenue) &&
      "Pieces are valued at today's prices and costs, not at past ones.",
  };
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

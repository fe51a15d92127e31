/** What the report says about products: which sell together, which pages lack them, which orders do. */
import type { Audit } from "@basketlift/engine/audit";
import { detail, label, left, right, type Section } from "./section.ts";
import type { Words } from "./words.ts";

export function evidenceSection(audit: Audit, words: Words): Section {
  const { top } = audit.evidence;
  return {
    id: "evidence",
    title: "What sells together, and how sure that is",
    lead: [
      ...evidenceLead(audit, words),
      ...(top.length > 0
        ? [
            "Chance, here, already knows how often each product sells and how large baskets are: a bestseller meets everything, and a large basket holds everything.",
          ]
        : []),
    ],
    ...(top.length > 0 && {
      table: {
        caption: "The surest pairs",
        columns: [
          left("First product"),
          left("Second product"),
          right("Orders with both"),
          right("By chance"),
          right("Times chance"),
          right("q-value"),
          detail(right("Of the first's orders")),
          detail(right("Of the second's orders")),
        ],
        rows: top.map((pair) => [
          label(pair.productA),
          label(pair.productB),
          words.value(pair.count),
          words.value(pair.expected),
          words.estimate(pair.lift),
          words.value(pair.qValue),
          words.value(pair.confidenceAToB),
          words.value(pair.confidenceBToA),
        ]),
      },
    }),
    remarks: top.length > 0 ? ["q-value: the share of coincidences among all pairs at least as sure as this one."] : [],
  };
}

function evidenceLead({ evidence }: Audit, words: Words): string[] {
  const { affinities, significantPairs, possiblePairs, minimumLift, falseDiscoveries } = evidence;
  if (possiblePairs.value === 0) return ["Fewer than two products were sold, so there is no pair to look at."];
  const possible = `${words.count(possiblePairs.value, "possible pair")} of products`;
  if (significantPairs.value === 0) return [`None of ${possible} is bought together more often than chance explains.`];
  const significant = `Of ${possible}, ${words.value(significantPairs)} ${are(significantPairs.value)} bought together more often than chance explains`;
  const often = `more than ${words.value(minimumLift)} times as often, even at the lower end of the 95% interval`;
  if (affinities.value === 0) return [`${significant}, but none ${often}.`];
  if (affinities.value === 1) return [`${significant}; one ${often}.`];
  const enough = affinities.value === significantPairs.value ? "all" : words.value(affinities);
  const coincidences = words.number(Math.ceil(falseDiscoveries.value));
  return [`${significant}; ${enough} of them ${often}. Up to ${coincidences} of those may still be coincidence.`];
}

export function companionsSection({ companions }: Audit, words: Words): Section | undefined {
  if (companions.pages.length === 0) return undefined;
  const reached = companions.rankedBy === "sessions" ? "visits" : "orders";
  const pages = words.count(companions.products.value, "product page");
  const unlinked = companions.linksKnown ? " that they do not link yet" : "";
  return {
    id: "companions",
    title: "Companions missing from product pages",
    lead: [
      `${pages} ${companions.products.value === 1 ? "has" : "have"} companions with evidence${unlinked}. Those with the most ${reached} come first.`,
    ],
    table: {
      caption: "Product pages and what to show on them",
      columns: [left("On the page of"), right(reached === "visits" ? "Visits" : "Orders"), left("Show")],
      rows: companions.pages.map(({ product, reach, show }) => [
        label(product),
        words.value(reach),
        show.map((companion) => `${label(companion)}: ${words.value(companion.confidence)} take it`).join("; "),
      ]),
    },
    remarks: [],
  };
}

export function openPairsSection({ openPairs }: Audit, words: Words): Section | undefined {
  if (openPairs.pairs.length === 0) return undefined;
  const withMargin = openPairs.pairs.some((pair) => pair.extraMargin);
  return {
    id: "open-pairs",
    title: "Orders that hold one and not the other",
    lead: [
      "The most that could be, if every such order behaved like the others. It is not a forecast; see what to keep in mind below.",
    ],
    table: {
      caption: "Orders with one product of a pair and not the other",
      columns: [
        left("Holds"),
        left("Lacks"),
        right("Orders"),
        detail(right("Take both beyond chance")),
        detail(right("Pieces, at most")),
        right("Revenue, at most"),
        ...(withMargin ? [right("Margin, at most")] : []),
      ],
      rows: openPairs.pairs.map(({ holds, lacks, orders, excessRate, extraPieces, extraRevenue, extraMargin }) => [
        label(holds),
        label(lacks),
        words.value(orders),
        words.value(excessRate),
        words.estimate(extraPieces),
        extraRevenue ? words.estimate(extraRevenue) : "",
        ...(withMargin ? [extraMargin ? words.estimate(extraMargin) : ""] : []),
      ]),
    },
    remarks: [],
  };
}

function are(count: number): string {
  return count === 1 ? "is" : "are";
}

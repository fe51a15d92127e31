/** The report as titled tables: what the text and the page have in common. Charts are added by the page. */
import type { Audit, Figure, NamedProduct } from "@basketlift/engine/audit";
import type { Words } from "./words.ts";

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

export interface Section {
  readonly id: "shop" | "evidence" | "companions" | "open-pairs" | "thresholds" | "holdout" | "quality" | "notes";
  readonly title: string;
  /** Paragraphs before the table. */
  readonly lead: readonly string[];
  readonly table?: Table;
  /** Lines after the table. */
  readonly remarks: readonly string[];
}

const left = (title: string): Column => ({ title, align: "left" });
const right = (title: string): Column => ({ title, align: "right" });

/** @returns the sections that this shop's data fill, in reading order */
export function reportSections(audit: Audit, words: Words): Section[] {
  return [
    shopSection(audit, words),
    evidenceSection(audit, words),
    companionsSection(audit, words),
    openPairsSection(audit, words),
    thresholdsSection(audit, words),
    holdoutSection(audit, words),
    qualitySection(audit, words),
    notesSection(audit),
  ].filter((section) => section !== undefined);
}

function shopSection({ shop }: Audit, words: Words): Section {
  const { period, money } = shop;
  const facts: readonly (readonly [string, Figure | undefined])[] = [
    ["Orders", shop.orders],
    ["Customers", shop.customers],
    ["Customers who came back", shop.returningCustomers],
    ["Orders of guests", shop.guestOrders],
    ["Products sold, of the catalogue", shop.productsSold],
    ["Net revenue", money?.netRevenue],
    ["Average order value", money?.averageOrderValue],
    ["Products in an order", shop.productsPerOrder],
    ["Orders of a single product", shop.singleProductOrders],
    ["Lines cancelled", shop.cancelledLines],
    ["Lines returned", shop.returnedLines],
  ];
  return {
    id: "shop",
    title: "The shop",
    lead: [
      `Orders from ${words.date(period.from)} to ${words.date(period.to)}, ${words.count(period.days.value)} days.`,
    ],
    table: {
      caption: "Facts about the shop",
      columns: [left("What"), right("Figure")],
      rows: facts.flatMap(([what, figure]) => (figure ? [[what, words.estimate(figure)]] : [])),
    },
    remarks: [],
  };
}

function evidenceSection({ evidence }: Audit, words: Words): Section {
  const { affinities, significantPairs, possiblePairs, minimumLift, falseDiscoveries } = evidence;
  return {
    id: "evidence",
    title: "What sells together, and how sure that is",
    lead: [
      `Of ${words.value(possiblePairs)} possible pairs, chance does not explain ${words.value(significantPairs)}; of those, ${words.value(affinities)} are bought together more than ${words.value(minimumLift)} times as often as chance would have it, even at the lower end of their 95 % interval. Up to ${words.count(Math.ceil(falseDiscoveries.value))} of them may still be coincidence.`,
      "Chance here knows how often each product sells and how large baskets are: a bestseller meets everything, and a large basket holds everything.",
    ],
    table: {
      caption: "The surest pairs",
      columns: [
        left("Product"),
        left("sells with"),
        right("Orders"),
        right("By chance"),
        right("Times chance"),
        right("q-value"),
        right("A to B"),
        right("B to A"),
      ],
      rows: evidence.top.map((pair) => [
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
    remarks: [],
  };
}

function companionsSection({ companions }: Audit, words: Words): Section | undefined {
  if (companions.pages.length === 0) return undefined;
  const reached = companions.rankedBy === "sessions" ? "visits" : "orders";
  return {
    id: "companions",
    title: "Companions missing from product pages",
    lead: [
      `${words.value(companions.products)} products have believed companions${companions.linksKnown ? " that their page does not link" : ""}. These pages have the most ${reached}:`,
    ],
    table: {
      caption: "Product pages and what to show on them",
      columns: [left("On the page of"), right(reached === "visits" ? "Visits" : "Orders"), left("show")],
      rows: companions.pages.map(({ product, reach, show }) => [
        label(product),
        words.value(reach),
        show.map((companion) => `${label(companion)}, ${words.value(companion.confidence)} take it`).join("; "),
      ]),
    },
    remarks: [],
  };
}

function openPairsSection({ openPairs }: Audit, words: Words): Section | undefined {
  if (openPairs.pairs.length === 0) return undefined;
  const withMargin = openPairs.pairs.some((pair) => pair.extraMargin);
  return {
    id: "open-pairs",
    title: "Orders that hold one and not the other",
    lead: ["The most that could be, if every such order behaved like the others. Not a forecast: see the notes below."],
    table: {
      caption: "Orders with one product of a pair and not the other",
      columns: [
        left("Holds"),
        left("lacks"),
        right("Orders"),
        right("Take both beyond chance"),
        right("Pieces, at most"),
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

function thresholdsSection({ thresholds }: Audit, words: Words): Section | undefined {
  if (!thresholds || thresholds.thresholds.length === 0) return undefined;
  const { assumptions, orders, bunching } = thresholds;
  return {
    id: "thresholds",
    title: "Threshold opportunities",
    lead: [
      `A free-shipping or offer threshold moves orders that fall just short of it: from ${words.value(assumptions.reach)} of the threshold up. Over ${words.value(orders)} orders, if ${words.value(assumptions.uptake)} of those topped up:`,
    ],
    table: {
      caption: "What a threshold could add",
      columns: [
        right("Threshold"),
        right("Orders above"),
        right("Just short"),
        right("Share"),
        right("Median gap"),
        right("Would add"),
      ],
      rows: thresholds.thresholds.map((row) => [
        words.value(row.threshold),
        words.value(row.ordersAbove),
        words.value(row.ordersJustShort),
        words.value(row.shareJustShort),
        row.medianGap ? words.value(row.medianGap) : "",
        words.estimate(row.extraRevenue),
      ]),
    },
    remarks: bunching.map(
      ({ threshold, excess }) =>
        `Orders crowd just above ${words.value(threshold)}: ${words.estimate(excess)} more than a smooth spread would put there.`,
    ),
  };
}

function holdoutSection({ holdout }: Audit, words: Words): Section | undefined {
  if (!holdout) return undefined;
  const { basis, perWeek, holdoutShare, power, significance, cappedAt } = holdout;
  return {
    id: "holdout",
    title: "What it takes to prove a gain",
    lead: [
      `At ${words.value(perWeek)} ${basis} a week, with ${words.value(holdoutShare)} of them held out, a power of ${words.value(power)} and ${words.value(significance)} false alarms:`,
    ],
    table: {
      caption: "How long a holdout must run",
      columns: [
        right("Gain"),
        right("Weeks"),
        right("Weeks, values capped"),
        right(basis === "visitors" ? "Visitors" : "Orders"),
        right("Costs, if the gain is real"),
      ],
      rows: holdout.rows.map((row) => [
        words.value(row.lift),
        words.value(row.weeks),
        words.value(row.weeksCapped),
        words.value(row.needed),
        words.value(row.costIfReal),
      ]),
    },
    remarks: [
      `Capped: order values above ${words.value(cappedAt)} count as that, so that a few huge orders decide nothing.`,
    ],
  };
}

function qualitySection({ quality }: Audit, words: Words): Section | undefined {
  if (!quality) return undefined;
  return {
    id: "quality",
    title: "How well last month would have been foreseen",
    lead: [
      `Trained on everything before ${words.date(quality.cut)}, asked about the ${words.value(quality.horizon)} days after it: which of ${words.value(quality.productsRanked)} products would ${words.value(quality.customers)} known customers buy that they had never bought? 95 % intervals over customers.`,
    ],
    table: {
      caption: "Methods beside popularity",
      columns: [
        left("Method"),
        right("AUC"),
        right(`HR@${quality.listLength.value}`),
        right(`NDCG@${quality.listLength.value}`),
        right("Catalogue shown"),
      ],
      rows: quality.rows.map((row) => [
        row.name,
        words.estimate(row.areaUnderCurve),
        words.estimate(row.hitRate),
        words.value(row.ndcg),
        words.value(row.coverage),
      ]),
    },
    remarks: [],
  };
}

function notesSection({ caveats, dataNotes }: Audit): Section {
  return {
    id: "notes",
    title: "What to keep in mind",
    lead: [],
    remarks: [...caveats.map(({ text }) => text), ...dataNotes],
  };
}

function label({ id, title }: NamedProduct): string {
  return title === id ? id : `${title} (${id})`;
}

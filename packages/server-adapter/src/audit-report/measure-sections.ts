/** What the report says about offers, tests and methods: thresholds, the holdout, and how well last month was foreseen. */
import type { Audit } from "@basketlift/engine/audit";
import { left, right, type Section } from "./section.ts";
import type { Words } from "./words.ts";

/** Of fewer orders, how many fall short of a threshold is anybody's guess. */
const fewestOrders = 50;

export function thresholdsSection({ thresholds }: Audit, words: Words): Section | undefined {
  if (!thresholds || thresholds.thresholds.length === 0 || thresholds.orders.value < fewestOrders) return undefined;
  const { assumptions, orders, bunching } = thresholds;
  return {
    id: "thresholds",
    title: "Threshold opportunities",
    lead: [
      `A threshold for free shipping or a gift moves orders that fall just short of it, having reached at least ${words.value(assumptions.reach)} of it. If ${words.value(assumptions.uptake)} of those topped up, over ${words.count(orders.value, "order")}:`,
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

/** What a shop can wait for. */
const patienceInWeeks = 52;

export function holdoutSection({ holdout }: Audit, words: Words): Section | undefined {
  if (!holdout) return undefined;
  const { basis, perWeek, holdoutShare, power, significance, cappedAt } = holdout;
  const outOfReach = holdout.rows.every(({ weeksCapped }) => weeksCapped.value > patienceInWeeks);
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
        right("Cost, if the gain is real"),
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
      `Capped: order values above ${words.value(cappedAt)} count as that much, so that a few huge orders decide nothing.`,
      ...(outOfReach
        ? ["At this traffic none of these gains can be proved within a year. Only a bolder change would show sooner."]
        : []),
    ],
  };
}

/** What readers call the methods that are judged; others go by their own name. */
const methodNames: Readonly<Record<string, string>> = {
  popularity: "Bestsellers",
  "personal strategy": "Personal strategy",
  "item-neighbours": "Item neighbours",
  similar: "Similar products",
};

/** @param name as the evaluation calls a method */
export function methodName(name: string): string {
  return methodNames[name] ?? name;
}

export function qualitySection({ quality }: Audit, words: Words): Section | undefined {
  if (!quality) return undefined;
  const shown = words.value(quality.listLength);
  return {
    id: "quality",
    title: "How well last month would have been foreseen",
    lead: [
      `Trained on everything before ${words.date(quality.cut)}, asked about the ${words.value(quality.horizon)} days after it: which of ${words.count(quality.productsRanked.value, "product")} would ${words.count(quality.customers.value, "known customer")} buy that they had never bought? With 95% intervals over customers.`,
    ],
    table: {
      caption: "Methods beside bestsellers",
      columns: [left("Method"), right("AUC"), right(`HR@${shown}`), right(`NDCG@${shown}`), right("Catalogue shown")],
      rows: quality.rows.map((row) => [
        methodName(row.name),
        words.estimate(row.areaUnderCurve),
        words.estimate(row.hitRate),
        words.value(row.ndcg),
        words.value(row.coverage),
      ]),
    },
    remarks: [
      "AUC: how often a product that was bought ranks above one that was not; 0.5 is a coin's toss.",
      `HR@${shown}: customers with such a product among the first ${shown}. NDCG@${shown}: the same, and the higher up the better.`,
    ],
  };
}

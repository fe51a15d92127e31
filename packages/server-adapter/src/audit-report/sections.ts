/** The report as titled tables: what the text and the page have in common. Charts are added by the page. */
import type { Audit, Figure } from "@basketlift/engine/audit";
import { holdoutSection, qualitySection, thresholdsSection } from "./measure-sections.ts";
import { companionsSection, evidenceSection, openPairsSection } from "./product-sections.ts";
import { left, right, type Section } from "./section.ts";
import type { Words } from "./words.ts";

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
    dataSection(audit),
  ].filter((section) => section !== undefined);
}

function shopSection({ shop }: Audit, words: Words): Section {
  const { period, money } = shop;
  const facts: readonly (readonly [string, Figure | undefined])[] = [
    ["Orders", shop.orders],
    ["Customers", shop.customers.value > 0 ? shop.customers : undefined],
    ["Customers who came back", shop.returningCustomers],
    ["Orders of guests", shop.guestOrders],
    ["Products sold", shop.productsSold],
    ["Products in the catalogue", shop.productsInCatalogue],
    ["Net revenue", money?.netRevenue],
    ["Average order value", money?.averageOrderValue],
    ["Products in an order", shop.productsPerOrder],
    ["Orders of a single product", shop.singleProductOrders],
    ["Lines cancelled", shop.cancelledLines],
    ["Lines returned", shop.returnedLines],
  ];
  const [from, to] = [words.date(period.from), words.date(period.to)];
  return {
    id: "shop",
    title: "The shop",
    lead: [
      from === to
        ? `Orders of ${from}.`
        : `Orders from ${from} to ${to}: ${words.count(Math.round(period.days.value), "day")}.`,
    ],
    table: {
      caption: "Facts about the shop",
      columns: [left("What"), right("Figure")],
      rows: facts.flatMap(([what, figure]) => (figure ? [[what, words.value(figure)]] : [])),
    },
    remarks: [],
  };
}

function notesSection({ caveats }: Audit): Section {
  return { id: "notes", title: "What to keep in mind", lead: [], remarks: caveats.map(({ text }) => text) };
}

function dataSection({ dataNotes }: Audit): Section | undefined {
  if (dataNotes.length === 0) return undefined;
  return { id: "data", title: "How the data was read", lead: [], remarks: dataNotes };
}

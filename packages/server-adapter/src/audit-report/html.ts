/** The evidence report as one page that needs nothing else: no script, no font, no picture from elsewhere. */
import type { Audit } from "@basketlift/engine/audit";
import { holdoutChart, liftChart, qualityChart, thresholdChart } from "./charts.ts";
import { escapeText } from "./markup.ts";
import type { Section, Table } from "./section.ts";
import { reportSections } from "./sections.ts";
import { reportStyle } from "./style.ts";
import { createWords, type Words } from "./words.ts";

const charts: Partial<Record<Section["id"], (audit: Audit, words: Words) => string>> = {
  evidence: liftChart,
  thresholds: thresholdChart,
  holdout: holdoutChart,
  quality: qualityChart,
};

/**
 * @param locale BCP 47
 * @returns a whole HTML document
 * @example
 * await writeFile("audit.html", auditHtml(audit, "en-GB"));
 */
export function auditHtml(audit: Audit, locale: string): string {
  const words = createWords(locale);
  const sections = reportSections(audit, words);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>What sells together: the evidence</title>
<style>${reportStyle}</style>
</head>
<body>
<header>
<h1>What sells together: the evidence</h1>
<p>Made on ${escapeText(words.date(audit.createdAt))} from this shop's own orders.</p>
${headline(audit, words)}
<nav aria-label="Sections"><ol>${sections.map(({ id, title }) => `<li><a href="#${id}">${escapeText(title)}</a></li>`).join("")}</ol></nav>
</header>
<main>
${sections.map((section) => sectionHtml(section, charts[section.id]?.(audit, words) ?? "")).join("\n")}
</main>
</body>
</html>
`;
}

/** The three figures a merchant asks for first. */
function headline({ evidence, companions, holdout }: Audit, words: Words): string {
  const fivePercent = holdout?.rows.find(({ lift }) => lift.value === 0.05);
  const figures: readonly (readonly [string, string] | undefined)[] = [
    [
      words.value(evidence.affinities),
      `${evidence.affinities.value === 1 ? "pair" : "pairs"} of products sold together, with evidence`,
    ],
    [
      words.value(companions.products),
      `product ${companions.products.value === 1 ? "page" : "pages"} with companions to show`,
    ],
    fivePercent && [
      words.count(Math.ceil(fivePercent.weeksCapped.value), "week"),
      `to prove a gain of ${words.value(fivePercent.lift)}`,
    ],
  ];
  return `<dl class="headline">${figures
    .filter((figure) => figure !== undefined)
    .map(([value, text]) => `<div><dt>${escapeText(text)}</dt><dd>${escapeText(value)}</dd></div>`)
    .join("")}</dl>`;
}

function sectionHtml({ id, title, lead, table, remarks }: Section, chart: string): string {
  const paragraphs = lead.map((text) => `<p>${escapeText(text)}</p>`).join("");
  const list = remarks.length > 0 ? `<ul>${remarks.map((text) => `<li>${escapeText(text)}</li>`).join("")}</ul>` : "";
  return `<section id="${id}"><h2>${escapeText(title)}</h2>${paragraphs}${chart}${table ? tableHtml(table) : ""}${list}</section>`;
}

/** Wide tables scroll in a box of their own, which the keyboard can reach. */
function tableHtml({ caption, columns, rows }: Table): string {
  const head = columns.map(({ title, align }) => `<th scope="col" class="${align}">${escapeText(title)}</th>`).join("");
  const body = rows
    .map(
      (row) =>
        `<tr>${row.map((cell, index) => `<td class="${columns[index].align}">${escapeText(cell)}</td>`).join("")}</tr>`,
    )
    .join("\n");
  const name = escapeText(caption);
  return `<div class="scroll" tabindex="0" role="region" aria-label="${name}"><table><caption>${name}</caption><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table></div>`;
}

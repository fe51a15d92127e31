/** Single cells of product files: categories, tags, options, pictures, whether a product is on sale. */
import type { Restrictions } from "@basketlift/engine/catalogue";
import type { ProductField } from "./product-column-names.ts";

/** What product files write for a product that is not shown. */
const hidden = new Set([
  "false",
  "0",
  "no",
  "-1",
  "draft",
  "archived",
  "private",
  "inactive",
  "disabled",
  "hidden",
  "unlisted",
  "discontinued",
  "trash",
  "nein",
]);

/** @returns undefined when the cell is blank: then the product is shown */
export function readIsActive(text: string): boolean | undefined {
  return text === "" ? undefined : !hidden.has(text.toLowerCase());
}

/**
 * Who a product may be sold to.
 * @returns undefined where nothing is said, `{ unreadable }` with the cell that nobody can hold to: such a product must not
 * be sold to everybody
 * @example
 * readRestrictions((field) => ({ minimumAge: "18+", countries: "DE, at", excludedCountries: "" })[field]);
 * // { minimumAge: 18, countries: ["DE", "AT"] }
 */
export function readRestrictions(
  text: (field: "minimumAge" | "countries" | "excludedCountries") => string,
): Restrictions | { readonly unreadable: string } | undefined {
  const age = text("minimumAge");
  if (!/^(\d{1,3}\s*\+?|none|no|-)?$/i.test(age)) return { unreadable: age };
  const years = Number.parseInt(age, 10);
  const countries = countriesIn(text("countries"));
  const excludedCountries = countriesIn(text("excludedCountries"));
  for (const list of [countries, excludedCountries]) {
    const unknown = list.find((code) => !/^[A-Z]{2}$/.test(code));
    if (unknown !== undefined) return { unreadable: unknown };
  }
  const restrictions = {
    ...(years > 0 && { minimumAge: years }),
    ...(countries.length > 0 && { countries }),
    ...(excludedCountries.length > 0 && { excludedCountries }),
  };
  return Object.keys(restrictions).length > 0 ? restrictions : undefined;
}

const countriesIn = (text: string): string[] =>
  text
    .toUpperCase()
    .split(/[\s,;|/]+/)
    .filter(Boolean);

/**
 * A category path from the root down.
 * @param list whether the cell holds several paths; the first one counts
 * @example
 * readCategory("Clothing > Hoodies, Sale", true); // ["Clothing", "Hoodies"]
 */
export function readCategory(text: string, list: boolean): readonly string[] | undefined {
  if (text.startsWith("[")) {
    const path = parseJson(text);
    if (Array.isArray(path)) return path.filter((part): part is string => typeof part === "string");
  }
  const [path] = list ? text.split(/(?<!\\),\s*/) : [text];
  const parts = path
    .split(/\s*>\s*|\s\/\s/)
    .map((part) => part.trim())
    .filter(Boolean);
  return parts.length > 0 ? parts : undefined;
}

/**
 * @param json an object of texts and lists of texts, as `writeProductsCsv` writes it
 * @param tags separated by commas
 */
export function readAttributes(json: string, tags: string): Record<string, string | readonly string[]> | undefined {
  const attributes: Record<string, string | readonly string[]> = {};
  const given = json ? parseJson(json) : undefined;
  if (typeof given === "object" && given !== null) {
    for (const [name, value] of Object.entries(given)) {
      if (typeof value === "string") attributes[name] = value;
      else if (Array.isArray(value))
        attributes[name] = value.filter((item): item is string => typeof item === "string");
    }
  }
  const list = tags
    .split(",")
    .map((tag) => tag.trim())
    .filter(Boolean);
  if (list.length > 0) attributes["tags"] = list;
  return Object.keys(attributes).length > 0 ? attributes : undefined;
}

/**
 * What sets a variant apart. Shopify names options on the product's first row only, and calls the only variant of a
 * product "Default Title".
 */
export function optionsOf(
  text: (field: ProductField, row: number) => string,
  row: number,
  firstRow: number,
): Record<string, string> | undefined {
  const options: Record<string, string> = {};
  const given = text("options", row) ? parseJson(text("options", row)) : undefined;
  if (typeof given === "object" && given !== null) {
    for (const [name, value] of Object.entries(given)) if (typeof value === "string") options[name] = value;
  }
  for (const [nameField, valueField] of [
    ["option1Name", "option1Value"],
    ["option2Name", "option2Value"],
    ["option3Name", "option3Value"],
  ] as const) {
    const name = text(nameField, row) || text(nameField, firstRow);
    const value = text(valueField, row);
    if (name && value && value !== "Default Title") options[name] = value;
  }
  return Object.keys(options).length > 0 ? options : undefined;
}

/** Text without the tags of a web page. Tags of blocks part words, those inside a line do not. */
export function plainText(html: string): string {
  if (!/<[a-z/!][^>]*>/i.test(html)) return html;
  return html
    .replaceAll(/<(style|script)[^>]*>[\s\S]*?<\/\1>/gi, " ")
    .replaceAll(/<\/?(?:a|b|em|i|small|span|strong|sub|sup|u)(?:\s[^>]*)?>/gi, "")
    .replaceAll(/<[a-z/!][^>]*>/gi, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** The first of several pictures. Addresses that hold the picture itself have commas of their own. */
export function pictureOf(text: string): string {
  return text.startsWith("data:") ? text : text.split(/,\s*(?=https?:|\/)|\s+\|\s+/)[0].trim();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Numbers as shops and spreadsheets write them: decimal comma or point, grouped thousands, currency signs, brackets or a
 * trailing minus for negative amounts. "1.234" and "1,234" alone tell nothing; the rest of the file decides.
 */

/** Which sign stands before the decimals. */
export type DecimalMark = "dot" | "comma";

/** Currency signs that stand for one currency, the commonest where several share one. */
const currencySigns: Readonly<Record<string, string>> = {
  "€": "EUR",
  "£": "GBP",
  $: "USD",
  "¥": "JPY",
  "₹": "INR",
  "₩": "KRW",
  "₽": "RUB",
  "₺": "TRY",
  zł: "PLN",
  "₫": "VND",
  "₴": "UAH",
  R$: "BRL",
};

/**
 * Takes off what surrounds the digits: signs of currencies, ISO codes, spaces, apostrophes between thousands. Codes are
 * capitals: "col1" and "sku12" are words.
 */
const around = /[\s'’\u00a0\u2009\u202f]|^[A-Z]{3}(?=[\s\d-])|[A-Z]{3}$|R\$|[zZ][łŁ]|[kK][rR]\.?|[$€£¥₹₩₽₺₫₴%]/gu;

/** Digits and their marks, or undefined when the text is no number. */
function bareNumber(text: string): { digits: string; negative: boolean } | undefined {
  if (/^-?\d+$/.test(text)) return { digits: text.replace("-", ""), negative: text.startsWith("-") };
  let bare = text.replaceAll(/[\u2212\u2013]/g, "-").replaceAll(around, "");
  const negative = /^\(.*\)$/.test(bare) || bare.startsWith("-") || bare.endsWith("-");
  bare = bare.replaceAll(/^[(+-]+|[)-]+$/g, "");
  return /^(?:\d[\d.,]*|[.,]\d+)$/.test(bare) ? { digits: bare, negative } : undefined;
}

/**
 * What one value says about the decimal mark.
 * @returns undefined when it says nothing: whole numbers, and three digits behind a single mark
 */
export function decimalMarkOf(text: string): DecimalMark | undefined {
  const digits = bareNumber(text)?.digits;
  if (digits === undefined) return undefined;
  const dots = digits.split(".").length - 1;
  const commas = digits.split(",").length - 1;
  if (dots + commas === 0) return undefined;
  if (dots > 0 && commas > 0) return digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "dot" : "comma";
  if (dots > 1) return "comma";
  if (commas > 1) return "dot";
  const [whole, decimals] = digits.split(/[.,]/);
  const grouped = decimals.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  if (grouped) return undefined;
  return dots === 1 ? "dot" : "comma";
}

/** Whether a value could be thousands or decimals: "1.234". */
export function isAmbiguousNumber(text: string): boolean {
  return /[.,]/.test(text) && bareNumber(text) !== undefined && decimalMarkOf(text) === undefined;
}

/**
 * @param mark how to read a value that does not tell by itself
 * @returns undefined when the text is no number
 * @example
 * readNumber("1.234,50 €", "dot"); // 1234.5
 * readNumber("1,234", "comma"); // 1.234
 */
export function readNumber(text: string, mark: DecimalMark): number | undefined {
  const bare = bareNumber(text);
  if (!bare) return /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(text) ? Number(text.replace(",", ".")) : undefined;
  const own = decimalMarkOf(text) ?? mark;
  const plain = own === "dot" ? bare.digits.replaceAll(",", "") : bare.digits.replaceAll(".", "").replace(",", ".");
  const value = Number(plain);
  if (!Number.isFinite(value)) return undefined;
  return bare.negative ? -value : value;
}

/** The currency whose sign or code stands beside an amount. */
export function currencyBeside(text: string): string | undefined {
  const code = /(?:^|[\s\d])([A-Z]{3})(?:$|[\s\d])/.exec(text)?.[1];
  if (code) return code;
  const sign = Object.keys(currencySigns)
    .toSorted((a, b) => b.length - a.length)
    .find((known) => text.includes(known));
  return sign === undefined ? undefined : currencySigns[sign];
}

/** ISO 4217 code of a cell of a currency column, undefined when it is none. */
export function readCurrency(text: string): string | undefined {
  const code = text.trim().toUpperCase();
  return /^[A-Z]{3}$/.test(code) ? code : currencySigns[text.trim()];
}

/** How a file writes decimals, and why that is believed. */
export interface NumberStyle {
  readonly decimalMark: DecimalMark;
  readonly because: "evidence" | "assumed" | "not-needed";
  /** Rows whose numbers tell for each mark, and rows whose numbers do not tell. */
  readonly rows: Readonly<Record<DecimalMark | "ambiguous", number>>;
}

/** @param counted distinct values of all number columns and in how many rows each stands */
export function decideNumberStyle(counted: Iterable<readonly [text: string, rows: number]>): NumberStyle {
  const rows = { dot: 0, comma: 0, ambiguous: 0 };
  for (const [text, count] of counted) {
    const mark = decimalMarkOf(text);
    if (mark) rows[mark] += count;
    else if (isAmbiguousNumber(text)) rows.ambiguous += count;
  }
  const told = rows.dot + rows.comma > 0;
  const because = told ? "evidence" : rows.ambiguous > 0 ? "assumed" : "not-needed";
  return { decimalMark: rows.comma > rows.dot ? "comma" : "dot", because, rows };
}

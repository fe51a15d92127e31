/** Times as shops write them down, RFC 3339, to milliseconds since 1970. */

/** The Gregorian calendar repeats after 400 years. Adding them keeps `Date.UTC` from reading year 50 as 1950. */
const cycleYears = 400;
const cycle = Date.UTC(1970 + cycleYears, 0, 1);

/**
 * Stricter than `Date.parse`, which takes times without a zone for local ones and lets each engine guess at the rest.
 * A leap second counts as the first second of the next minute; digits beyond milliseconds are dropped.
 * @returns milliseconds since 1970, UTC; NaN when `text` is not an RFC 3339 time
 * @example
 * parseTime("2026-01-31T08:00:00+01:00"); // 1769842800000
 */
export function parseTime(text: string): number {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  const hour = digits(text, 11, 2);
  const minute = digits(text, 14, 2);
  const second = digits(text, 17, 2);
  // A missing digit made NaN of its number, which no comparison accepts.
  const exists =
    separatorsFit(text) && year >= 0 && isDay(year, month, day) && hour <= 23 && minute <= 59 && second <= 60;
  if (!exists) return Number.NaN;
  const zoneAt = endOfFraction(text);
  const milliseconds = zoneAt > 19 ? Number(text.slice(20, Math.min(zoneAt, 23)).padEnd(3, "0")) : 0;
  const instant = Date.UTC(year + cycleYears, month - 1, day, hour, minute, second, milliseconds) - cycle;
  return instant - zoneMinutes(text, zoneAt) * 60_000;
}

/** The number written in `count` digits at `at`; NaN when one of them is no digit. */
function digits(text: string, at: number, count: number): number {
  let number = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

function separatorsFit(text: string): boolean {
  const between = text[10];
  const isTime = between === "T" || between === "t" || between === " ";
  return isTime && text[4] === "-" && text[7] === "-" && text[13] === ":" && text[16] === ":";
}

function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Where the zone begins: after the seconds, or after their fraction, which has at least one digit. */
function endOfFraction(text: string): number {
  if (text[19] !== ".") return 19;
  let at = 20;
  while (text[at] >= "0" && text[at] <= "9") at++;
  return at > 20 ? at : text.length;
}

/** Minutes east of Greenwich; NaN when `text` does not end in a zone there. */
function zoneMinutes(text: string, at: number): number {
  const sign = text[at];
  if (sign === "Z" || sign === "z") return text.length === at + 1 ? 0 : Number.NaN;
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, at + 4, 2);
  const exists =
    (sign === "+" || sign === "-") && hours <= 23 && minutes <= 59 && text[at + 3] === ":" && text.length === at + 6;
  if (!exists) return Number.NaN;
  return (sign === "-" ? -1 : 1) * (hours * 60 + minutes);
}

/** Times as this reader writes them. */

const dayMilliseconds = 86_400_000;

const moment = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const shortMoment = new Intl.DateTimeFormat(undefined, {
  month: "short",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
  second: "2-digit",
});
const shortDay = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });
const longDay = new Intl.DateTimeFormat(undefined, {
  weekday: "short",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

/** @param time RFC 3339 */
export const formatTime = (time: string): string => moment.format(new Date(time));

/** For tables: the year only where it is not this one. */
export function formatShortTime(time: string): string {
  const at = new Date(time);
  const isThisYear = at.getFullYear() === new Date().getFullYear();
  return (isThisYear ? shortMoment : moment).format(at);
}

/** @param day `2026-11-22`, a day of the shop, whatever the time zone of this browser */
export const formatDay = (day: string): string => longDay.format(new Date(`${day}T00:00:00Z`));
export const formatShortDay = (day: string): string => shortDay.format(new Date(`${day}T00:00:00Z`));

/** Seconds since 1970 at the start of a day of the shop, taken as UTC. */
export const secondsOfDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000;

const steps = [
  { unit: "day", size: dayMilliseconds },
  { unit: "hour", size: 3_600_000 },
  { unit: "minute", size: 60_000 },
] as const;

/**
 * @param time RFC 3339
 * @param now milliseconds since 1970
 * @returns for example "3 hours ago"
 */
export function formatAge(time: string, now = Date.now()): string {
  const age = Date.parse(time) - now;
  const step = steps.find(({ size }) => Math.abs(age) >= size);
  return step ? relative.format(Math.round(age / step.size), step.unit) : "just now";
}

/** @param seconds a length of time */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3600)} h`;
}

/** The last so many days: today so far, and whole ones before it, as this browser's time zone cuts them. */
export function lastDays(days: number, now = Date.now()): { readonly from: string; readonly until: string } {
  const from = new Date(now);
  from.setHours(0, 0, 0, 0);
  from.setDate(from.getDate() - (days - 1));
  return { from: from.toISOString(), until: new Date(now).toISOString() };
}

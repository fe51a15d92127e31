/** Figures within sentences, written as the console writes them: `5%`, `+8.9%`, `1 visitor`, `1,204 visitors`. */

const integer = new Intl.NumberFormat("en");
const share = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });
const relative = new Intl.NumberFormat("en", {
  style: "percent",
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
  signDisplay: "exceptZero",
});

/** @param noun whose plural takes an s */
export function counted(count: number, noun: string): string {
  return `${integer.format(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** @param part 0 to 1 */
export const percent = (part: number): string => share.format(part);

/** A relative change, with its sign. */
export const change = (part: number): string => relative.format(part);

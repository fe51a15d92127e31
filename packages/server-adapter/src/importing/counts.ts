/** Counts inside sentences. */

export interface Counts {
  /** @example number(239183); // "239,183" */
  number(value: number): string;
  /** @example of(1, "row"); // "1 row", and of(1016, "row"); // "1,016 rows" */
  of(count: number, noun: string, plural?: string): string;
}

/** @param locale BCP 47, for the grouping of thousands */
export function countsIn(locale: string): Counts {
  const format = new Intl.NumberFormat(locale);
  return {
    number: (value) => format.format(value),
    of: (count, noun, plural = `${noun}s`) => `${format.format(count)} ${count === 1 ? noun : plural}`,
  };
}

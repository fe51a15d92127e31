/** Priors as rankers read them. */

/**
 * Columns against their averages: what a prior adds to a score is then what sets the product apart, and an explanation
 * does not give every product's popularity for a reason. Rankings stay as they are.
 * @example
 * againstAverage({ popularity: Float32Array.of(1, 2, 3) }).popularity; // [-1, 0, 1]
 */
export function againstAverage(columns: Readonly<Record<string, Float32Array>>): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      const average = column.reduce((sum, value) => sum + value, 0) / Math.max(1, column.length);
      return [name, column.map((value) => value - average)];
    }),
  );
}

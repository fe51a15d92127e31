/** The name that was probably meant. */

/**
 * @returns the name with the fewest edits (one letter put in, left out or replaced), if they are few for its length
 * @example
 * nearestName("cart.valeu", ["cart.value", "cart.units"]); // "cart.value"
 */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  // Long texts are no misspelt names.
  let fewest = name.length > 80 ? 0 : Math.max(2, Math.ceil(name.length / 3)) + 1;
  for (const candidate of names) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < fewest) [best, fewest] = [candidate, distance];
  }
  return best;
}

/** Levenshtein's distance, a row of the table at a time. */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, length) => length);
  for (let i = 0; i < one.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++) {
      next.push(Math.min(row[j] + (one[i] === other[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1));
    }
    row = next;
  }
  return row[other.length];
}

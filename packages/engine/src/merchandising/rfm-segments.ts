/**
 * The usual named segments, from the scores of recency, frequency and money. Names and grid follow the table most RFM
 * tools share (recency down, frequency across); money counts as much as frequency here, and the lowest corner of the
 * hibernating is called lost.
 */

/** Names as conditions use them, best first. */
export const rfmSegments = [
  "champions",
  "loyal",
  "potential-loyalists",
  "new",
  "promising",
  "need-attention",
  "about-to-sleep",
  "at-risk",
  "cannot-lose",
  "hibernating",
  "lost",
] as const;
/** A named segment. */
export type RfmSegment = (typeof rfmSegments)[number];

/** A row a recency score, 1 first; a column a value score, 1 first. */
const grid: readonly (readonly RfmSegment[])[] = [
  ["lost", "hibernating", "at-risk", "at-risk", "cannot-lose"],
  ["hibernating", "hibernating", "at-risk", "at-risk", "cannot-lose"],
  ["about-to-sleep", "about-to-sleep", "need-attention", "loyal", "loyal"],
  ["promising", "potential-loyalists", "potential-loyalists", "loyal", "loyal"],
  ["new", "potential-loyalists", "potential-loyalists", "champions", "champions"],
];

/**
 * @param recency from 1 to 5, best, as are the others; whole numbers
 * @returns the segment; its value score is the mean of frequency and money, halves up
 * @example
 * rfmSegmentOf(5, 1, 1); // "new"
 */
export function rfmSegmentOf(recency: number, frequency: number, monetary: number): RfmSegment {
  return grid[recency - 1][Math.round((frequency + monetary) / 2) - 1];
}

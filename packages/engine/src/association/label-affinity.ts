/**
 * Which groups of products are bought together more, or less, than chance has it: categories, brands, price bands, any
 * labelling. Chance is the bipartite configuration model of the *products* (`group-chances.ts`): it knows how often each
 * product sells and how large each basket is, so that a large category is not a partner of everything for being large.
 * A label with itself means two different products of it in one basket.
 */
import { InvalidOption, requireInteger, requireNumber } from "../errors.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { weighCounts, type CountEvidence } from "./count-evidence.ts";
import { expectedMeetings, expectedWithin, fitGroupChances, type GroupChances } from "./group-chances.ts";
import { requireLabels, type ProductLabels } from "./product-labels.ts";

export interface LabelAffinityOptions extends TrainingControls {
  /** Coverage of the two-sided intervals, in (0, 1). */
  readonly confidence?: number;
}

/**
 * Label by label, each pair once: `one <= other`, in the order of (one, other). The place of a pair is
 * `placeOfLabels(size, one, other)`. Evidence stands in columns by place; q-values are over all pairs, with themselves too.
 */
export interface LabelAffinity extends CountEvidence {
  /** Labels. */
  readonly size: number;
  readonly one: Uint32Array;
  readonly other: Uint32Array;
  /** Baskets that hold each label. */
  readonly labelBaskets: Uint32Array;
}

/**
 * O(sum over baskets of labels^2 + products x sizes + labels^2 x sizes); memory 68 bytes a pair of labels, so that a few
 * thousand labels are a lot.
 * @param baskets orders x products, each product at most once in a basket
 * @throws InvalidInput when labels do not fit the products; InvalidOption on wrong options
 * @example
 * const affinity = await measureLabelAffinity(view.baskets, brandLabels(catalogue));
 * affinity.shrunkLift[placeOfLabels(affinity.size, tea, biscuits)]; // 1.8
 */
export async function measureLabelAffinity(
  baskets: Incidence,
  labels: ProductLabels,
  { confidence = 0.95, ...controls }: LabelAffinityOptions = {},
): Promise<LabelAffinity> {
  requireNumber("confidence", confidence, Number.EPSILON, 1 - Number.EPSILON);
  requireLabels(labels, baskets.columns);
  const chances = await fitGroupChances(baskets, controls);
  const { count, labelBaskets } = await countMeetings(baskets, labels, controls);
  const expected = await expectMeetings(labels, chances, controls);
  const one = new Uint32Array(count.length);
  const other = new Uint32Array(count.length);
  for (let a = 0, place = 0; a < labels.size; a++) {
    for (let b = a; b < labels.size; b++, place++) {
      one[place] = a;
      other[place] = b;
    }
  }
  return { size: labels.size, one, other, labelBaskets, ...weighCounts(count, expected, confidence) };
}

/** Where a pair of labels stands in the columns, whichever comes first. */
export function placeOfLabels(size: number, one: number, other: number): number {
  const low = Math.min(one, other);
  const high = Math.max(one, other);
  return low * size - (low * (low - 1)) / 2 + high - low;
}

/** A label seen from another. */
export interface RelatedLabel {
  readonly label: number;
  readonly count: number;
  readonly expected: number;
  readonly lift: number;
  readonly liftLower: number;
  readonly liftUpper: number;
  readonly shrunkLift: number;
  readonly qValue: number;
  /** Share of the baskets with the one that hold the other. */
  readonly confidence: number;
}

/**
 * How one label goes with every label, itself among them, the highest shrunk lift first. Labels that chance never brings
 * together with it are left out.
 * @throws InvalidOption when the label is unknown
 * @example
 * const [closest] = relatedLabels(affinity, tea);
 */
export function relatedLabels(affinity: LabelAffinity, label: number): readonly RelatedLabel[] {
  const { size, labelBaskets, count, expected, lift, liftLower, liftUpper, shrunkLift, qValue } = affinity;
  requireInteger("label", label, 0);
  if (label >= size) throw new InvalidOption("label", label, `a label below ${size}`);
  return Array.from({ length: size }, (_, other) => {
    const place = placeOfLabels(size, label, other);
    return {
      label: other,
      count: count[place],
      expected: expected[place],
      lift: lift[place],
      liftLower: liftLower[place],
      liftUpper: liftUpper[place],
      shrunkLift: shrunkLift[place],
      qValue: qValue[place],
      confidence: labelBaskets[label] > 0 ? count[place] / labelBaskets[label] : 0,
    };
  })
    .filter((related) => related.expected > 0)
    .toSorted((a, b) => b.shrunkLift - a.shrunkLift || a.label - b.label);
}

async function countMeetings(
  { rows, offsets, indices }: Incidence,
  { labelOf, size }: ProductLabels,
  controls: TrainingControls,
): Promise<{ count: Uint32Array; labelBaskets: Uint32Array }> {
  const count = new Uint32Array((size * (size + 1)) / 2);
  const labelBaskets = new Uint32Array(size);
  const productsOf = new Uint32Array(size);
  const held: number[] = [];
  const pace = createPacer("counting labels", rows, controls);
  for (let basket = 0; basket < rows; basket++) {
    if ((basket & 63) === 0 && pace.isDue()) await pace.rest(basket);
    for (let i = offsets[basket]; i < offsets[basket + 1]; i++) {
      const label = labelOf[indices[i]];
      if (label >= 0 && productsOf[label]++ === 0) held.push(label);
    }
    for (const [at, one] of held.entries()) {
      labelBaskets[one]++;
      if (productsOf[one] > 1) count[placeOfLabels(size, one, one)]++;
      for (let next = at + 1; next < held.length; next++) count[placeOfLabels(size, one, held[next])]++;
    }
    for (const label of held) productsOf[label] = 0;
    held.length = 0;
  }
  pace.finish();
  return { count, labelBaskets };
}

async function expectMeetings(
  { labelOf, size }: ProductLabels,
  chances: GroupChances,
  controls: TrainingControls,
): Promise<Float64Array> {
  const pace = createPacer("expecting labels", labelOf.length + size, controls);
  const groups = Array.from({ length: size }, () => chances.createGroup());
  for (const [product, label] of labelOf.entries()) {
    if (pace.isDue()) await pace.rest(product);
    if (label >= 0) groups[label].add(product);
  }
  const expected = new Float64Array((size * (size + 1)) / 2);
  for (let one = 0, place = 0; one < size; one++) {
    if (pace.isDue()) await pace.rest(labelOf.length + one);
    expected[place++] = expectedWithin(chances, groups[one]);
    for (let other = one + 1; other < size; other++) {
      expected[place++] = expectedMeetings(chances, groups[one].share, groups[other].share);
    }
  }
  pace.finish();
  return expected;
}

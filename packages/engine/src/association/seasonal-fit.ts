/**
 * One product's sales over the cells of a season: a level for each bin and a steady trend, so that what merely grows
 * within the year is not called a season.
 *
 *   count in cell t ~ exposure_t * exp(level of t's bin + trend * years_t)
 *
 * Given the trend, levels have a closed form; the trend is found by Newton's method on what is left of the likelihood,
 * which is concave. A normal prior of deviation 1 (a factor of e a year) on the trend settles what the data leave open.
 */

/** What is fitted: columns by cell. */
export interface SeasonalCounts {
  readonly count: Float64Array;
  /** Sales of the whole shop while the product was on sale. */
  readonly exposure: Float64Array;
  readonly years: Float64Array;
  readonly binOf: Uint8Array;
  readonly binCount: number;
}

/** What was found of one product. */
export interface SeasonalFit {
  /** Sales and expectations by bin, were the product's share of the shop the same all year. */
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  /** Likelihood ratio of the bins against no season, as chi-square, and its degrees of freedom. */
  readonly statistic: number;
  readonly degrees: number;
  /** How much more the cells of one bin differ than chance has it (1: no more), and its degrees of freedom. */
  readonly dispersion: number;
  readonly residualDegrees: number;
  /** Growth of its share of the shop, as the logarithm of a factor a year. */
  readonly trend: number;
}

/** A factor of 400 a year; beyond it the exponentials say nothing any more. */
const steepest = 6;

export function fitSeason(cells: SeasonalCounts): SeasonalFit {
  const trend = trendOf(cells, (cell) => cells.binOf[cell]);
  const bins = sumByBin(cells, trend);
  // Under the hypothesis that there is no season, the trend has to explain all it can.
  const flat = sumByBin(
    cells,
    trendOf(cells, () => 0),
  );
  const { statistic, degrees } = testOf(bins.observed, flat.expected);
  return { ...bins, statistic, degrees, trend, ...dispersionOf(cells, bins, trend) };
}

/**
 * G = 2 sum of observed ln(observed / expected), with the correction for small counts of Williams, "Improved likelihood
 * ratio tests for complete contingency tables", Biometrika 63 (1976).
 */
function testOf(observed: Float64Array, expected: Float64Array): Pick<SeasonalFit, "statistic" | "degrees"> {
  let degrees = -1;
  let sales = 0;
  let g = 0;
  let inverse = 0;
  for (const [bin, count] of observed.entries()) {
    if (!(expected[bin] > 0)) continue;
    degrees++;
    sales += count;
    inverse += 1 / expected[bin];
    if (count > 0) g += 2 * count * Math.log(count / expected[bin]);
  }
  if (degrees < 1 || sales === 0) return { statistic: 0, degrees: Math.max(0, degrees) };
  return { statistic: Math.max(0, g) / (1 + (inverse - 1 / sales) / (6 * degrees)), degrees };
}

function trendOf({ count, exposure, years, binCount }: SeasonalCounts, groupOf: (cell: number) => number): number {
  const total = new Float64Array(binCount);
  const sums = [new Float64Array(binCount), new Float64Array(binCount), new Float64Array(binCount)];
  let trend = 0;
  for (let step = 0; step < 30; step++) {
    total.fill(0);
    for (const sum of sums) sum.fill(0);
    // The prior's part.
    let slope = -trend;
    let curvature = 1;
    for (let cell = 0; cell < count.length; cell++) {
      if (!(exposure[cell] > 0)) continue;
      const group = groupOf(cell);
      const weight = exposure[cell] * Math.exp(trend * years[cell]);
      sums[0][group] += weight;
      sums[1][group] += weight * years[cell];
      sums[2][group] += weight * years[cell] ** 2;
      total[group] += count[cell];
      slope += count[cell] * years[cell];
    }
    for (let group = 0; group < binCount; group++) {
      if (total[group] === 0) continue;
      const mean = sums[1][group] / sums[0][group];
      slope -= total[group] * mean;
      curvature += total[group] * Math.max(0, sums[2][group] / sums[0][group] - mean * mean);
    }
    const change = Math.max(-1, Math.min(1, slope / curvature));
    trend = Math.max(-steepest, Math.min(steepest, trend + change));
    if (Math.abs(change) < 1e-8) break;
  }
  return trend;
}

function sumByBin(
  { count, exposure, years, binOf, binCount }: SeasonalCounts,
  trend: number,
): Pick<SeasonalFit, "observed" | "expected"> {
  const observed = new Float64Array(binCount);
  const expected = new Float64Array(binCount);
  let sales = 0;
  let weights = 0;
  for (let cell = 0; cell < count.length; cell++) {
    if (!(exposure[cell] > 0)) continue;
    const weight = exposure[cell] * Math.exp(trend * years[cell]);
    observed[binOf[cell]] += count[cell];
    expected[binOf[cell]] += weight;
    sales += count[cell];
    weights += weight;
  }
  const rate = weights > 0 ? sales / weights : 0;
  return { observed, expected: expected.map((weight) => weight * rate) };
}

/**
 * Pearson's estimate with Fletcher's correction for small counts: "Estimating overdispersion when fitting a generalized
 * linear model to sparse data", Biometrika 99 (2012).
 */
function dispersionOf(
  { count, exposure, years, binOf }: SeasonalCounts,
  { observed }: Pick<SeasonalFit, "observed">,
  trend: number,
): Pick<SeasonalFit, "dispersion" | "residualDegrees"> {
  const soldBins = observed.reduce((sold, sales) => sold + (sales > 0 ? 1 : 0), 0);
  const weightSum = new Float64Array(observed.length);
  for (let cell = 0; cell < count.length; cell++) {
    if (exposure[cell] > 0) weightSum[binOf[cell]] += exposure[cell] * Math.exp(trend * years[cell]);
  }
  let cells = 0;
  let chiSquare = 0;
  let skew = 0;
  for (let cell = 0; cell < count.length; cell++) {
    const bin = binOf[cell];
    if (!(exposure[cell] > 0) || observed[bin] === 0) continue;
    const fitted = (observed[bin] * exposure[cell] * Math.exp(trend * years[cell])) / weightSum[bin];
    cells++;
    chiSquare += (count[cell] - fitted) ** 2 / fitted;
    skew += (count[cell] - fitted) / fitted;
  }
  const residualDegrees = Math.max(0, cells - soldBins - 1);
  const dispersion = residualDegrees > 0 ? chiSquare / residualDegrees / (1 + skew / cells) : NaN;
  return { dispersion, residualDegrees };
}

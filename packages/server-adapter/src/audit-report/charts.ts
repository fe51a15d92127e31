/**
 * The report's charts as plain markup: a row a thing, a track with its interval or bar. They need no script and bend
 * to a narrow screen, where labels move above their tracks. The table beside each one is its text alternative, so the
 * drawings themselves are hidden from assistive technology.
 */
import { max } from "d3-array";
import { scaleLinear, scaleLog, type ScaleContinuousNumeric } from "d3-scale";
import type { Audit, Figure, NamedProduct } from "@basketlift/engine/audit";
import { escapeText } from "./markup.ts";
import { methodName } from "./measure-sections.ts";
import type { Words } from "./words.ts";

/** Positions along a track, in percent of its length. */
type Scale = ScaleContinuousNumeric<number, number>;

/** Rows of an interval chart at most: more are in the table. */
const rowLimit = 15;

/** Pairs with their lift over chance, on a logarithmic axis; the bound they had to clear is marked. */
export function liftChart({ evidence }: Audit, words: Words): string {
  const rows = evidence.top.slice(0, rowLimit).map(({ productA, productB, lift }) => ({
    label: `${shorten(productA)} +\u00a0${shorten(productB)}`,
    figure: lift,
    value: `${words.value(lift)} times chance`,
  }));
  const largest = max(rows, ({ figure }) => figure.interval?.upper ?? figure.value) ?? 1;
  const scale = scaleLog([1, Math.max(4, largest)], [0, 100]);
  const key = `times chance; dashed: ${words.value(evidence.minimumLift)}, which a pair must surely exceed`;
  return intervalChart(rows, scale, words, { at: evidence.minimumLift.value, key });
}

/** Methods with their AUC; chance is marked. */
export function qualityChart({ quality }: Audit, words: Words): string {
  const rows = (quality?.rows ?? []).map(({ name, areaUnderCurve }) => ({
    label: methodName(name),
    figure: areaUnderCurve,
    value: `AUC ${words.value(areaUnderCurve)}`,
  }));
  return intervalChart(rows, scaleLinear([0.5, 1], [0, 100]), words, { at: 0.5, key: "AUC; dashed: a coin's toss" });
}

/** Weeks to prove each gain. */
export function holdoutChart({ holdout }: Audit, words: Words): string {
  return barChart(
    (holdout?.rows ?? []).map(({ lift, weeksCapped }) => ({
      label: `a gain of ${words.value(lift)}`,
      amount: weeksCapped.value,
      value: `${words.value(weeksCapped)} weeks`,
    })),
  );
}

/** Orders that fall just short of each threshold. */
export function thresholdChart({ thresholds }: Audit, words: Words): string {
  return barChart(
    (thresholds?.thresholds ?? []).map(({ threshold, ordersJustShort }) => ({
      label: `just short of ${words.value(threshold)}`,
      amount: ordersJustShort.value,
      value: `${words.value(ordersJustShort)} orders`,
    })),
  );
}

interface IntervalRow {
  readonly label: string;
  readonly figure: Figure;
  /** What stands in the tooltip. */
  readonly value: string;
}

/** A line across the chart, and the words that explain axis and line. */
interface Mark {
  readonly at: number;
  readonly key: string;
}

/** @returns nothing at all where there is no row to draw */
function intervalChart(rows: readonly IntervalRow[], scale: Scale, words: Words, mark: Mark): string {
  if (rows.length === 0) return "";
  const ticks = scale
    .ticks(4)
    .map(
      (tick) =>
        `<i class="tick" style="left:${percent(scale(tick))}">${words.value({ value: tick, unit: "ratio" })}</i>`,
    );
  const axis = `<span class="label key">${escapeText(mark.key)}</span><span class="axis">${ticks.join("")}</span>`;
  const marked = `<i class="mark" style="left:${percent(scale(mark.at))}"></i>`;
  const tracks = rows.map(({ label, figure, value }) => {
    const { lower, upper } = figure.interval ?? { lower: figure.value, upper: figure.value };
    const from = scale(lower);
    const drawn =
      `<i class="interval" style="left:${percent(from)};width:${percent(scale(upper) - from)}"></i>` +
      `<i class="point" style="left:${percent(scale(figure.value))}"></i>`;
    return row(label, `<span class="track" title="${escapeText(value)}">${marked}${drawn}</span>`);
  });
  return chart([axis, ...tracks]);
}

interface Bar {
  readonly label: string;
  readonly amount: number;
  readonly value: string;
}

function barChart(bars: readonly Bar[]): string {
  // The longest bar leaves room for its figure.
  const scale = scaleLinear([0, max(bars, ({ amount }) => amount) || 1], [0, 75]);
  return chart(
    bars.map(({ label, amount, value }) =>
      row(
        label,
        `<span class="track plain"><i class="bar" style="width:${percent(scale(amount))}"></i><span class="value">${escapeText(value)}</span></span>`,
      ),
    ),
  );
}

function chart(rows: readonly string[]): string {
  return `<div class="chart" aria-hidden="true">${rows.join("")}</div>`;
}

function row(label: string, track: string): string {
  return `<span class="label">${escapeText(label)}</span>${track}`;
}

function percent(position: number): string {
  return `${Math.min(100, Math.max(0, position)).toFixed(2)}%`;
}

function shorten({ title }: NamedProduct): string {
  return title.length > 40 ? `${title.slice(0, 39).trimEnd()}…` : title;
}

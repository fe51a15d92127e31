/** Lines over days, drawn by uPlot. The chart is a picture with a name; its figures stand in a table beside it. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { formatShortDay, secondsOfDay } from "../format/times.ts";
import { isDark } from "../shell/theme.ts";

/** Variables of the style sheet. */
export type SeriesColor = "accent" | "part-2" | "part-3" | "part-4" | "part-5" | "quiet";

export interface TimeSeries {
  readonly name: string;
  readonly values: readonly number[];
  readonly color: SeriesColor;
  /** Hides what is drawn below it, as the parts of a stack do. */
  readonly isSolid?: boolean;
}

export interface TimeChartProps {
  /** What a reader who does not see it is told. */
  readonly label: string;
  /** Days of the shop, `2026-11-22`, oldest first. */
  readonly days: readonly string[];
  /** Later ones are drawn over earlier ones. */
  readonly series: readonly TimeSeries[];
  readonly formatValue: (value: number) => string;
  /** Told the index of the day under the pointer, null when there is none. */
  readonly onPoint?: (index: number | null) => void;
}

const height = 260;

export function TimeChart({ label, days, series, formatValue, onPoint }: TimeChartProps): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | undefined>(undefined);
  const latest = useRef({ formatValue, onPoint });
  latest.current = { formatValue, onPoint };
  const dark = isDark();
  const names = series.map(({ name }) => name).join();

  useEffect(() => {
    const host = place.current;
    if (!host) return undefined;
    const fit = (): void => {
      const width = host.clientWidth;
      if (width === 0) return;
      if (chart.current) chart.current.setSize({ width, height });
      else chart.current = new uPlot(optionsFor(host, width, series, latest), dataOf(days, series), host);
    };
    const sizes = new ResizeObserver(fit);
    sizes.observe(host);
    fit();
    return () => {
      sizes.disconnect();
      chart.current?.destroy();
      chart.current = undefined;
    };
    // Colours are read when the chart is made; data changes in place.
  }, [dark, names]);

  useEffect(() => chart.current?.setData(dataOf(days, series)), [days, series]);

  return <div ref={place} class="time-chart" role="img" aria-label={label} style={{ blockSize: `${height}px` }} />;
}

function dataOf(days: readonly string[], series: readonly TimeSeries[]): uPlot.AlignedData {
  return [days.map(secondsOfDay), ...series.map(({ values }) => [...values])];
}

interface Latest {
  readonly current: {
    readonly formatValue: TimeChartProps["formatValue"];
    readonly onPoint: TimeChartProps["onPoint"] | undefined;
  };
}

function optionsFor(host: HTMLElement, width: number, series: readonly TimeSeries[], latest: Latest): uPlot.Options {
  return {
    width,
    height,
    legend: { show: false },
    padding: [8, 20, 0, 0],
    // Days were cut in the shop's time zone already.
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    scales: { y: { range: (_, low, high) => [Math.min(0, low), high > 0 ? high * 1.08 : 1] } },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
    axes: axesFor(host, latest),
    series: [
      {},
      ...series.map((line) => ({
        label: line.name,
        stroke: resolveColor(host, `var(--${line.color})`),
        width: 1.75,
        fill: resolveColor(host, fillOf(line)),
        points: { show: false },
      })),
    ],
    hooks: { setCursor: [({ cursor }) => latest.current.onPoint?.(cursor.idx ?? null)] },
  };
}

function axesFor(host: HTMLElement, latest: Latest): uPlot.Axis[] {
  const axis = {
    stroke: resolveColor(host, "var(--quiet)"),
    font: `12px ${getComputedStyle(host).fontFamily}`,
    ticks: { show: false },
  };
  return [
    {
      ...axis,
      grid: { show: false },
      size: 34,
      gap: 10,
      space: 72,
      incrs: [1, 2, 3, 7, 14, 28, 56].map((days) => days * 86_400),
      values: (_, seconds) => seconds.map((at) => formatShortDay(new Date(at * 1000).toISOString().slice(0, 10))),
    },
    {
      ...axis,
      size: 58,
      grid: { stroke: resolveColor(host, "var(--line)"), width: 1 },
      values: (_, values) => values.map((value) => latest.current.formatValue(value)),
    },
  ];
}

function fillOf({ color, isSolid }: TimeSeries): string {
  return isSolid
    ? `color-mix(in srgb, var(--${color}), var(--surface) 55%)`
    : `color-mix(in srgb, var(--${color}), transparent 88%)`;
}

/** A canvas knows no variables and no `light-dark()`: the browser is asked what they come to here. */
function resolveColor(host: HTMLElement, value: string): string {
  const probe = document.createElement("span");
  probe.style.color = value;
  host.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** An estimate with its interval beside zero: whether the interval touches zero is what counts. The words stand beside it. */
import type { JSX } from "preact";
import type { Estimate } from "../api/contract.ts";

export interface IntervalPlotProps {
  readonly estimate: Estimate;
  /** Half the width of the scale, the same for all plots that are compared. */
  readonly reach: number;
}

const width = 200;
const margin = 6;

export function IntervalPlot({ estimate: { value, lower, upper }, reach }: IntervalPlotProps): JSX.Element {
  const at = (share: number): number => {
    const bounded = Math.min(reach, Math.max(-reach, share));
    return margin + ((bounded + reach) / (2 * reach)) * (width - 2 * margin);
  };
  const isClear = lower > 0 || upper < 0;
  return (
    <svg
      class={`interval ${isClear ? "interval--clear" : ""} ${upper < 0 ? "interval--loss" : ""}`.trim()}
      viewBox={`0 0 ${width} 20`}
      aria-hidden="true"
    >
      <path class="interval__zero" d={`M${at(0)} 1v18`} />
      <path class="interval__line" d={`M${at(lower)} 10H${at(upper)}M${at(lower)} 6v8M${at(upper)} 6v8`} />
      <circle cx={at(value)} cy="10" r="4" />
    </svg>
  );
}

/** @returns a scale that holds every interval and zero in the middle */
export function reachOf(estimates: readonly (Estimate | null)[]): number {
  const ends = estimates.flatMap((estimate) => (estimate ? [Math.abs(estimate.lower), Math.abs(estimate.upper)] : []));
  return Math.max(0.01, ...ends) * 1.05;
}

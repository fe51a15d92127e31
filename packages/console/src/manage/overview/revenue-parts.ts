/** Attributed revenue parted by placement, for a picture and a table of the same parts. */
import type { Overview } from "../../api/contract.ts";
import { placementName } from "../../parts/placement-name.ts";
import type { SeriesColor, TimeSeries } from "../../parts/time-chart.tsx";

type Day = Overview["days"][number];

export interface RevenuePart {
  readonly name: string;
  readonly color: SeriesColor;
  /** Minor units. */
  readonly on: (day: Day) => number;
}

const colors = ["accent", "part-2", "part-3", "part-4"] as const;

/**
 * The placements that were credited most, each with a colour, and all others together: more colours than these are not told
 * apart.
 * @returns what was credited most first; nothing where nothing was attributed
 */
export function partsOf(days: readonly Day[]): readonly RevenuePart[] {
  const totals = new Map<string, number>();
  for (const { attributedByPlacement } of days) {
    for (const [placement, revenue] of Object.entries(attributedByPlacement)) {
      totals.set(placement, (totals.get(placement) ?? 0) + revenue);
    }
  }
  const placements = [...totals].toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b)).map(([name]) => name);
  const isFew = placements.length <= colors.length + 1;
  const named = isFew ? placements : placements.slice(0, colors.length);
  const others = placements.slice(named.length);
  return [
    ...named.map((placement, index) => ({
      name: placementName(placement),
      color: colors[index] ?? "part-5",
      on: ({ attributedByPlacement }: Day) => attributedByPlacement[placement] ?? 0,
    })),
    ...(others.length > 0 ? [{ name: "Other placements", color: "part-5" as const, on: sumOf(others) }] : []),
  ];
}

const sumOf =
  (placements: readonly string[]) =>
  ({ attributedByPlacement }: Day): number =>
    placements.reduce((sum, placement) => sum + (attributedByPlacement[placement] ?? 0), 0);

/** The parts one upon another, the topmost first: later ones are drawn over it. */
export function stacked(parts: readonly RevenuePart[], days: readonly Day[]): readonly TimeSeries[] {
  return parts
    .map(({ name, color }, index) => {
      const below = parts.slice(0, index + 1);
      const values = days.map((day) => below.reduce((sum, { on }) => sum + on(day), 0));
      return { name, color, values, isSolid: true };
    })
    .toReversed();
}

/** Invented makers. Each has a hand of its own and a price level against the kind's range. */

/** How a maker's things look. */
export type Style = "classic" | "modern" | "rustic" | "minimal" | "botanical";

export interface Brand {
  readonly name: string;
  readonly style: Style;
  /** Price level: 1 is the middle of the range. */
  readonly level: number;
}

export const brands: readonly Brand[] = [
  { name: "Hearth & Vine", style: "rustic", level: 1 },
  { name: "Marlow Lane", style: "classic", level: 1.2 },
  { name: "North Quay", style: "minimal", level: 1.05 },
  { name: "Tidewater", style: "modern", level: 0.95 },
  { name: "Everyday Good", style: "modern", level: 0.75 },
  { name: "Copperleaf", style: "classic", level: 1.3 },
  { name: "Juniper Row", style: "botanical", level: 0.95 },
  { name: "Alder House", style: "minimal", level: 1.15 },
  { name: "Bramble & Bee", style: "botanical", level: 0.9 },
  { name: "Ember Studio", style: "modern", level: 1.1 },
  { name: "Foxglove Press", style: "botanical", level: 1 },
  { name: "Inkwell Street", style: "classic", level: 1.1 },
  { name: "Willowmere", style: "rustic", level: 0.9 },
  { name: "Highfell", style: "modern", level: 1.15 },
  { name: "Leaf & Larder", style: "rustic", level: 1 },
  { name: "Second Cup Roasters", style: "modern", level: 1 },
  { name: "Loom & Thread", style: "classic", level: 1.2 },
  { name: "Little Allotment", style: "botanical", level: 0.85 },
];

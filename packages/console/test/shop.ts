/** The products of a made-up shop, for tests and for looking at the console without a server. */

export interface TestProduct {
  readonly id: string;
  readonly title: string;
  /** In pence. */
  readonly price: number;
}

const titles = [
  "Stoneware mug",
  "Breakfast plate",
  "Round stoneware teapot",
  "Oak serving tray",
  "Linen napkins, set of four",
  "Milk jug",
  "Sugar bowl with spoon",
  "Tea strainer",
  "Enamel kettle",
  "Pasta bowl",
  "Walnut cutting board",
  "Bread knife",
  "Beeswax candle, tall",
  "Brass candle holder",
  "Cotton tea towel, striped",
  "Cast-iron trivet",
  "Egg cup",
  "Butter dish",
  "Wicker bread basket",
  "Glass carafe",
] as const;

export const products: readonly TestProduct[] = titles.map((title, index) => ({
  id: `P-${String(1001 + index)}`,
  title,
  price: 600 + ((index * 737) % 5400),
}));

export const product = (index: number): TestProduct => products[index % products.length];

/** The same number for the same question, spread evenly over 0 to 1. */
export function chance(...seeds: readonly number[]): number {
  const value = Math.sin(seeds.reduce((sum, seed, index) => sum + seed * (12.9898 + index * 78.233), 1)) * 43758.5453;
  return value - Math.floor(value);
}

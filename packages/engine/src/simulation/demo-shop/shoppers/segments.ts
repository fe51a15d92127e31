/** The kinds of people who shop here, and what each of them comes for. */

/** How much somebody spends when there is a choice: below, in or above the middle of a kind's range. */
export type Budget = 0 | 1 | 2;

export interface Segment {
  readonly name: string;
  readonly description: string;
  /** Share of customers. */
  readonly share: number;
  /** Departments that draw them. */
  readonly departments: readonly string[];
  /** Chances of a small, a middling and a large budget. */
  readonly budgets: readonly [number, number, number];
}

export const segments: readonly Segment[] = [
  {
    name: "households",
    description: "Buys a little of everything, as it is needed.",
    share: 0.28,
    departments: [],
    budgets: [0.3, 0.5, 0.2],
  },
  {
    name: "home chefs",
    description: "Cooks for pleasure and cares about the tools.",
    share: 0.16,
    departments: ["Cookware", "Pantry", "Baking"],
    budgets: [0.15, 0.45, 0.4],
  },
  {
    name: "tea and coffee lovers",
    description: "Comes back for leaves and beans.",
    share: 0.15,
    departments: ["Tea & Coffee"],
    budgets: [0.2, 0.5, 0.3],
  },
  {
    name: "gift buyers",
    description: "Shops for others, above all before Christmas.",
    share: 0.13,
    departments: ["Candles & Scent", "Stationery & Gifts"],
    budgets: [0.25, 0.5, 0.25],
  },
  {
    name: "gardeners",
    description: "Has a garden, or at least a balcony.",
    share: 0.11,
    departments: ["Garden", "Outdoor & Travel"],
    budgets: [0.25, 0.5, 0.25],
  },
  {
    name: "students",
    description: "A first room of their own and little money for it.",
    share: 0.09,
    departments: ["Stationery & Gifts", "Lighting"],
    budgets: [0.75, 0.22, 0.03],
  },
  {
    name: "nest builders",
    description: "Furnishes a home, one room at a time.",
    share: 0.08,
    departments: ["Home Accents", "Bed & Bath", "Lighting", "Dining"],
    budgets: [0.1, 0.4, 0.5],
  },
];

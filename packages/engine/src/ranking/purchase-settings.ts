/**
 * Which tables a purchase ranker reads, and how far they reach. Two builds were chosen on public data, for shops where
 * customers come back for the same and for shops where every purchase is a new one; the full one reads all of it.
 */
import type { BasketTransitionOptions, CoPurchaseOptions, WalkOptions } from "../sequences/index.ts";

/**
 * `next-basket` reads habits and what follows in the baskets after; `next-item` reads sequences of single purchases, and
 * what products have in common; `full` reads both, and what sold this month and week; `compact` reads much the same from
 * short rows and the newest purchases, for answers while a page loads.
 */
export type PurchaseBuild = "next-basket" | "next-item" | "full" | "compact";

export const purchaseBuilds: readonly PurchaseBuild[] = ["next-basket", "next-item", "full", "compact"];

/** How one table is counted. */
export type TableRule =
  | ({ readonly kind: "co-purchases" } & CoPurchaseOptions)
  | ({ readonly kind: "transitions" } & BasketTransitionOptions)
  /** What the catalogue says is alike: given, not counted. */
  | { readonly kind: "alike"; readonly rowLength: number }
  /** Two steps along another table. */
  | ({ readonly kind: "walk"; readonly along: string } & WalkOptions);

/** A table, and how customers are heard by it. */
export interface TableSetting {
  readonly name: string;
  readonly rule: TableRule;
  /** Weight of a basket against the one after it. */
  readonly memory: number;
  /** Whether the table speaks for what the customer owns. */
  readonly owned: boolean;
  /** Bends the signal; straight when left out. */
  readonly knot?: number;
}

const inBaskets: readonly TableSetting[] = [
  {
    name: "together",
    rule: { kind: "co-purchases", shrinkage: 10, diagonal: true, rowLength: 300 },
    memory: 0.9,
    owned: true,
    knot: 0.001,
  },
  {
    name: "follows",
    rule: {
      kind: "transitions",
      weightOfGap: (gap) => 0.8 ** (gap - 1),
      longestGap: 7,
      fromPower: 0.7,
      toPower: 0.25,
      shrinkage: 10,
      backward: 0,
      rowLength: 300,
    },
    memory: 0.7,
    owned: true,
  },
];

const inSequences: readonly TableSetting[] = [
  {
    name: "leadsTo",
    rule: {
      kind: "transitions",
      weightOfGap: (gap) => gap ** -0.5,
      longestGap: 50,
      fromPower: 0.6,
      toPower: 0.3,
      shrinkage: 5,
      backward: 0,
      rowLength: 1000,
    },
    memory: 0.7,
    owned: false,
  },
  {
    name: "nearLast",
    rule: {
      kind: "transitions",
      weightOfGap: (gap) => gap ** -0.5,
      longestGap: 50,
      fromPower: 0.5,
      toPower: 0.5,
      shrinkage: 5,
      backward: 0.5,
      rowLength: 1000,
    },
    memory: 0,
    owned: false,
  },
  {
    name: "sameCustomers",
    rule: { kind: "co-purchases", shrinkage: 5, diagonal: false, rowLength: 1000 },
    memory: 0.95,
    owned: false,
  },
  {
    name: "walk",
    rule: { kind: "walk", along: "nearLast", stepWidth: 100, rowLength: 300 },
    memory: 0.8,
    owned: false,
    knot: 0.001,
  },
];

/** Attributes are read twice: for what the customer likes of late, and for what they like at all. */
export const attributeReadings = [
  { name: "alike", memory: 0.7 },
  { name: "alikeEver", memory: 0.95, knot: 0.001 },
] as const;

/** Everything a build is made of. */
export interface PurchaseSettings {
  readonly tables: readonly TableSetting[];
  readonly habits: boolean;
  readonly attributes: boolean;
  readonly priors: readonly string[];
  /** Priors that are read where baskets have dates that differ. */
  readonly datedPriors: readonly string[];
  /** Entries of the past that tables listen to, the newest: the time of an answer grows with them. */
  readonly longestMemory: number;
  /** Products sold less often are taken to have sold this often: so few sales say nothing of demand. */
  readonly leastPopularity: number;
}

/** Neighbours a product in the tables of `compact`, and the tables. */
const shortRow = 50;
const compactNames: readonly string[] = ["together", "nearLast"];

/** Chosen on Online Retail's last month but one: more tables and longer rows cost time there and gain next to nothing. */
const compactTables: readonly TableSetting[] = [
  ...[...inBaskets, ...inSequences].filter(({ name }) => compactNames.includes(name)).map(shortened),
  { name: "alike", rule: { kind: "alike", rowLength: shortRow }, memory: 0.9, owned: false, knot: 0.01 },
];

function shortened({ rule, ...table }: TableSetting): TableSetting {
  return { ...table, rule: { ...rule, rowLength: shortRow } };
}

/** Chosen on the last but one baskets of Ta-Feng and the last but one products of Amazon Beauty. */
export const purchaseSettings: Readonly<Record<PurchaseBuild, PurchaseSettings>> = {
  "next-basket": {
    tables: inBaskets,
    habits: true,
    attributes: false,
    priors: ["popularity", "current", "discovered"],
    datedPriors: [],
    longestMemory: Infinity,
    leastPopularity: 0,
  },
  "next-item": {
    tables: inSequences,
    habits: false,
    attributes: true,
    priors: ["popularity", "lately"],
    datedPriors: [],
    longestMemory: Infinity,
    leastPopularity: 5,
  },
  full: {
    tables: [...inBaskets, ...inSequences],
    habits: true,
    attributes: true,
    priors: ["popularity", "current", "discovered", "lately"],
    datedPriors: ["thisMonth", "thisWeek", "age"],
    longestMemory: Infinity,
    leastPopularity: 0,
  },
  compact: {
    tables: compactTables,
    habits: true,
    attributes: false,
    priors: ["popularity", "current", "discovered", "lately"],
    datedPriors: ["thisMonth", "thisWeek", "age"],
    longestMemory: 50,
    leastPopularity: 0,
  },
};

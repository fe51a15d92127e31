/**
 * What is true of the shop because it was planted, as plain data: the answers that methods are marked against.
 *
 * A *true relation* between two products is a planted complement, and nothing else. Some pairs meet a little more often
 * than chance for other reasons: they share a season. `relatedGroups` names those sets, so that a finding inside one
 * can be told from a finding without any ground; it is still not counted as true. Habits, brands, budgets and segments
 * steer which *orders* hold a product, but only through the one product that somebody came for, so that they add
 * nothing to what meets in one basket.
 */
import type { Entry } from "../assortment/assortment.ts";
import type { SeasonName } from "../assortment/kind.ts";
import { monthlyIndex, sales, type Sale } from "../calendar.ts";
import type { Customer } from "../shoppers/customers.ts";
import { segments, type Budget } from "../shoppers/segments.ts";
import { visitorId, type Sessions } from "../shopping/sessions.ts";
import type { Complement } from "./complements.ts";

/** A named set of products. */
export interface ProductGroup {
  readonly name: string;
  readonly productIds: readonly string[];
}

/** Two products that shoppers want together. */
export interface PlantedComplement {
  readonly productA: string;
  readonly productB: string;
  /** Chance that a shopper who came for either takes the other along. */
  readonly strength: number;
  /** How many times more often than by chance the two were to meet in a basket. */
  readonly lift: number;
}

/** What a good method should find in a demo shop, and what it should not. */
export interface DemoShopTruth {
  /** The true relations. */
  readonly complements: readonly PlantedComplement[];
  /** Pairs of popular products with no relation, the most popular first: they often meet, and only by chance. */
  readonly coincidences: readonly { readonly productA: string; readonly productB: string }[];
  /** Products of one kind: looked at together, hardly ever bought together. */
  readonly substitutes: readonly ProductGroup[];
  /** Days after which a household buys each of these again. */
  readonly repeatIntervals: readonly { readonly productId: string; readonly days: number }[];
  /** Demand by month, January first; 1 is an ordinary month. */
  readonly seasons: readonly (ProductGroup & { readonly monthlyIndex: readonly number[] })[];
  /** Sets inside which pairs meet slightly more often than chance without being complements. */
  readonly relatedGroups: readonly ProductGroup[];
  readonly sales: readonly Sale[];
  readonly segments: readonly {
    readonly name: string;
    readonly description: string;
    readonly departments: readonly string[];
    readonly customerIds: readonly string[];
  }[];
  /** Favourite brand of those who have one. */
  readonly loyalties: readonly { readonly customerId: string; readonly brand: string }[];
  /** 0 small, 1 middling, 2 large. */
  readonly budgets: readonly { readonly customerId: string; readonly budget: Budget }[];
  /** Share of lines that come back, by kind of product. */
  readonly returnRates: readonly (ProductGroup & { readonly rate: number })[];
  readonly botVisitors: readonly string[];
}

/** How many of the most popular products coincidences are drawn from. */
const popularProducts = 60;

/** What the truth is told from. */
export interface Planted {
  readonly entries: readonly Entry[];
  readonly complements: readonly Complement[];
  readonly customers: readonly Customer[];
  readonly sessions: Sessions;
}

export function tellTruth({ entries, complements, customers, sessions }: Planted): DemoShopTruth {
  const idOf = (index: number) => entries[index].product.id;
  const seasons = Object.entries(monthlyIndex).map(([name, index]) => ({
    name,
    monthlyIndex: index,
    productIds: entries.filter((entry) => entry.kind.season === name).map((entry) => entry.product.id),
  }));
  return {
    complements: complements.map(({ a, b, strength, lift }) => ({
      productA: idOf(a),
      productB: idOf(b),
      strength,
      lift,
    })),
    coincidences: coincidencesOf(entries, complements),
    substitutes: kindsOf(entries).map(({ name, productIds }) => ({ name, productIds })),
    repeatIntervals: entries.flatMap(({ product, lastsDays }) =>
      lastsDays === undefined ? [] : [{ productId: product.id, days: lastsDays }],
    ),
    seasons,
    relatedGroups: seasons.map(({ name, productIds }) => ({ name, productIds })),
    sales,
    segments: segments.map((segment) => ({
      name: segment.name,
      description: segment.description,
      departments: segment.departments,
      customerIds: customers.filter((customer) => customer.segment === segment).map((customer) => customer.id),
    })),
    loyalties: customers.flatMap(({ id, favouriteBrand }) =>
      favouriteBrand === undefined ? [] : [{ customerId: id, brand: favouriteBrand }],
    ),
    budgets: customers.map(({ id, budget }) => ({ customerId: id, budget })),
    returnRates: kindsOf(entries),
    botVisitors: Array.from({ length: sessions.visitorCount - sessions.firstBot }, (_, bot) =>
      visitorId(sessions.firstBot + bot),
    ),
  };
}

function kindsOf(entries: readonly Entry[]): (ProductGroup & { readonly rate: number })[] {
  return [...new Set(entries.map((entry) => entry.kind))].map((kind) => ({
    name: kind.id,
    rate: kind.returnRate,
    productIds: entries.filter((entry) => entry.kind === kind).map((entry) => entry.product.id),
  }));
}

/** Pairs of bestsellers of different kinds and different seasons that nothing connects. */
function coincidencesOf(entries: readonly Entry[], complements: readonly Complement[]): DemoShopTruth["coincidences"] {
  const planted = new Set(complements.flatMap(({ a, b }) => [`${a} ${b}`, `${b} ${a}`]));
  const popular = Array.from(entries.keys())
    .sort((a, b) => entries[b].demand - entries[a].demand || a - b)
    .slice(0, popularProducts);
  const sharesSeason = (a: SeasonName | undefined, b: SeasonName | undefined) => a !== undefined && a === b;
  return popular.flatMap((a, rank) =>
    popular
      .slice(rank + 1)
      .filter(
        (b) => entries[a].kind !== entries[b].kind && !sharesSeason(entries[a].kind.season, entries[b].kind.season),
      )
      .filter((b) => !planted.has(`${a} ${b}`))
      .map((b) => ({ productA: entries[a].product.id, productB: entries[b].product.id })),
  );
}

/**
 * Which model suits a shop, and why, in plain words with the figures. Judged by what the literature and our own
 * benchmarks agree on:
 * - EASE is best or next to best on catalogues of up to a few thousand products, and its matrix has products^2 entries
 *   (Steck, WWW 2019; Ferrari Dacrema et al., TOIS 2021); beyond, regressing each product on its few best candidates
 *   keeps most of that;
 * - where customers have bought little, long regressions have nothing to hold on to, and a walk over the graph, which
 *   only counts, does as well for less;
 * - where there are hardly any repeated pairs, nothing can be learned from company at all: what sells, and what is alike.
 */
import { InvalidOption, requireInteger } from "../errors.ts";
import { customerMatrixInPieces, type TrainingView } from "../history/training-view.ts";
import { columnSizes, rowSizes, type Incidence } from "../matrix/sparse.ts";
import { paced, type TrainingControls } from "../models/training.ts";
import { quantileOf } from "../statistics/moments.ts";

/** The models that are chosen from; `popularity-and-content` is a cascade or hybrid of the two. */
export type ModelChoice = "ease" | "local-ridge" | "rp3-beta" | "item-neighbours" | "popularity-and-content";

/** What a shop's history is like. */
export interface HistoryFacts {
  /** Products of the catalogue, sold or not. */
  readonly products: number;
  /** Products in at least `minimumSupport` rows: those of which something can be learned. */
  readonly learnableProducts: number;
  /** Rows with at least two products: customers, or baskets where customers are not known. */
  readonly informativeRows: number;
  /** Whether rows are customers; baskets otherwise. */
  readonly byCustomer: boolean;
  /** Distinct pairs of a row and a product. */
  readonly interactions: number;
  /** Interactions over rows x products that were sold at all, from 0 to 1. */
  readonly density: number;
  /** Middle number of distinct products in an informative row; 0 where there is none. */
  readonly medianHistory: number;
}

/** A choice with its reasons. */
export interface ChosenModel {
  readonly choice: ModelChoice;
  /** Sentences in plain English, the decisive one first. */
  readonly why: readonly string[];
  readonly facts: HistoryFacts;
}

/** Where the borders lie. */
export interface ChooseModelOptions {
  /** Most products for which EASE's matrix is worth its memory: 5,000 take 200 MB while training. */
  readonly largestDenseCatalogue?: number | undefined;
  /** Informative rows below which nothing is learned from company. */
  readonly fewestRows?: number | undefined;
  /** Rows in which a product must be to count as learnable. */
  readonly minimumSupport?: number | undefined;
}

/** A median below this leaves a regression hardly two products to tell apart. */
const shortHistory = 4;
/** Interactions for each learnable product below which a regression has more unknowns than evidence. */
const thinEvidence = 8;

/**
 * Measures the history and chooses. Rows are customers where at least half of the baskets name one.
 * @throws InvalidOption when a border is not a positive integer
 * @example
 * const { choice, why } = await chooseModel(view);
 * why[0]; // "2,310 products are few enough (at most 5,000) to weigh every product against every other, as EASE does."
 */
export async function chooseModel(
  view: Pick<TrainingView, "baskets" | "basketCustomer" | "customerCount" | "productCount">,
  { minimumSupport = 5, largestDenseCatalogue, fewestRows, ...controls }: ChooseModelOptions & TrainingControls = {},
): Promise<ChosenModel> {
  requireInteger("minimumSupport", minimumSupport, 1);
  const named = view.basketCustomer.reduce((count, customer) => count + Number(customer >= 0), 0);
  const byCustomer = named > 0 && named >= view.baskets.rows / 2;
  const rows = byCustomer ? await paced("measuring the history", customerMatrixInPieces(view), controls) : view.baskets;
  return chooseByFacts(factsOf(rows, byCustomer, minimumSupport), { largestDenseCatalogue, fewestRows });
}

/**
 * Chooses by figures that are known already.
 * @throws InvalidOption when a border is not a positive integer
 * @example
 * chooseByFacts(facts).choice; // "ease"
 */
export function chooseByFacts(
  facts: HistoryFacts,
  { largestDenseCatalogue = 5000, fewestRows = 200 }: ChooseModelOptions = {},
): ChosenModel {
  requireInteger("largestDenseCatalogue", largestDenseCatalogue, 1);
  requireInteger("fewestRows", fewestRows, 1);
  requireFacts(facts);
  const chosen = (choice: ModelChoice, ...why: string[]) => ({ choice, why: [...why, describe(facts)], facts });
  const { products, learnableProducts, informativeRows, interactions, medianHistory } = facts;
  const rows = facts.byCustomer ? "customers" : "baskets";

  if (informativeRows < fewestRows || learnableProducts < 2) {
    return chosen(
      "popularity-and-content",
      `Only ${number(informativeRows)} ${rows} hold two products or more (at least ${number(fewestRows)} are needed), and ` +
        `${number(learnableProducts)} products have sold often enough to learn from: what sells and what is alike say more.`,
    );
  }
  if (interactions < thinEvidence * learnableProducts) {
    return chosen(
      "item-neighbours",
      `${number(interactions)} purchases for ${number(learnableProducts)} products that can be learned from are too few to ` +
        "weigh products against each other; neighbours that are trusted only as far as they have been seen hold up best.",
    );
  }
  if (products <= largestDenseCatalogue) {
    return chosen(
      "ease",
      `${number(products)} products are few enough (at most ${number(largestDenseCatalogue)}) to weigh every product ` +
        "against every other, as EASE does.",
    );
  }
  const tooMany = `${number(products)} products are too many (more than ${number(largestDenseCatalogue)}) for a weight between any two`;
  if (medianHistory < shortHistory) {
    return chosen(
      "rp3-beta",
      `${tooMany}, and half of the ${rows} hold ${number(medianHistory)} products or fewer: a walk from product to product by ` +
        "way of customers counts what there is and keeps bestsellers in check.",
    );
  }
  return chosen(
    "local-ridge",
    `${tooMany}; with ${number(medianHistory)} products in the middle one of the ${rows} each product can be weighed against ` +
      "its best few candidates.",
  );
}

function factsOf(rows: Incidence, byCustomer: boolean, minimumSupport: number): HistoryFacts {
  const sizes = rowSizes(rows);
  const support = columnSizes(rows);
  const informative = sizes.filter((size) => size >= 2);
  const sold = support.filter((count) => count > 0).length;
  const filled = sizes.filter((size) => size > 0).length;
  return {
    products: rows.columns,
    learnableProducts: support.filter((count) => count >= minimumSupport).length,
    informativeRows: informative.length,
    byCustomer,
    interactions: rows.indices.length,
    density: sold > 0 ? rows.indices.length / (filled * sold) : 0,
    medianHistory: informative.length > 0 ? quantileOf(informative, 0.5) : 0,
  };
}

function requireFacts(facts: HistoryFacts): void {
  for (const [name, value] of Object.entries(facts)) {
    if (typeof value === "number" && !(value >= 0 && value < Infinity)) {
      throw new InvalidOption(`facts.${name}`, value, "a number of at least 0");
    }
  }
}

function describe({ interactions, density, medianHistory, byCustomer }: HistoryFacts): string {
  const rows = byCustomer ? "customers" : "baskets";
  return (
    `Measured on ${rows}: ${number(interactions)} purchases of distinct products, ${(100 * density).toFixed(2)} % of what ` +
    `could have been, ${number(medianHistory)} products in the middle one with two or more.`
  );
}

function number(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}

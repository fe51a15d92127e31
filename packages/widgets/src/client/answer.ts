/**
 * What the REST API answers to a storefront, as far as the widgets use it. The types mirror the server's contract; what
 * comes over the wire is checked here once, so that nothing behind has to doubt it.
 */
import type { Minor } from "@basketlift/engine/catalogue";
import type { ShownItem, ShownRecommendation } from "../shown.ts";

/** One thing that can be put in the cart. */
export interface ShownVariant {
  readonly variantId: string;
  /** What sets it apart, for example `{ size: "M" }`. */
  readonly options: Readonly<Record<string, string>>;
  readonly price: Minor;
  readonly inStock: boolean;
}

export interface AnsweredItem extends ShownItem {
  /** The engine's source that spoke loudest for it. */
  readonly source: string;
  readonly url?: string;
  readonly image?: string;
  readonly variants: readonly ShownVariant[];
}

export interface AnsweredRecommendation extends ShownRecommendation<AnsweredItem> {
  readonly receipt: { readonly decisionId: string };
  /** How it came about, when it was made in the page out of a decision of the server. */
  readonly reranked?: Reranked;
}

/** What a re-rank on the device stood on: with its parent, enough to repeat it. */
export interface Reranked {
  /** The decision of the server whose products these are. */
  readonly parentId: string;
  readonly snapshotVersion: string;
  /** Of the way rows are re-ranked. */
  readonly rerankVersion: number;
  /** The products looked at that counted, oldest first. */
  readonly session: readonly string[];
}

/** A product as shoppers may know it. */
export interface PublicProduct {
  readonly id: string;
  readonly title: string;
  readonly url?: string;
  readonly image?: string;
  readonly currency: string;
  readonly variants: readonly ShownVariant[];
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const isText = (value: unknown): value is string => typeof value === "string";
const isOptionalText = (value: unknown): boolean => value === undefined || isText(value);
const isMinor = (value: unknown): boolean => Number.isSafeInteger(value);

function isVariant(value: unknown): value is ShownVariant {
  return isFields(value) && isText(value["variantId"]) && isFields(value["options"]) && isMinor(value["price"]);
}

const areVariants = (value: unknown): boolean => Array.isArray(value) && value.every(isVariant);

function isItem(value: unknown): value is AnsweredItem {
  return (
    isFields(value) &&
    ["productId", "variantId", "title", "reason", "currency", "availability"].every((field) => isText(value[field])) &&
    isOptionalText(value["url"]) &&
    isOptionalText(value["image"]) &&
    isMinor(value["price"]) &&
    areVariants(value["variants"])
  );
}

/** Whether a recommendation can be drawn and reported on. */
export function isRecommendation(value: unknown): value is AnsweredRecommendation {
  return (
    isFields(value) &&
    isText(value["id"]) &&
    isText(value["status"]) &&
    isFields(value["receipt"]) &&
    isText(value["receipt"]["decisionId"]) &&
    Array.isArray(value["items"]) &&
    value["items"].every(isItem)
  );
}

/**
 * Reads the answer of `POST /placements/page`.
 * @returns recommendations by placement id; what is malformed is left out, and its place stays empty
 */
export function readPage(answer: unknown): ReadonlyMap<string, AnsweredRecommendation> {
  const placements = isFields(answer) && Array.isArray(answer["placements"]) ? answer["placements"] : [];
  const page = new Map<string, AnsweredRecommendation>();
  for (const placement of placements) {
    if (!isFields(placement)) continue;
    const { id, recommendation } = placement;
    if (isText(id) && isRecommendation(recommendation)) page.set(id, recommendation);
  }
  return page;
}

/** Reads the answer of `GET /catalog/products/:id`. */
export function readProduct(answer: unknown): PublicProduct | undefined {
  return isProduct(answer) ? answer : undefined;
}

function isProduct(value: unknown): value is PublicProduct {
  return (
    isFields(value) &&
    ["id", "title", "currency"].every((field) => isText(value[field])) &&
    isOptionalText(value["url"]) &&
    isOptionalText(value["image"]) &&
    areVariants(value["variants"])
  );
}

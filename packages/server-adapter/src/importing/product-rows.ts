/** Rows of a product file as products: a product a row, or its variants on rows of their own (Shopify, WooCommerce). */
import { type Market, type Product, toMinor, type Variant } from "@basketlift/engine/catalogue";
import type { ProductField } from "./product-column-names.ts";
import { readDates } from "./date-order.ts";
import { decideNumberStyle, type NumberStyle, readNumber } from "./numbers.ts";
import {
  optionsOf,
  pictureOf,
  plainText,
  readAttributes,
  readCategory,
  readIsActive,
  readRestrictions,
} from "./product-texts.ts";
import type { Skips } from "./report.ts";
import { rowsPerText, type StagedRows } from "./staged-table.ts";

export interface ProductReading {
  readonly market: Market;
  readonly now: Date;
  /** True when one cell lists several categories, as WooCommerce's "Categories" does. */
  readonly categoryLists: boolean;
}

/** A product while its rows are gathered. */
interface Draft {
  readonly id: string;
  readonly row: number;
  readonly line: number;
  readonly variants: Variant[];
}

const amountFields = ["price", "salePrice", "cost"] as const satisfies readonly ProductField[];

/**
 * @returns products in the order of their first row; each has at least one variant
 */
export function readProducts(staged: StagedRows<ProductField>, reading: ProductReading, skips: Skips): Product[] {
  const text = (field: ProductField, row: number): string => {
    const column = staged.column(field);
    return column.texts[column.codes[row]];
  };
  const { decimalMark } = numberStyleOf(staged);
  const amount = (field: ProductField, row: number): number | undefined => readNumber(text(field, row), decimalMark);
  const drafts = createDrafts(staged.line, text, skips);
  for (let row = 0; row < staged.rows; row++) {
    const draft = drafts.of(row);
    if (!draft || isOnlyPicture(text, row, draft)) continue;
    const options = optionsOf(text, row, draft.row);
    const price = amount("salePrice", row) ?? amount("price", row);
    const cost = amount("cost", row);
    const stock = amount("stock", row);
    drafts.addVariant(draft, row, {
      ...(options && { options }),
      prices: price !== undefined && price >= 0 ? { [reading.market.id]: toMinor(price, reading.market.currency) } : {},
      ...(cost !== undefined && cost >= 0 && { cost: toMinor(cost, reading.market.currency) }),
      ...(stock !== undefined && { stock }),
    });
  }
  const published = publishedTimes(staged, reading);
  return drafts.all().flatMap((draft) => {
    const restrictions = readRestrictions((field) => text(field, draft.row));
    if (restrictions && "unreadable" in restrictions) {
      skips.add("unreadable-restriction", draft.line, restrictions.unreadable);
      return [];
    }
    return [{ ...productOf(draft, text, reading, published(draft.row)), ...(restrictions && { restrictions }) }];
  });
}

/** How a product file writes decimals. */
export function numberStyleOf(staged: StagedRows<ProductField>): NumberStyle {
  return decideNumberStyle(
    amountFields.flatMap((field) => {
      const column = staged.column(field);
      const rows = rowsPerText(column);
      return column.texts.map((text, code) => [text, rows[code]] as const);
    }),
  );
}

type Text = (field: ProductField, row: number) => string;

function createDrafts(line: Uint32Array, text: Text, skips: Skips) {
  const byId = new Map<string, Draft>();
  const variantIds = new Set<string>();
  /** WooCommerce names a variation's parent by id ("id:44") or by SKU. */
  const bySku = new Map<string, Draft>();

  function parentOf(row: number): Draft | undefined {
    const parent = text("parent", row);
    return byId.get(parent.replace(/^id:/, "")) ?? bySku.get(parent);
  }
  return {
    all: (): Draft[] =>
      [...byId.values()].map((draft) =>
        draft.variants.length > 0 ? draft : { ...draft, variants: [{ id: draft.id, prices: {} }] },
      ),
    of(row: number): Draft | undefined {
      if (text("variantKind", row) === "variation") {
        const parent = parentOf(row);
        if (!parent) skips.add("unknown-parent", line[row], text("parent", row) || "blank");
        return parent;
      }
      const id = text("product", row) || text("variant", row) || text("title", row);
      if (!id) {
        skips.add("no-product", line[row], "blank");
        return undefined;
      }
      let draft = byId.get(id);
      if (!draft) byId.set(id, (draft = { id, row, line: line[row], variants: [] }));
      if (text("variant", row)) bySku.set(text("variant", row), draft);
      // A variable product is sold as its variations only.
      return text("variantKind", row).startsWith("variable") ? undefined : draft;
    },
    addVariant(draft: Draft, row: number, variant: Omit<Variant, "id">): void {
      const own =
        text("variantKind", row) === "variation" ? text("variant", row) || text("product", row) : text("variant", row);
      const told = Object.values(variant.options ?? {}).join(" / ");
      const candidates = [
        own,
        draft.variants.length === 0 ? draft.id : "",
        told && `${draft.id}/${told}`,
        own && `${draft.id}/${own}`,
      ];
      const siblings = new Set(draft.variants.map((sibling) => sibling.id));
      const id =
        own && siblings.has(own) ? undefined : candidates.find((candidate) => candidate && !variantIds.has(candidate));
      if (id === undefined) {
        skips.add("repeated-product", line[row], own || draft.id);
        return;
      }
      variantIds.add(id);
      draft.variants.push({ id, ...variant });
    },
  };
}

/** Shopify puts further pictures of a product on rows that hold nothing else. */
function isOnlyPicture(text: Text, row: number, draft: Draft): boolean {
  if (row === draft.row) return false;
  const ownFields = ["price", "variant", "option1Value", "title"] as const;
  return ownFields.every((field) => text(field, row) === "");
}

function productOf(draft: Draft, text: Text, reading: ProductReading, publishedAt: string | undefined): Product {
  const of = (field: ProductField): string => text(field, draft.row);
  const description = plainText(of("description"));
  const category = readCategory(of("category") || of("type"), reading.categoryLists);
  const attributes = readAttributes(of("attributes"), of("tags"));
  const active = readIsActive(of("active"));
  const image = pictureOf(of("image"));
  return {
    id: draft.id,
    title: of("title") || draft.id,
    ...(description && { description }),
    ...(of("url") && { url: of("url") }),
    ...(image && { image }),
    ...(of("brand") && { brand: of("brand") }),
    ...(category && { category }),
    ...(attributes && { attributes }),
    ...(publishedAt && { publishedAt }),
    ...(active !== undefined && { active }),
    variants: draft.variants,
  };
}

function publishedTimes(
  staged: StagedRows<ProductField>,
  { market, now }: ProductReading,
): (row: number) => string | undefined {
  const column = staged.column("publishedAt");
  const { at } = readDates(column.texts, rowsPerText(column), {
    timeZone: market.timeZone,
    now: now.getTime(),
    fallback: market.country === "US" ? "month-first" : "day-first",
  });
  return (row) => {
    const time = at[column.codes[row]];
    return Number.isNaN(time) ? undefined : new Date(time).toISOString();
  };
}

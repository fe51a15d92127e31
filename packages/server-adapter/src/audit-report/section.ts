/** One part of the report, before it is laid out as text or as a page. */
import type { NamedProduct } from "@basketlift/engine/audit";

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
  /** Left out first where there is no room; the page has room for all. */
  readonly detail?: boolean;
}

export interface Table {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

export interface Section {
  readonly id:
    | "shop"
    | "evidence"
    | "companions"
    | "open-pairs"
    | "thresholds"
    | "holdout"
    | "quality"
    | "notes"
    | "data";
  readonly title: string;
  /** Paragraphs before the table. */
  readonly lead: readonly string[];
  /** Never without a row. */
  readonly table?: Table;
  /** Lines after the table. */
  readonly remarks: readonly string[];
}

export const left = (title: string): Column => ({ title, align: "left" });
export const right = (title: string): Column => ({ title, align: "right" });
export const detail = (column: Column): Column => ({ ...column, detail: true });

/** A product's title, with its id where that says more. */
export function label({ id, title }: NamedProduct): string {
  return plain(id) === plain(title) ? title : `${title} (${id})`;
}

/** "Round Stoneware Teapot" and `round-stoneware-teapot` say the same. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{Letter}\p{Number}]/gu, "");
}

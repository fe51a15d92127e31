/** Writes products. A variant belongs to one product in the whole shop: that is held here, where all writes pass. */
import type { Product } from "@basketlift/engine/catalogue";
import { sql, type SQL } from "drizzle-orm";
import { bump } from "../database/versions.ts";
import type { Database } from "../server/services.ts";
import { notes, type ImportLog, type Transaction } from "./undo/import-log.ts";

export type ProductOutcome =
  | { readonly status: "created" | "updated" | "unchanged" }
  | { readonly status: "invalid"; readonly detail: string };

/**
 * Creates and replaces products, in their order.
 * @param updatedAt milliseconds since 1970, UTC
 * @param log of the import that they come from, where it is one that can be taken back
 * @returns what became of each
 * @throws ImportStopped when the import is being taken back
 */
export async function upsertProductRows(
  db: Database,
  given: readonly Product[],
  updatedAt: number,
  log?: ImportLog,
): Promise<readonly ProductOutcome[]> {
  if (given.length === 0) return [];
  return db.transaction(async (tx) => {
    await log?.hold(tx);
    return upsertWithin(tx, given, updatedAt, log);
  });
}

/** The same, as a part of a transaction. */
export async function upsertWithin(
  tx: Transaction,
  given: readonly Product[],
  updatedAt: number,
  log?: ImportLog,
): Promise<readonly ProductOutcome[]> {
  await lockCatalogue(tx);
  const owners = await findOwners(tx, given);
  const chosen = new Map<string, Product>();
  const judged = given.map((product) => {
    const taken = product.variants.findIndex(({ id }) => (owners.ofVariant.get(id) ?? product.id) !== product.id);
    if (taken >= 0) {
      const { id } = product.variants[taken];
      return `/variants/${taken}/id: variant ${id} belongs to product ${owners.ofVariant.get(id)}`;
    }
    owners.replace(product);
    chosen.set(product.id, product);
    return undefined;
  });
  const { written, noted } = await write(tx, [...chosen.values()], updatedAt, log?.isOpen ? log.importId : undefined);
  await log?.noted(tx, noted);
  if (written.size > 0) await bump(tx, "products");
  return given.map(({ id }, index) => {
    const fault = judged[index];
    if (fault !== undefined) return { status: "invalid", detail: fault };
    if (!written.has(id)) return { status: "unchanged" };
    return { status: owners.products.has(id) ? "updated" : "created" };
  });
}

/** Others may read; who writes waits. */
export async function lockCatalogue(tx: Transaction): Promise<void> {
  await tx.execute(sql`lock table products in share row exclusive mode`);
}

/** Which product has which variant, among the products and variants of a batch. */
interface Owners {
  /** Ids that were there before. */
  readonly products: ReadonlySet<string>;
  readonly ofVariant: ReadonlyMap<string, string>;
  /** The product has these variants now, and no others. */
  replace(product: Product): void;
}

async function findOwners(tx: Transaction, given: readonly Product[]): Promise<Owners> {
  const ids = given.map(({ id }) => id);
  const variantIds = given.flatMap(({ variants }) => variants.map(({ id }) => id));
  const { rows } = await tx.execute<{ id: string; variants: readonly string[] }>(sql`
    select id, jsonb_path_query_array(body, '$.variants[*].id') as variants from products
    where id = any(${sql.param(ids)}::text[])
      or jsonb_path_query_array(body, '$.variants[*].id') ?| ${sql.param(variantIds)}::text[]`);
  const variantsOf = new Map(rows.map(({ id, variants }) => [id, variants]));
  const ofVariant = new Map(rows.flatMap(({ id, variants }) => variants.map((variant) => [variant, id] as const)));
  return {
    products: new Set(variantsOf.keys()),
    ofVariant,
    replace({ id, variants }) {
      for (const variant of variantsOf.get(id) ?? []) ofVariant.delete(variant);
      variantsOf.set(
        id,
        variants.map((variant) => variant.id),
      );
      for (const variant of variants) ofVariant.set(variant.id, id);
    },
  };
}

/**
 * @param importId notes for this import what becomes of the products
 * @returns the ids of those that were new or differed, and the bytes that the notes take up
 */
async function write(
  tx: Transaction,
  given: readonly Product[],
  updatedAt: number,
  importId?: string,
): Promise<{ readonly written: ReadonlySet<string>; readonly noted: number }> {
  const noting = importId === undefined ? sql`noted as (select 0 as bytes)` : productNotes(importId);
  const { rows } = await tx.execute<{ ids: readonly string[]; bytes: number }>(sql`
    with given as materialized (
      select body->>'id' as id, body from jsonb_array_elements(${JSON.stringify(given)}::jsonb) as body),
    written as (
      insert into products (id, title, active, published_at, body, updated_at)
      select id, body->>'title', coalesce((body->>'active')::boolean, true),
        (body->>'publishedAt')::timestamptz, body, ${new Date(updatedAt).toISOString()}::timestamptz
      from given
      on conflict (id) do update set title = excluded.title, active = excluded.active,
        published_at = excluded.published_at, body = excluded.body, updated_at = excluded.updated_at
      where products.body is distinct from excluded.body
      returning id),
    ${noting}
    select array(select id from written) as ids, coalesce((select sum(bytes) from noted), 0)::float8 as bytes`);
  const [{ ids, bytes }] = rows;
  return { written: new Set(ids), noted: bytes };
}

function productNotes(importId: string): SQL {
  return notes(importId, {
    kind: "product",
    known: sql`products`,
    before: sql`known.body`,
    md5: sql`md5(given.body::text)`,
    isConfirmed: sql`true`,
  });
}

/** Writes products. A variant belongs to one product in the whole shop: that is held here, where all writes pass. */
import type { Product } from "@basketlift/engine/catalogue";
import { sql } from "drizzle-orm";
import { bump } from "../database/versions.ts";
import type { Database } from "../server/services.ts";

type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

export type ProductOutcome =
  | { readonly status: "created" | "updated" | "unchanged" }
  | { readonly status: "invalid"; readonly detail: string };

/**
 * Creates and replaces products, in their order.
 * @param updatedAt milliseconds since 1970, UTC
 * @returns what became of each
 */
export async function upsertProductRows(
  db: Database,
  given: readonly Product[],
  updatedAt: number,
): Promise<readonly ProductOutcome[]> {
  if (given.length === 0) return [];
  return db.transaction(async (tx) => {
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
    const written = await write(tx, [...chosen.values()], updatedAt);
    if (written.size > 0) await bump(tx, "products");
    return given.map(({ id }, index) => {
      const fault = judged[index];
      if (fault !== undefined) return { status: "invalid", detail: fault };
      if (!written.has(id)) return { status: "unchanged" };
      return { status: owners.products.has(id) ? "updated" : "created" };
    });
  });
}

/** Others may read; who writes waits. */
async function lockCatalogue(tx: Transaction): Promise<void> {
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

/** @returns the ids of those that were new or differed */
async function write(tx: Transaction, given: readonly Product[], updatedAt: number): Promise<ReadonlySet<string>> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    insert into products (id, title, active, published_at, body, updated_at)
    select body->>'id', body->>'title', coalesce((body->>'active')::boolean, true),
      (body->>'publishedAt')::timestamptz, body, ${new Date(updatedAt).toISOString()}::timestamptz
    from jsonb_array_elements(${JSON.stringify(given)}::jsonb) as body
    on conflict (id) do update set title = excluded.title, active = excluded.active,
      published_at = excluded.published_at, body = excluded.body, updated_at = excluded.updated_at
    where products.body is distinct from excluded.body
    returning id`);
  return new Set(rows.map(({ id }) => id));
}

/** Which product a code in an order file means, in a shop whose products are known: the product, or one of its variants. */
import { sql } from "drizzle-orm";
import type { Database } from "../server/services.ts";

export interface KnownProducts {
  /**
   * Whether the shop has told its catalogue, with pages, pictures or categories. Then a product that only orders name is
   * no longer sold; a shop known from orders alone sells what its orders name.
   */
  readonly isCatalogue: boolean;
  /** @returns undefined when the code is neither a product nor a variant */
  find(code: string): { readonly productId: string; readonly variantId?: string } | undefined;
}

export async function loadKnownProducts(db: Database): Promise<KnownProducts> {
  const { rows } = await db.execute<{ id: string; variants: readonly string[]; told: boolean }>(sql`
    select id, jsonb_path_query_array(body, '$.variants[*].id') as variants,
      body ?| array['url', 'image', 'category'] as told
    from products`);
  const products = new Set(rows.map(({ id }) => id));
  const productOfVariant = new Map(
    rows.flatMap(({ id, variants }) => variants.map((variant) => [variant, id] as const)),
  );
  return {
    isCatalogue: rows.some(({ told }) => told),
    find(code) {
      if (products.has(code)) return { productId: code };
      const productId = productOfVariant.get(code);
      return productId === undefined ? undefined : { productId, variantId: code };
    },
  };
}

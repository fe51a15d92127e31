/** The shop's own catalogue: what its pages show. A real shop has this in its shop system. */
import type { Market, Product, Variant } from "@basketlift/engine/catalogue";

/** A product as a page shows it. */
export interface ShopProduct {
  readonly id: string;
  readonly title: string;
  readonly description: string | undefined;
  readonly image: string | undefined;
  readonly brand: string | undefined;
  /** From the root down. */
  readonly category: readonly string[];
  readonly details: readonly (readonly [name: string, value: string])[];
  readonly variants: readonly ShopVariant[];
}

export interface ShopVariant {
  readonly id: string;
  /** What sets it apart, in words; empty for an only one. */
  readonly name: string;
  /** Minor units of the shop's currency. */
  readonly price: number;
  readonly isInStock: boolean;
}

/** A category with what is below it. */
export interface ShopCategory {
  /** For addresses: `tea-coffee/teapots`. */
  readonly slug: string;
  readonly name: string;
  readonly path: readonly string[];
  readonly products: readonly ShopProduct[];
}

export interface ShopCatalogue {
  readonly market: Market;
  readonly products: readonly ShopProduct[];
  /** Of the first level, in the catalogue's order. */
  readonly departments: readonly ShopCategory[];
  product(id: string): ShopProduct | undefined;
  /** The product that a variant belongs to, and the variant. */
  variant(id: string): { readonly product: ShopProduct; readonly variant: ShopVariant } | undefined;
  category(slug: string): ShopCategory | undefined;
  /** The categories one level below. */
  within(category: ShopCategory): readonly ShopCategory[];
}

/** @param market the one the shop sells in; products without a price there are left out */
export function createShopCatalogue(products: readonly Product[], [market]: readonly Market[]): ShopCatalogue {
  const shown = products.flatMap((product) => shopProduct(product, market));
  const byId = new Map(shown.map((product) => [product.id, product]));
  const byVariant = new Map(
    shown.flatMap((product) => product.variants.map((variant) => [variant.id, { product, variant }] as const)),
  );
  const categories = categoriesOf(shown);
  return {
    market,
    products: shown,
    departments: [...categories.values()].filter(({ path }) => path.length === 1),
    product: (id) => byId.get(id),
    variant: (id) => byVariant.get(id),
    category: (slug) => categories.get(slug),
    within: ({ slug, path }) =>
      [...categories.values()].filter(
        (below) => below.path.length === path.length + 1 && below.slug.startsWith(`${slug}/`),
      ),
  };
}

function shopProduct(product: Product, market: Market): ShopProduct[] {
  const variants = product.variants.flatMap((variant) => shopVariant(variant, market));
  if (product.active === false || variants.length === 0) return [];
  const { id, title, description, image, brand, category = [], attributes = {} } = product;
  const details = Object.entries(attributes).map(
    ([name, value]) => [name, typeof value === "string" ? value : value.join(", ")] as const,
  );
  return [{ id, title, description, image, brand, category, details, variants }];
}

function shopVariant({ id, options = {}, prices, stock = 1 }: Variant, market: Market): ShopVariant[] {
  const price = prices[market.id];
  return price === undefined ? [] : [{ id, name: Object.values(options).join(", "), price, isInStock: stock > 0 }];
}

function categoriesOf(products: readonly ShopProduct[]): ReadonlyMap<string, ShopCategory> {
  const found = new Map<string, ShopCategory & { readonly products: ShopProduct[] }>();
  for (const product of products) {
    for (let depth = 1; depth <= product.category.length; depth++) {
      const path = product.category.slice(0, depth);
      const slug = slugOf(path);
      const category = found.get(slug) ?? { slug, path, name: path[depth - 1], products: [] };
      category.products.push(product);
      found.set(slug, category);
    }
  }
  return found;
}

/** @example slugOf(["Tea & Coffee", "Teapots"]); // "tea-coffee/teapots" */
export function slugOf(path: readonly string[]): string {
  return path
    .map((name) =>
      name
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, "-")
        .replace(/^-|-$/g, ""),
    )
    .join("/");
}

/** The variant a page begins with: the first that can be bought. */
export function firstVariant({ variants }: ShopProduct): ShopVariant {
  return variants.find(({ isInStock }) => isInStock) ?? variants[0];
}

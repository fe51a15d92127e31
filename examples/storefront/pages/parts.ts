/** Parts that several pages show. */
import { html } from "hono/html";
import { firstVariant, slugOf, type ShopProduct } from "../catalogue.ts";
import type { Markup, Shop } from "./layout.ts";

/** A picture in a box that never changes its size. */
export function picture({ image, title }: ShopProduct, { alt = "", loading = "lazy" } = {}): Markup {
  if (image === undefined)
    return html`<span class="picture picture--none" aria-hidden="true">${title.slice(0, 1)}</span>`;
  return html`<span class="picture"
    ><img src="${image}" alt="${alt}" width="400" height="400" loading="${loading}" decoding="async"
  /></span>`;
}

export function productGrid(shop: Shop, products: readonly ShopProduct[]): Markup {
  return html`<ul class="grid" role="list">
    ${products.map(
      (product) =>
        html`<li>
          <a class="tile" href="/products/${product.id}">
            ${picture(product)}
            <span class="tile__title">${product.title}</span>
            <span class="tile__price">${priceRange(shop, product)}</span>
          </a>
        </li>`,
    )}
  </ul>`;
}

/** "from" where variants differ in price. */
export function priceRange(shop: Shop, product: ShopProduct): string {
  const prices = product.variants.map(({ price }) => price);
  const lowest = Math.min(...prices);
  if (!product.variants.some(({ isInStock }) => isInStock)) return "Out of stock";
  return lowest === Math.max(...prices) ? shop.money(firstVariant(product).price) : `from ${shop.money(lowest)}`;
}

/** The way down to a category; the last step may be where we are. */
export function breadcrumbs(path: readonly string[], here?: string): Markup {
  return html`<nav class="breadcrumbs" aria-label="Breadcrumbs">
    <ol>
      <li><a href="/">Home</a></li>
      ${path.map((name, depth) => html`<li><a href="/category/${slugOf(path.slice(0, depth + 1))}">${name}</a></li>`)}
      ${here === undefined ? "" : html`<li aria-current="page">${here}</li>`}
    </ol>
  </nav>`;
}

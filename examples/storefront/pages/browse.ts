/** Home and category pages. */
import { html } from "hono/html";
import type { ShopCatalogue, ShopCategory, ShopProduct } from "../catalogue.ts";
import type { Page, Shop } from "./layout.ts";
import { breadcrumbs, picture, productGrid } from "./parts.ts";

const perPage = 24;
const onShelf = 10;

export function homePage(shop: Shop, { departments, products }: ShopCatalogue): Page {
  return {
    title: shop.name,
    sheet: "browse",
    main: html`<section class="hero">
        <h1>Good things for every room</h1>
        <p>Tea, tableware, linen and light: made to be used every day and to last.</p>
      </section>
      <section class="row">
        <basketlift-recommendations
          placement="homepage"
          limit="12"
          heading="Picked for you"
        ></basketlift-recommendations>
      </section>
      <section class="departments" aria-labelledby="departments">
        <h2 id="departments">Departments</h2>
        <ul role="list">
          ${departments.map(
            (category) =>
              html`<li>
                <a class="department" href="/category/${category.slug}">
                  ${picture(category.products[0])}
                  <span class="department__name">${category.name}</span>
                  <span class="department__count">${category.products.length} products</span>
                </a>
              </li>`,
          )}
        </ul>
      </section>
      <section class="shelf" aria-labelledby="shelf">
        <h2 id="shelf">From all over the shop</h2>
        ${productGrid(shop, spread(products, onShelf))}
      </section>`,
  };
}

/** @param page from 1 */
export function categoryPage(shop: Shop, catalogue: ShopCatalogue, category: ShopCategory, page: number): Page {
  const pages = Math.ceil(category.products.length / perPage);
  const shown = category.products.slice((page - 1) * perPage, page * perPage);
  const below = catalogue.within(category);
  return {
    title: `${category.name} - ${shop.name}`,
    sheet: "browse",
    main: html`${breadcrumbs(category.path.slice(0, -1), category.name)}
      <h1>${category.name}</h1>
      ${
        below.length === 0
          ? ""
          : html`<ul class="chips" role="list">
              ${below.map(
                (each) =>
                  html`<li>
                    <a class="chip" href="/category/${each.slug}"
                      >${each.name} <span class="chip__count">${each.products.length}</span></a
                    >
                  </li>`,
              )}
            </ul>`
      }
      <p class="count">${category.products.length} products</p>
      ${productGrid(shop, shown)} ${pages > 1 ? pager(category, page, pages) : ""}
      <section class="row">
        <basketlift-recommendations
          placement="category"
          limit="12"
          heading="Picked for you"
        ></basketlift-recommendations>
      </section>`,
  };
}

function pager({ slug }: ShopCategory, page: number, pages: number) {
  const link = (to: number, words: string) =>
    to >= 1 && to <= pages
      ? html`<a class="button button--quiet" href="/category/${slug}?page=${to}">${words}</a>`
      : "";
  return html`<nav class="pager" aria-label="Pages">
    ${link(page - 1, "Previous")} <span>Page ${page} of ${pages}</span> ${link(page + 1, "Next")}
  </nav>`;
}

/** Some of everything, evenly. */
function spread(products: readonly ShopProduct[], count: number): readonly ShopProduct[] {
  const step = Math.max(1, Math.floor(products.length / count));
  return products.filter((_, index) => index % step === Math.floor(step / 2)).slice(0, count);
}

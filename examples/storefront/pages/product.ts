/** The product page. The form works by itself; the page's script adds without leaving. */
import { html } from "hono/html";
import { firstVariant, type ShopProduct } from "../catalogue.ts";
import type { Markup, Page, Shop } from "./layout.ts";
import { breadcrumbs, picture } from "./parts.ts";

export function productPage(shop: Shop, product: ShopProduct): Page {
  const first = firstVariant(product);
  return {
    title: `${product.title} - ${shop.name}`,
    productId: product.id,
    sheet: "product",
    main: html`${breadcrumbs(product.category)}
      <article class="product">
        <div class="product__picture">${picture(product, { alt: product.title, loading: "eager" })}</div>
        <div class="product__details">
          ${product.brand === undefined ? "" : html`<p class="product__brand">${product.brand}</p>`}
          <h1>${product.title}</h1>
          <p class="product__price">${shop.money(first.price)}</p>
          ${buyForm(shop, product)} ${product.description === undefined ? "" : html`<p>${product.description}</p>`}
          ${details(product)}
        </div>
      </article>
      <section class="row">
        <basketlift-bought-together product-id="${product.id}" variant-id="${first.id}"></basketlift-bought-together>
      </section>
      <section class="row">
        <basketlift-recommendations
          placement="pdp"
          product-id="${product.id}"
          strategy="similar"
          limit="12"
          heading="Similar products"
        ></basketlift-recommendations>
      </section>
      <section class="row">
        <basketlift-recommendations
          placement="pdp"
          strategy="personal"
          limit="12"
          heading="Picked for you"
        ></basketlift-recommendations>
      </section>`,
  };
}

function buyForm(shop: Shop, { id, variants }: ShopProduct): Markup {
  if (!variants.some(({ isInStock }) => isInStock)) return html`<p class="product__gone">Out of stock</p>`;
  const first = variants.findIndex(({ isInStock }) => isInStock);
  const differs = new Set(variants.map(({ price }) => price)).size > 1;
  const choices =
    variants.length === 1
      ? html`<input type="hidden" name="variantId" value="${variants[0].id}" />`
      : html`<fieldset class="variants">
          <legend>Choose</legend>
          ${variants.map(
            (variant, place) =>
              html`<label class="variants__choice">
                <input
                  type="radio"
                  name="variantId"
                  value="${variant.id}"
                  ${place === first ? "checked" : ""}
                  ${variant.isInStock ? "" : "disabled"}
                />
                <span>${variant.name}${differs ? `, ${shop.money(variant.price)}` : ""}</span>
              </label>`,
          )}
        </fieldset>`;
  return html`<form method="post" action="/cart" data-buy data-product-id="${id}">
    ${choices}
    <button class="button product__add">Add to cart</button>
    <p class="product__message" role="status" data-message></p>
  </form>`;
}

function details({ details }: ShopProduct): Markup | string {
  if (details.length === 0) return "";
  return html`<dl class="attributes">
    ${details.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** The demo shop's pictures at addresses of their own: drawn into the catalogue they would make up most of an answer. */
import type { Product } from "@basketlift/engine/catalogue";
import { createDemoCatalogue, drawProduct } from "@basketlift/engine/simulation";
import type { Hono } from "hono";

const root = "/demo/pictures";

/**
 * @returns where the picture of a product of the demo shop is served
 * @example
 * createDemoShop({ picture: demoPictureAddress });
 */
export function demoPictureAddress({ id }: Pick<Product, "id">): string {
  return `${root}/${id}.svg`;
}

/** Adds the pictures. The catalogue is made when the first one is asked for: most servers serve other shops. */
export function addDemoPictures(app: Hono): void {
  let products: ReadonlyMap<string, Product> | undefined;
  app.get(`${root}/:file{.+\\.svg}`, (context) => {
    products ??= new Map(createDemoCatalogue({ picture: () => "" }).products.map((product) => [product.id, product]));
    const product = products.get(context.req.param("file").slice(0, -".svg".length));
    if (!product) return context.notFound();
    return context.body(drawProduct(product), 200, {
      "content-type": "image/svg+xml",
      "cache-control": "public, max-age=86400",
      "x-content-type-options": "nosniff",
    });
  });
}

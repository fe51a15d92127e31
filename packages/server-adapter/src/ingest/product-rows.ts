/** Reads products one by one: each is checked as the engine would check it, so that no row can spoil a training. */
import { InvalidInput } from "@basketlift/engine";
import { createCatalogue, type Market, type Product } from "@basketlift/engine/catalogue";
import type { z } from "zod";
import { productInput } from "../contract/data.ts";
import { faultsInWords, isStorable, pointersOf } from "./input.ts";

type GivenProduct = z.output<typeof productInput>;

/** A product that cannot be taken. */
export interface ProductRefusal {
  readonly id: string;
  readonly fault: string;
}

/** @returns the product, or its fault with a pointer */
export function readProduct(input: unknown, markets: readonly Market[]): Product | ProductRefusal {
  const parsed = productInput.safeParse(input);
  if (!parsed.success) return { id: idOf(input), fault: faultsInWords(pointersOf(parsed.error)) };
  const product = plainProduct(parsed.data);
  const fault = isStorable(product)
    ? engineFault(product, markets)
    : "/: a text holds characters that cannot be stored";
  return fault === undefined ? product : { id: product.id, fault };
}

function engineFault(product: Product, markets: readonly Market[]): string | undefined {
  try {
    createCatalogue({ products: [product], markets });
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const pointer = error.path.replace(/^products\[0\]/, "").replaceAll(/\[(\d+)\]|\.([^.[]+)/g, "/$1$2");
    return `${pointer}: ${error.message}`;
  }
}

function idOf(input: unknown): string {
  if (typeof input !== "object" || input === null || !("id" in input)) return "";
  return typeof input.id === "string" ? input.id.slice(0, 200) : "";
}

/** The engine's types know absent fields, not undefined ones. */
function plainProduct({ variants, ...given }: GivenProduct): Product {
  const { id, title, description, url, image, brand, category, attributes, publishedAt, active, restrictions } = given;
  return {
    id,
    title,
    ...(description !== undefined && { description }),
    ...(url !== undefined && { url }),
    ...(image !== undefined && { image }),
    ...(brand !== undefined && { brand }),
    ...(category !== undefined && { category }),
    ...(attributes !== undefined && { attributes }),
    ...(publishedAt !== undefined && { publishedAt }),
    ...(active !== undefined && { active }),
    ...(restrictions !== undefined && { restrictions }),
    variants: variants.map(({ id: variantId, options, prices, cost, stock }) => ({
      id: variantId,
      ...(options !== undefined && { options }),
      prices,
      ...(cost !== undefined && { cost }),
      ...(stock !== undefined && { stock }),
    })),
  };
}

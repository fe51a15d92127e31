/** At most so many of a kind in one answer. A kind that is full leaves the pool before the next pick. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Strategy } from "./strategy.ts";

export interface Cap {
  /** Of a product; products below 0 are of no kind, and never too many. */
  readonly kindOf: (product: number) => number;
  readonly most: number;
}

/** The caps that a strategy sets. */
export function capsOf({ perCategory, perBrand }: Strategy, { categoryOf, brandOf }: Catalogue): Cap[] {
  const caps: Cap[] = [];
  if (perCategory !== undefined) caps.push({ kindOf: (product) => categoryOf[product], most: perCategory });
  if (perBrand !== undefined) caps.push({ kindOf: (product) => brandOf[product], most: perBrand });
  return caps;
}

/**
 * @param products by place of the pool
 * @param open 1 at places that may still be picked
 * @returns what to call after each pick; it closes the places of kinds that are full
 */
export function keepCaps(caps: readonly Cap[], products: Uint32Array, open: Uint8Array): (picked: number) => void {
  const shown = caps.map(() => new Map<number, number>());
  return (picked) => {
    for (const [index, { kindOf, most }] of caps.entries()) {
      const kind = kindOf(picked);
      if (kind < 0) continue;
      const count = (shown[index].get(kind) ?? 0) + 1;
      shown[index].set(kind, count);
      if (count < most) continue;
      for (let place = 0; place < products.length; place++) if (kindOf(products[place]) === kind) open[place] = 0;
    }
  };
}

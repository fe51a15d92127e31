/** The merchant's to-do list: which products with believed companions to show those companions beside. */
import type { Affinities } from "../association/affinity.ts";
import { companionsOf, partnerOf } from "../association/companions.ts";
import { availabilityOf, type Catalogue } from "../catalogue/catalogue.ts";
import type { Product } from "../catalogue/product.ts";
import type { SessionHistory } from "../history/session-history.ts";
import { interactionCode } from "../history/session-history.ts";
import { rowOf } from "../matrix/sparse.ts";
import { TopK } from "../matrix/top-k.ts";
import { figure, named, share, type Figure, type NamedProduct } from "./figure.ts";

/** A product to show on another one's page. */
export interface Companion extends NamedProduct {
  /** Share of the orders with the page's product that hold the companion too. */
  readonly confidence: Figure;
  readonly lift: Figure;
}

/** One product page to mend. */
export interface CompanionPage {
  readonly product: NamedProduct;
  /** What the list is ordered by: visits that looked at the product, or its orders where visits are not known. */
  readonly reach: Figure;
  /** Believed companions that the page does not link yet, the surest first. */
  readonly show: readonly Companion[];
  /** Believed companions that it links already. */
  readonly alreadyLinked: Figure;
}

/** For how many product pages there is something to show, and what. */
export interface CompanionSection {
  /** Whether `reach` counts visits or orders. */
  readonly rankedBy: "sessions" | "orders";
  /** Whether any product says what it links (attribute `related`); if not, some of the list may be done already. */
  readonly linksKnown: boolean;
  /** Products on sale with at least one companion to show, of which `pages` are the first. */
  readonly products: Figure;
  readonly pages: readonly CompanionPage[];
}

export interface CompanionOptions {
  readonly affinities: Affinities;
  readonly catalogue: Catalogue;
  readonly sessions?: SessionHistory | undefined;
  /** Pages listed at most. */
  readonly limit: number;
  /** Companions a page at most. */
  readonly companions: number;
}

/** Companions that are not on sale or out of stock are left out, as are pages of products that are not on sale. */
export function companionSection({
  affinities,
  catalogue,
  sessions,
  limit,
  companions,
}: CompanionOptions): CompanionSection {
  const reach = sessions ? sessionsOfProduct(sessions) : affinities.productBaskets;
  const showable = catalogue.products.map(
    (product) => product.active !== false && availabilityOf(product) !== "out-of-stock",
  );
  const best = new TopK(limit);
  let products = 0;
  let linksKnown = false;
  for (const [index, product] of catalogue.products.entries()) {
    const links = linkedIds(product);
    if (links.size > 0) linksKnown = true;
    if (product.active === false) continue;
    const missing = rowOf(affinities.pairsOf, index).some((pair) => {
      const other = partnerOf(affinities, pair, index);
      return showable[other] && !links.has(catalogue.ids.idOf(other));
    });
    if (!missing) continue;
    products++;
    best.offer(index, reach[index]);
  }
  const unit = sessions ? "sessions" : "orders";
  return {
    rankedBy: unit,
    linksKnown,
    products: figure(products, "products"),
    pages: Array.from(best.ranked().products, (index) => ({
      product: named(catalogue, index),
      reach: figure(reach[index], unit),
      ...companionsToShow(affinities, catalogue, index, showable, companions),
    })),
  };
}

function companionsToShow(
  affinities: Affinities,
  catalogue: Catalogue,
  index: number,
  showable: readonly boolean[],
  limit: number,
): Pick<CompanionPage, "show" | "alreadyLinked"> {
  const links = linkedIds(catalogue.products[index]);
  const believed = companionsOf(affinities, index, rowOf(affinities.pairsOf, index).length);
  const open = believed.filter(({ product }) => !links.has(catalogue.ids.idOf(product)));
  const { productBaskets, facts } = affinities;
  return {
    show: open
      .filter(({ product }) => showable[product])
      .slice(0, limit)
      .map(({ product, count, lift, liftLower, liftUpper }) => ({
        ...named(catalogue, product),
        confidence: share(count, productBaskets[index], facts.confidence),
        lift: figure(lift, "ratio", { lower: liftLower, upper: liftUpper, level: facts.confidence }),
      })),
    alreadyLinked: figure(believed.length - open.length, "products"),
  };
}

/** Product ids of the attribute `related`: a list, or one text with commas between, as feeds have it. */
function linkedIds({ attributes }: Product): ReadonlySet<string> {
  const related = attributes?.["related"];
  if (related === undefined) return new Set();
  return new Set(typeof related === "string" ? related.split(",").map((id) => id.trim()) : related);
}

/** In how many visits each product was looked at. */
function sessionsOfProduct({ offsets, product, kind, productCount }: SessionHistory): Uint32Array {
  const sessions = new Uint32Array(productCount);
  const seenIn = new Int32Array(productCount).fill(-1);
  for (let session = 0; session + 1 < offsets.length; session++) {
    for (let event = offsets[session]; event < offsets[session + 1]; event++) {
      if (kind[event] !== interactionCode.view || seenIn[product[event]] === session) continue;
      seenIn[product[event]] = session;
      sessions[product[event]]++;
    }
  }
  return sessions;
}

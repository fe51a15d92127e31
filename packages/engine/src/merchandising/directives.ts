/** What the matching rules want of one answer, with their quarrels settled by priority. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Market } from "../catalogue/product.ts";
import type { Action } from "./action.ts";
import type { ProductCondition } from "./condition.ts";
import type { ProductSet, ProductSets } from "./product-sets.ts";
import type { MerchandisingRule } from "./rule.ts";

/** The wish of a rule that is about some products. */
interface OfProducts {
  /** Id of the rule. */
  readonly rule: string;
  readonly products: ProductSet;
}

export interface Multiplier extends OfProducts {
  readonly factor: number;
}

export interface ProductFilter extends OfProducts {
  readonly show: "only" | "never";
}

export interface PinnedProduct {
  readonly rule: string;
  /** Catalogue index. */
  readonly product: number;
  /** From 1. No other pin has it. */
  readonly position: number;
}

export interface ProductCap extends Partial<OfProducts> {
  readonly rule: string;
  readonly per?: "brand" | "category";
  readonly most: number;
}

export interface AttachedOffer extends Partial<OfProducts> {
  readonly rule: string;
  readonly offer: string;
}

/** What rules want of one answer. Each part names its rule, for the explanation. */
export interface Directives {
  readonly strategy?: { readonly rule: string; readonly id: string };
  readonly multipliers: readonly Multiplier[];
  readonly filters: readonly ProductFilter[];
  /** By position. */
  readonly pins: readonly PinnedProduct[];
  readonly caps: readonly ProductCap[];
  readonly offers: readonly AttachedOffer[];
  /** The product of all boosts and buries of a product; 1 when there are none. */
  factorOf(product: number): number;
  /** Id of the first rule that leaves a product out; undefined when it may be shown. */
  refusalOf(product: number): string | undefined;
}

/** Where and when the rules are applied. */
export interface Occasion {
  readonly catalogue: Catalogue;
  readonly sets: ProductSets;
  readonly market: Market;
  readonly at: number;
}

/**
 * @param rules those that match, the first to be heeded first
 * @returns one strategy, one pin a position and a product; pins of products that the catalogue does not know are left out
 */
export function resolveDirectives(rules: readonly MerchandisingRule[], occasion: Occasion): Directives {
  const draft = new DirectivesDraft(occasion);
  for (const { id, actions } of rules) for (const action of actions) draft.add(id, action);
  return draft.finish();
}

class DirectivesDraft {
  readonly #occasion: Occasion;
  #strategy: Directives["strategy"];
  readonly #multipliers: Multiplier[] = [];
  readonly #filters: ProductFilter[] = [];
  readonly #pins: PinnedProduct[] = [];
  readonly #caps: ProductCap[] = [];
  readonly #offers: AttachedOffer[] = [];

  constructor(occasion: Occasion) {
    this.#occasion = occasion;
  }

  add(rule: string, action: Action): void {
    switch (action.type) {
      case "boost":
      case "bury":
        this.#multipliers.push({ rule, products: this.#setOf(action.products), factor: action.factor });
        break;
      case "filter":
        this.#filters.push({ rule, products: this.#setOf(action.products), show: action.show });
        break;
      case "pin":
        this.#pin(rule, action.product, action.position);
        break;
      case "replace-strategy":
        this.#strategy ??= { rule, id: action.strategy };
        break;
      case "cap": {
        const { most, per, products } = action;
        this.#caps.push({ rule, most, ...(per && { per }), ...(products && { products: this.#setOf(products) }) });
        break;
      }
      case "attach-offer": {
        const { offer, products } = action;
        this.#offers.push({ rule, offer, ...(products && { products: this.#setOf(products) }) });
      }
    }
  }

  finish(): Directives {
    const multipliers = this.#multipliers;
    const filters = this.#filters;
    return {
      ...(this.#strategy && { strategy: this.#strategy }),
      multipliers,
      filters,
      pins: this.#pins.sort((one, other) => one.position - other.position),
      caps: this.#caps,
      offers: this.#offers,
      factorOf(product) {
        let factor = 1;
        for (const multiplier of multipliers) if (multiplier.products.has(product)) factor *= multiplier.factor;
        return factor;
      },
      refusalOf: (product) => filters.find(({ products, show }) => products.has(product) === (show === "never"))?.rule,
    };
  }

  #setOf(condition: ProductCondition): ProductSet {
    const { sets, market, at } = this.#occasion;
    return sets.of(condition, market, at);
  }

  #pin(rule: string, id: string, position: number): void {
    const product = this.#occasion.catalogue.ids.indexOf(id);
    const isTaken = this.#pins.some((pin) => pin.position === position || pin.product === product);
    if (product !== undefined && !isTaken) this.#pins.push({ rule, product, position });
  }
}

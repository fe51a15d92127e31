/** The variants of one product: its colours, or its sizes, each with prices, cost and stock. */
import type { Variant } from "../../../catalogue/product.ts";
import type { Random } from "../../../random/generator.ts";
import { between, happens } from "../chance.ts";
import type { ColourName } from "./colours.ts";
import type { Kind } from "./kind.ts";
import { euroPrice, poundPrice } from "./prices.ts";

/** What variants are made from. */
export interface VariantPlan {
  /** Id of the product. */
  readonly id: string;
  readonly kind: Kind;
  readonly colours: readonly ColourName[];
  readonly rank: number;
  /** Price of the first variant before it is tidied. */
  readonly euros: number;
}

/** Share of products that are gone altogether, and of single variants that are gone or nearly so. */
const soldOutProducts = 0.02;
const soldOutVariants = 0.05;
const lowVariants = 0.09;

export function variantsOf(random: Random, plan: VariantPlan): Variant[] {
  const margin = between(random, 0.42, 0.62);
  const isSoldOut = plan.rank > 0 && happens(random, soldOutProducts);
  return optionsOf(plan).map(({ suffix, options, factor }) => {
    const euros = plan.euros * factor;
    const price = euroPrice(euros);
    return {
      id: suffix ? `${plan.id}-${suffix}` : plan.id,
      ...(options && { options }),
      prices: { eu: price, gb: poundPrice(euros) },
      cost: Math.round((price / 1.23) * (1 - margin)),
      stock: isSoldOut ? 0 : stockOf(random, plan.rank),
    };
  });
}

interface VariantOption {
  readonly suffix: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly factor: number;
}

/** Colours when there is a choice, else sizes, else the one thing itself. */
function optionsOf({ kind, colours }: VariantPlan): readonly VariantOption[] {
  const { sizes } = kind;
  const sized: readonly VariantOption[] = sizes
    ? sizes.values.map(([label, factor]) => ({
        suffix: label.toLowerCase().replaceAll(/[^a-z0-9]+/g, ""),
        options: { [sizes.name]: label },
        factor,
      }))
    : [{ suffix: "", factor: 1 }];
  if (colours.length < 2) return sized;
  return colours.flatMap((colour) =>
    sized.map(({ suffix, options, factor }) => ({
      suffix: [colour.toLowerCase(), suffix].filter(Boolean).join("-"),
      options: { colour, ...options },
      factor,
    })),
  );
}

function stockOf(random: Random, rank: number): number {
  const luck = random.next();
  if (luck < soldOutVariants) return 0;
  if (luck < soldOutVariants + lowVariants) return 1 + random.integer(4);
  return 6 + random.integer(rank < 3 ? 240 : 90);
}

/**
 * A product and what is often bought with it: each can be left out or taken in another variant, and one button puts all
 * that is chosen into the cart at once. It adds up prices and claims nothing else; there is no discount it could promise.
 */
import { formatMoney } from "@basketlift/engine/catalogue";
import type { JSX, TargetedMouseEvent } from "preact";
import { useState } from "preact/hooks";
import {
  buyable,
  chosenVariant,
  firstChoice,
  linesOf,
  totalOf,
  variantName,
  type BundleChoice,
  type BundleLine,
  type BundleProduct,
  type ProductChoice,
} from "./bundle-choice.ts";
import { withDefaults, type Labels } from "./labels.ts";
import { ProductPicture } from "./product-picture.tsx";
import { useUniqueId } from "./unique-id.ts";

export interface BoughtTogetherProps {
  /** The product the page is about. */
  readonly product: BundleProduct;
  /** At least one, best first. */
  readonly companions: readonly BundleProduct[];
  /** ISO 4217, of all prices. */
  readonly currency: string;
  /** Puts all lines into the cart in one call. A promise that rejects tells the shopper that it failed. */
  readonly onAddToCart: (lines: readonly BundleLine[]) => void | Promise<void>;
  /** The click that chose a companion. Its page still opens unless the shop prevents it. */
  readonly onSelect?: (companion: BundleProduct, event: TargetedMouseEvent<HTMLAnchorElement>) => void;
  /** Variants to begin with, by product id; else the first in stock. */
  readonly shownVariants?: ReadonlyMap<string, string>;
  /** BCP 47, for prices; the browser's own when left out. */
  readonly locale?: string | undefined;
  /** The shop's own words, where it wants others. */
  readonly labels?: Partial<Labels> | undefined;
  /** Where the bundle stands in the page's outline. */
  readonly headingLevel?: 2 | 3 | 4;
  /** `page` follows the page's own `color-scheme`. */
  readonly theme?: "page" | "light" | "dark";
}

/**
 * Draws the bundle, or nothing where it would be one product. Needs `@basketlift/widgets/bought-together.css`.
 * @example
 * render(<BoughtTogether product={mug} companions={[teapot]} currency="EUR" onAddToCart={(lines) => cart.add(lines)} />, place);
 */
export function BoughtTogether(props: BoughtTogetherProps): JSX.Element | null {
  const products = buyable([props.product, ...props.companions]);
  return products.length > 1 && products[0] === props.product ? <Bundle {...props} products={products} /> : null;
}

function Bundle({
  products,
  currency,
  onAddToCart,
  onSelect,
  shownVariants = new Map(),
  locale,
  labels,
  headingLevel = 2,
  theme = "page",
}: BoughtTogetherProps & { readonly products: readonly BundleProduct[] }): JSX.Element {
  const words = withDefaults(labels);
  const headingId = useUniqueId();
  const [choice, setChoice] = useState<BundleChoice>(() => firstChoice(products, shownVariants));
  const Heading = `h${headingLevel}` as const;
  const money = (amount: number): string => formatMoney(amount, currency, locale);

  return (
    <div
      class="basketlift-bundle"
      role="group"
      aria-labelledby={headingId}
      data-theme={theme === "page" ? undefined : theme}
    >
      <Heading id={headingId} class="basketlift-bundle__heading">
        {words.bundleHeading}
      </Heading>
      <ul class="basketlift-bundle__list" role="list">
        {products.map((product, place) => {
          const chosen = choice.get(product.productId);
          return (
            chosen && (
              <BundleItem
                key={product.productId}
                product={product}
                chosen={chosen}
                words={words}
                money={money}
                isThisProduct={place === 0}
                onSelect={onSelect}
                onChoose={(next) => setChoice(new Map(choice).set(product.productId, next))}
              />
            )
          );
        })}
      </ul>
      <BundleEnd lines={linesOf(choice)} total={money(totalOf(products, choice))} {...{ words, onAddToCart }} />
    </div>
  );
}

interface BundleEndProps extends Pick<BoughtTogetherProps, "onAddToCart"> {
  readonly lines: readonly BundleLine[];
  readonly total: string;
  readonly words: Labels;
}

/** What all that is chosen costs, the button that takes it, and how that went. */
function BundleEnd({ lines, total, words, onAddToCart }: BundleEndProps): JSX.Element {
  const { add, isAdding, message } = useAddAll(onAddToCart, words);
  const canAdd = lines.length > 0 && !isAdding;
  return (
    <div class="basketlift-bundle__end">
      <p class="basketlift-bundle__total">
        {words.total(lines.length)} <strong>{total}</strong>
      </p>
      <button
        type="button"
        class="basketlift-bundle__add"
        aria-disabled={!canAdd}
        onClick={canAdd ? () => add(lines) : undefined}
      >
        {words.addAll(Math.max(1, lines.length))}
      </button>
      <p class="basketlift-bundle__message" role="status">
        {message}
      </p>
    </div>
  );
}

interface BundleItemProps {
  readonly product: BundleProduct;
  readonly chosen: ProductChoice;
  readonly words: Labels;
  readonly money: (amount: number) => string;
  readonly isThisProduct: boolean;
  readonly onSelect: BoughtTogetherProps["onSelect"];
  readonly onChoose: (chosen: ProductChoice) => void;
}

function BundleItem({
  product,
  chosen,
  words,
  money,
  isThisProduct,
  onSelect,
  onChoose,
}: BundleItemProps): JSX.Element {
  const { title, image, url, reason, variants } = product;
  const variant = chosenVariant(product, chosen);
  return (
    <li class="basketlift-bundle__item" data-included={chosen.isIncluded} data-product-id={product.productId}>
      <label class="basketlift-bundle__check">
        <input
          type="checkbox"
          checked={chosen.isIncluded}
          aria-label={words.include(title)}
          onChange={({ currentTarget }) => onChoose({ ...chosen, isIncluded: currentTarget.checked })}
        />
        <ProductPicture title={title} src={image} />
      </label>
      <div class="basketlift-bundle__about">
        {url === undefined || isThisProduct ? (
          <span class="basketlift-bundle__title">{title}</span>
        ) : (
          <a class="basketlift-bundle__title" href={url} onClick={(event) => onSelect?.(product, event)}>
            {title}
          </a>
        )}
        <span class="basketlift-bundle__reason">{isThisProduct ? words.thisProduct : reason}</span>
        {variants.length > 1 && <VariantChoice {...{ product, chosen, words, onChoose }} />}
        <span class="basketlift-bundle__price">{variant && money(variant.price)}</span>
      </div>
    </li>
  );
}

function VariantChoice({
  product: { title, variants },
  chosen,
  words,
  onChoose,
}: Pick<BundleItemProps, "product" | "chosen" | "words" | "onChoose">): JSX.Element {
  return (
    <select
      class="basketlift-bundle__variant"
      aria-label={words.variantOf(title)}
      value={chosen.variantId}
      onChange={({ currentTarget }) => onChoose({ ...chosen, variantId: currentTarget.value })}
    >
      {variants.map((each) => (
        <option key={each.variantId} value={each.variantId} disabled={!each.inStock}>
          {variantName(each)}
          {each.inStock ? "" : ` (${words.outOfStock})`}
        </option>
      ))}
    </select>
  );
}

interface AddAll {
  readonly add: (lines: readonly BundleLine[]) => void;
  readonly isAdding: boolean;
  readonly message: string;
}

/** Says that everything is in the cart once it is; a second click meanwhile does nothing. */
function useAddAll(onAddToCart: BoughtTogetherProps["onAddToCart"], words: Labels): AddAll {
  const [isAdding, setIsAdding] = useState(false);
  const [message, setMessage] = useState("");
  async function addAll(lines: readonly BundleLine[]): Promise<void> {
    setIsAdding(true);
    setMessage("");
    try {
      await onAddToCart(lines);
      setMessage(words.addedAll(lines.length));
    } catch {
      setMessage(words.notAddedAll);
    } finally {
      setIsAdding(false);
    }
  }
  return { add: (lines) => void addAll(lines), isAdding, message };
}

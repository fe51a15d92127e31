/**
 * A row of recommended products after the carousel pattern of the W3C ARIA Authoring Practices: a list that scrolls and
 * snaps by itself, two real buttons that page through it and never take the focus, no rotation.
 * https://www.w3.org/WAI/ARIA/apg/patterns/carousel/
 */
import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useCarouselScroll } from "./carousel-scroll.ts";
import { withDefaults, type RowLabels } from "./labels.ts";
import { ProductCard, type ProductActions } from "./product-card.tsx";
import { isShown, type ShownItem, type ShownRecommendation } from "./shown.ts";
import { useUniqueId } from "./unique-id.ts";

export interface RecommendationRowProps<Item extends ShownItem = ShownItem> extends ProductActions<Item> {
  /** Of the engine in this page, or of the REST API. */
  readonly recommendation: ShownRecommendation<Item>;
  /** Puts a product in the cart. A promise that rejects tells the shopper that it failed. */
  readonly onAddToCart?: (item: Item) => void | Promise<void>;
  /** BCP 47, for prices; the browser's own when left out. */
  readonly locale?: string;
  /** The shop's own words, where it wants others. */
  readonly labels?: Partial<RowLabels>;
  /** Where the row stands in the page's outline. */
  readonly headingLevel?: 2 | 3 | 4;
  /** `page` follows the page's own `color-scheme`. */
  readonly theme?: "page" | "light" | "dark";
}

/**
 * Draws a recommendation, or nothing at all where there is nothing to show: a holdout, no evidence, no items.
 * Needs `@basketlift/widgets/recommendation-row.css`.
 * @example
 * render(<RecommendationRow recommendation={recommendation} onAddToCart={(item) => cart.add(item.variantId)} />, place);
 */
export function RecommendationRow<Item extends ShownItem>(props: RecommendationRowProps<Item>): JSX.Element | null {
  return isShown(props.recommendation) ? <Row {...props} /> : null;
}

function Row<Item extends ShownItem>({
  recommendation: { id, items },
  onAddToCart,
  locale,
  labels,
  headingLevel = 2,
  theme = "page",
  ...actions
}: RecommendationRowProps<Item>): JSX.Element {
  const words = withDefaults(labels);
  const headingId = useUniqueId();
  const listId = useUniqueId();
  const Heading = `h${headingLevel}` as const;
  const { list, hasPrevious, hasNext, previous, next } = useCarouselScroll(id);
  const root = useKeptFocus();
  const { add, addedId, message } = useAddToCart(onAddToCart, words);
  const scrolls = hasPrevious || hasNext;

  return (
    <div
      ref={root}
      class="basketlift-row"
      role="group"
      aria-roledescription={words.carousel}
      aria-labelledby={headingId}
      tabIndex={-1}
      data-theme={theme === "page" ? undefined : theme}
    >
      <div class="basketlift-row__head">
        <Heading id={headingId} class="basketlift-row__heading">
          {words.heading}
        </Heading>
        <div class="basketlift-row__controls" hidden={!scrolls}>
          <PageButton
            label={words.previous}
            controls={listId}
            direction="previous"
            enabled={hasPrevious}
            go={previous}
          />
          <PageButton label={words.next} controls={listId} direction="next" enabled={hasNext} go={next} />
        </div>
      </div>
      {/* Without anything in it to tab to, the list itself is what the keyboard scrolls. */}
      <ul
        ref={list}
        id={listId}
        class="basketlift-row__list"
        role="list"
        {...(scrolls && !add && !actions.linkOf && !actions.onSelect && { tabIndex: 0 })}
      >
        {items.map((item) => (
          <li key={item.productId} class="basketlift-row__item" data-product-id={item.productId}>
            <ProductCard
              {...actions}
              item={item}
              labels={words}
              locale={locale}
              added={item.productId === addedId}
              onAdd={add && (() => add(item))}
            />
          </li>
        ))}
      </ul>
      <p class="basketlift-row__message" role="status">
        {message}
      </p>
    </div>
  );
}

interface PageButtonProps {
  readonly label: string;
  readonly controls: string;
  readonly direction: "previous" | "next";
  readonly enabled: boolean;
  readonly go: () => void;
}

/** At an end it says so and does nothing; a `disabled` button would drop the focus of whoever just pressed it. */
function PageButton({ label, controls, direction, enabled, go }: PageButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class={`basketlift-row__page basketlift-row__page--${direction}`}
      aria-label={label}
      aria-controls={controls}
      aria-disabled={!enabled}
      onClick={enabled ? go : undefined}
    >
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
        <path d="M9 5l7 7-7 7" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" />
      </svg>
    </button>
  );
}

interface AddToCart<Item> {
  readonly add: ((item: Item) => void) | undefined;
  readonly addedId: string | undefined;
  readonly message: string;
}

/** Says that a product is in the cart once it is, and says so too when it is not; a second click meanwhile does nothing. */
function useAddToCart<Item extends ShownItem>(
  onAddToCart: RecommendationRowProps<Item>["onAddToCart"],
  words: RowLabels,
): AddToCart<Item> {
  const [addedId, setAddedId] = useState<string>();
  const [message, setMessage] = useState("");
  const underWay = useRef(new Set<string>());
  async function addTo(cart: NonNullable<typeof onAddToCart>, item: Item): Promise<void> {
    if (underWay.current.has(item.productId)) return;
    underWay.current.add(item.productId);
    try {
      await cart(item);
      setAddedId(item.productId);
      setMessage(words.addedProduct(item.title));
    } catch {
      setAddedId(undefined);
      setMessage(words.notAdded(item.title));
    } finally {
      underWay.current.delete(item.productId);
    }
  }
  return { add: onAddToCart && ((item) => void addTo(onAddToCart, item)), addedId, message };
}

/** A new recommendation may take away the card that has the focus; the row then keeps it, so that Tab goes on from here. */
function useKeptFocus(): { current: HTMLDivElement | null } {
  const root = useRef<HTMLDivElement>(null);
  const hadFocus = root.current !== null && holdsFocus(root.current);
  useLayoutEffect(() => {
    const row = root.current;
    if (hadFocus && row && !holdsFocus(row)) row.focus({ preventScroll: true });
  });
  return root;
}

function holdsFocus(row: HTMLElement): boolean {
  const root = row.getRootNode();
  return "activeElement" in root && root.activeElement instanceof Element && row.contains(root.activeElement);
}

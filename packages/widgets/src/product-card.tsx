/** One recommended product: picture, title, price, availability in words, why it is here, and a button to take it. */
import type { Availability } from "@basketlift/engine/catalogue";
import { formatMoney } from "@basketlift/engine/catalogue";
import type { JSX, TargetedMouseEvent } from "preact";
import type { RowLabels } from "./labels.ts";
import { ProductPicture } from "./product-picture.tsx";
import type { ShownItem } from "./shown.ts";
import { useUniqueId } from "./unique-id.ts";

/** The click that chose a product. A link's page still opens unless the shop prevents it. */
export type SelectEvent = TargetedMouseEvent<HTMLAnchorElement | HTMLButtonElement>;

/** What a shop knows of a product that a recommendation does not carry, and what happens to it. */
export interface ProductActions<Item extends ShownItem = ShownItem> {
  /** Address of a product's picture. */
  readonly pictureOf?: ((item: Item) => string | undefined) | undefined;
  /** Address of a product's page: its title becomes a link. */
  readonly linkOf?: ((item: Item) => string | undefined) | undefined;
  readonly onSelect?: ((item: Item, event: SelectEvent) => void) | undefined;
}

export interface ProductCardProps<Item extends ShownItem = ShownItem> extends ProductActions<Item> {
  readonly item: Item;
  readonly labels: RowLabels;
  readonly locale?: string | undefined;
  /** What the button says about the product it added. */
  readonly added: boolean;
  /** There is no button without it, nor for what is out of stock. */
  readonly onAdd?: (() => void) | undefined;
}

export function ProductCard<Item extends ShownItem>({
  item,
  labels,
  locale,
  added,
  onAdd,
  pictureOf,
  linkOf,
  onSelect,
}: ProductCardProps<Item>): JSX.Element {
  const titleId = useUniqueId();
  const buttonId = useUniqueId();
  const { title, price, currency, availability } = item;
  return (
    <div class="basketlift-card" role="group" aria-roledescription={labels.slide} aria-labelledby={titleId}>
      <ProductPicture title={title} src={pictureOf?.(item)} />
      <ProductTitle id={titleId} item={item} linkOf={linkOf} onSelect={onSelect} />
      <p class="basketlift-card__offer">
        <span class="basketlift-card__price">{formatMoney(price, currency, locale)}</span>
        <span class={`basketlift-card__availability basketlift-card__availability--${availability}`}>
          {inWords(availability, labels)}
        </span>
      </p>
      <p class="basketlift-card__reason">{labels.reason(item)}</p>
      {onAdd && availability !== "out-of-stock" && (
        <button
          type="button"
          id={buttonId}
          class="basketlift-card__add"
          aria-labelledby={`${buttonId} ${titleId}`}
          onClick={onAdd}
        >
          {added ? labels.added : labels.addToCart}
        </button>
      )}
    </div>
  );
}

type ProductTitleProps<Item extends ShownItem> = Pick<ProductActions<Item>, "linkOf" | "onSelect"> & {
  readonly id: string;
  readonly item: Item;
};

/** A link where the shop has a page for the product, a button where it only wants to know, else plain words. */
function ProductTitle<Item extends ShownItem>({ id, item, linkOf, onSelect }: ProductTitleProps<Item>): JSX.Element {
  const select = (event: SelectEvent): void => onSelect?.(item, event);
  const title = (
    <span id={id} class="basketlift-card__words">
      {item.title}
    </span>
  );
  const address = linkOf?.(item);
  if (address !== undefined) {
    return (
      <a class="basketlift-card__title" href={address} onClick={select}>
        {title}
      </a>
    );
  }
  if (onSelect) {
    return (
      <button type="button" class="basketlift-card__title" onClick={select}>
        {title}
      </button>
    );
  }
  return <span class="basketlift-card__title">{title}</span>;
}

function inWords(availability: Availability, labels: RowLabels): string {
  switch (availability) {
    case "in-stock":
      return labels.inStock;
    case "low":
      return labels.low;
    case "out-of-stock":
      return labels.outOfStock;
  }
}

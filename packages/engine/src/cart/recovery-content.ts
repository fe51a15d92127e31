/**
 * What a message about an abandoned cart shows: its lines at present prices, what has changed since, one or two products
 * that go with it, and an offer only where the margin allows one. Data, and words made from it; the host lays them out.
 * Private are `offer.marginLeft` and the complements' evidence; the rest tells no stock figure and no cost.
 */
import { availabilityOf, type Availability } from "../catalogue/catalogue.ts";
import { formatMoney, percentageOf, type Minor } from "../catalogue/money.ts";
import { requireInteger, requireNumber } from "../errors.ts";
import { requirePercentage } from "./amounts.ts";
import type { CartContents, KnownLine } from "./cart-lines.ts";
import { cartMargin } from "./cart-offer.ts";
import { crossSellCart, type CrossSell } from "./cross-sell.ts";
import type { RelatedProducts } from "./related.ts";
import { showableIn, type Shop } from "./shop.ts";

/** What the message may hold. */
export interface RecoveryContentOptions {
  /** Companions of a product, for what goes with the cart; none are shown when left out. */
  readonly companions?: RelatedProducts;
  /** Most products that are shown beside the cart. */
  readonly complements?: number;
  /** Catalogue indices never shown beside it, for example what the customer owns. */
  readonly exclude?: ReadonlySet<number>;
  /** Percent off, if the margin allows. */
  readonly percentage?: number;
  /** Share of what is paid net of tax that has to be left as margin after the discount. */
  readonly minimumMarginRate?: number;
}

/** What has become of a line. `fewer-left`: not as many as are in the cart. */
export type LineStatus = "as-it-was" | "cheaper" | "dearer" | "fewer-left" | "sold-out" | "no-longer-sold";

/** A line of the cart today. */
export interface RecoveryLine {
  readonly productId: string;
  readonly variantId?: string;
  readonly title: string;
  readonly quantity: number;
  readonly status: LineStatus;
  /** Present price of one unit; absent when it is no longer sold. */
  readonly price?: Minor;
  /** What the shopper was told, where it was another price. */
  readonly formerPrice?: Minor;
  readonly availability: Availability;
}

/** An offer that the margin allows. */
export interface RecoveryOffer {
  readonly percentage: number;
  readonly amount: Minor;
  /** Private: what is left after it, in minor units, fractions included. */
  readonly marginLeft: number;
}

/** What to show, and plain words for it. */
export interface RecoveryContent {
  /** False where nothing of the cart can be bought: there is nothing to come back to. */
  readonly isWorthSending: boolean;
  /** In the order of the cart; products the catalogue does not know are left out. */
  readonly lines: readonly RecoveryLine[];
  /** Of the lines that can be bought as they are, at present prices. */
  readonly total: Minor;
  readonly currency: string;
  readonly complements: readonly CrossSell[];
  readonly offer?: RecoveryOffer;
  readonly words: {
    readonly subject: string;
    /** One sentence for each line that has changed. */
    readonly changes: readonly string[];
    readonly offer?: string;
  };
}

/**
 * @throws InvalidInput when the discount is over 100 %; InvalidOption on settings out of range
 * @example
 * const cart = readCart(abandoned.lines, catalogue, market);
 * const { words, lines, offer } = composeRecovery(cart, { catalogue, market }, { percentage: 10 });
 */
export function composeRecovery(
  cart: CartContents,
  shop: Shop,
  { companions, complements = 2, exclude, percentage = 0, minimumMarginRate = 0.1 }: RecoveryContentOptions = {},
): RecoveryContent {
  requireInteger("complements", complements, 0);
  requirePercentage(percentage, "percentage");
  requireNumber("minimumMarginRate", minimumMarginRate, 0, 1);
  const isShown = showableIn(shop);
  const lines = cart.lines.map((line) => lineToday(line, shop, isShown(line.product)));
  const open = cart.lines.filter((_, place) => isBuyable(lines[place]));
  // At present prices: what the shopper was told earlier is no promise.
  const today = { ...cart, lines: open.map(atPresentPrice), products: open.map(({ product }) => product) };
  const total = today.lines.reduce((sum, { line, price = 0 }) => sum + line.quantity * price, 0);
  const offer = offerOn({ ...today, subtotal: total }, shop, percentage, minimumMarginRate);
  const beside = new Set([...(exclude ?? []), ...cart.products]);
  const { currency, locale } = shop.market;
  return {
    isWorthSending: open.length > 0,
    lines,
    total,
    currency,
    complements:
      companions && open.length > 0
        ? crossSellCart(today, shop, { companions, count: complements, exclude: beside, perCategory: 1 })
        : [],
    ...(offer && { offer }),
    words: {
      subject: subjectOf(lines),
      changes: lines.flatMap((line) => changeOf(line, (amount) => formatMoney(amount, currency, locale))),
      ...(offer && {
        offer: `${offer.percentage}% off your cart: you save ${formatMoney(offer.amount, currency, locale)}.`,
      }),
    },
  };
}

function lineToday({ line, product, variant, price }: KnownLine, shop: Shop, isShown: boolean): RecoveryLine {
  const { catalogue, market } = shop;
  const { id: productId, title } = catalogue.products[product];
  const found = { productId, title, quantity: line.quantity };
  if (!variant || price === undefined || catalogue.products[product].active === false) {
    return { ...found, status: "no-longer-sold", availability: "out-of-stock" };
  }
  const former = line.unitPrice ?? price;
  const status = statusOf(variant.stock, line.quantity, price - former, isShown);
  return {
    ...found,
    variantId: variant.id,
    status,
    price,
    ...(former !== price && { formerPrice: former }),
    availability:
      status === "sold-out"
        ? "out-of-stock"
        : availabilityOf({ ...catalogue.products[product], variants: [variant] }, market),
  };
}

function statusOf(stock: number | undefined, quantity: number, rise: Minor, isShown: boolean): LineStatus {
  if (!isShown || (stock ?? Infinity) <= 0) return "sold-out";
  if ((stock ?? Infinity) < quantity) return "fewer-left";
  return rise === 0 ? "as-it-was" : rise < 0 ? "cheaper" : "dearer";
}

function isBuyable({ status }: RecoveryLine): boolean {
  return status === "as-it-was" || status === "cheaper" || status === "dearer";
}

function atPresentPrice(known: KnownLine): KnownLine {
  const { unitPrice: _, ...line } = known.line;
  return { ...known, line };
}

/** @returns undefined where no discount was asked for, a cost is unknown, or too little margin would be left */
function offerOn(
  cart: CartContents,
  shop: Shop,
  percentage: number,
  minimumMarginRate: number,
): RecoveryOffer | undefined {
  const amount = percentageOf(cart.subtotal, percentage);
  if (amount === 0) return undefined;
  const { taxRate = 0 } = shop;
  const marginLeft = cartMargin(cart, shop) - amount / (1 + taxRate);
  const paid = (cart.subtotal - amount) / (1 + taxRate);
  return marginLeft > 0 && marginLeft >= minimumMarginRate * paid ? { percentage, amount, marginLeft } : undefined;
}

function subjectOf(lines: readonly RecoveryLine[]): string {
  const [first, ...others] = lines.filter(isBuyable);
  if (!first) return "Your cart has changed";
  if (others.length === 0) return `${first.title} is still in your cart`;
  return `${first.title} and ${others.length} more ${others.length === 1 ? "thing is" : "things are"} in your cart`;
}

function changeOf(
  { title, status, price = 0, formerPrice = 0 }: RecoveryLine,
  money: (amount: Minor) => string,
): string[] {
  switch (status) {
    case "as-it-was":
      return [];
    case "cheaper":
      return [`${title} now costs ${money(price)}, down from ${money(formerPrice)}.`];
    case "dearer":
      return [`${title} now costs ${money(price)}; it was ${money(formerPrice)}.`];
    case "fewer-left":
      return [`There are fewer left of ${title} than in your cart.`];
    case "sold-out":
      return [`${title} is sold out for now.`];
    case "no-longer-sold":
      return [`${title} is no longer sold.`];
  }
}

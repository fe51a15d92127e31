/** What a page asks for, in the shop's own ids, and the check that it makes sense. */
import type { Minor } from "../catalogue/money.ts";
import { InvalidInput } from "../errors.ts";
import type { ContextFacts, CustomerFacts, SessionFacts } from "../merchandising/index.ts";

/** Where on its way a shopper meets the recommendation. */
export type Location = "homepage" | "category" | "search" | "pdp" | "cart" | "checkout" | "post-purchase" | "email";

/** All locations, in the order in which shoppers meet them. */
export const locations: readonly Location[] = [
  "homepage",
  "category",
  "search",
  "pdp",
  "cart",
  "checkout",
  "post-purchase",
  "email",
];

/** A line of the shopper's cart. */
export interface CartLine {
  readonly productId: string;
  readonly variantId?: string;
  readonly quantity: number;
}

/** What the merchant's rules may ask about besides the rest of a request. */
export interface RequestFacts {
  readonly context?: Pick<ContextFacts, "locale" | "device" | "attributes">;
  readonly customer?: Omit<CustomerFacts, "id" | "products">;
  readonly session?: Omit<SessionFacts, "products">;
}

/** One question of one page. Plain JSON: it travels, and stands in the receipt. */
export interface RecommendationRequest {
  readonly placement: Location;
  /** At most this many products. The strategy's own limit when left out. */
  readonly limit?: number;
  /** A strategy by id, instead of the one that serves the placement. */
  readonly strategy?: string;
  /** Market id; the home market when left out. */
  readonly market?: string;
  /** Rotating id of a visitor who consented. Without one there is no experiment and no personal history. */
  readonly visitorId?: string;
  /** The shop's own id of a customer it vouches for. */
  readonly customerId?: string;
  /** The product the page is about. */
  readonly productId?: string;
  readonly cart?: readonly CartLine[];
  /** Products looked at in this session, oldest first. */
  readonly session?: readonly string[];
  /** Earlier purchases, oldest first, when the shop sends them itself instead of a `customerId`. */
  readonly purchases?: readonly string[];
  /** Products that must not be answered, for example those already shown on the page. */
  readonly exclude?: readonly string[];
  /** Corridor for the shown price, in minor units of the market's currency, ends included. */
  readonly priceRange?: { readonly minimum?: Minor; readonly maximum?: Minor };
  /** ISO 3166-1 alpha-2, for products that are not sold everywhere; the market's own country when left out. */
  readonly country?: string;
  /** The shopper's age in years, for products that are not for everybody. */
  readonly age?: number;
  /** For the merchant's rules. */
  readonly facts?: RequestFacts;
  /** Set by a page that gives this place no room: nothing is shown here, and the receipt says so. */
  readonly withhold?: boolean;
}

/** The most products one answer may hold. */
export const largestLimit = 100;

/**
 * Checks the shape of a request from outside. Ids of unknown products are not an error: catalogues change faster than
 * pages.
 * @throws InvalidInput naming the field
 * @example
 * checkRequest({ placement: "pdp", productId: "mug", limit: 4 });
 */
export function checkRequest(request: RecommendationRequest): void {
  const { placement, limit, priceRange } = request;
  if (!locations.includes(placement)) throw new InvalidInput("placement", placement, `one of ${locations.join(", ")}`);
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 0 || limit > largestLimit)) {
    throw new InvalidInput("limit", limit, `an integer from 0 to ${largestLimit}`);
  }
  for (const field of ["session", "purchases", "exclude"] as const) checkIds(field, request[field]);
  for (const [index, line] of listOf(request.cart, "cart").entries()) checkCartLine(line, `cart[${index}]`);
  if (priceRange?.minimum !== undefined) checkPrice("priceRange.minimum", priceRange.minimum);
  if (priceRange?.maximum !== undefined) checkPrice("priceRange.maximum", priceRange.maximum);
}

function checkIds(field: string, ids: readonly string[] | undefined): void {
  for (const [index, id] of listOf(ids, field).entries()) {
    if (typeof id !== "string") throw new InvalidInput(`${field}[${index}]`, id, "a product id");
  }
}

/** What is left out is empty. */
function listOf<Item>(list: readonly Item[] | undefined, path: string): readonly Item[] {
  if (Array.isArray(list ?? [])) return list ?? [];
  throw new InvalidInput(path, list, "a list");
}

function checkCartLine(line: CartLine | null | undefined, path: string): void {
  const { productId, quantity = 0 } = line ?? {};
  if (typeof productId !== "string") throw new InvalidInput(`${path}.productId`, productId, "a product id");
  if (!Number.isInteger(quantity) || quantity <= 0) {
    throw new InvalidInput(`${path}.quantity`, quantity, "a positive integer");
  }
}

function checkPrice(path: string, price: Minor): void {
  if (!Number.isSafeInteger(price) || price < 0) throw new InvalidInput(path, price, "minor units, zero or more");
}

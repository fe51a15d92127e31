/** A request's fields. What follows from the catalogue (the cart's brands, the market's currency) is looked up here. */
import { marketOf, type Catalogue } from "../catalogue/catalogue.ts";
import type { Market } from "../catalogue/product.ts";
import { attributeOf, weekdays, type Field, type NamedField, type ProductField } from "./field.ts";
import type { Facts } from "./facts.ts";
import type { FieldValue } from "./leaf-test.ts";
import { attributeValues, readProduct } from "./read-product.ts";
import type { ZoneOffset } from "./schedule-clock.ts";

/** A request and what it is read against. */
export interface Scene {
  readonly facts: Facts;
  readonly catalogue: Catalogue;
  readonly market: Market;
  /** Clock of the market. */
  readonly offsetAt: ZoneOffset;
}

/** @throws InvalidInput when the facts name a market that the catalogue does not know */
export function createScene(facts: Facts, catalogue: Catalogue, offsetsOf: (timeZone: string) => ZoneOffset): Scene {
  const market = marketOf(catalogue, facts.context.market);
  return { facts, catalogue, market, offsetAt: offsetsOf(market.timeZone) };
}

type Reader = (scene: Scene) => FieldValue | undefined;

const readers: Readonly<Record<Exclude<NamedField, ProductField>, Reader>> = {
  "cart.value": ({ facts: { cart }, market: { currency } }) =>
    cart?.value === undefined ? undefined : { amount: cart.value, currency },
  "cart.units": ({ facts }) => facts.cart?.units,
  "cart.lines": ({ facts }) => facts.cart?.products?.length,
  "cart.products": ({ facts }) => facts.cart?.products,
  "cart.brands": (scene) => ofCart(scene, ({ brandOf, brands }, index) => nameAt(brands, brandOf[index])),
  "cart.categories": (scene) =>
    ofCart(scene, ({ categoryOf, categories }, index) => nameAt(categories, categoryOf[index])),
  "customer.id": ({ facts }) => facts.customer?.id,
  "customer.orders": ({ facts }) => facts.customer?.orders,
  "customer.spent": ({ facts }) => facts.customer?.spent,
  "customer.averageOrder": ({ facts }) => facts.customer?.averageOrder,
  "customer.firstOrderAt": ({ facts }) => facts.customer?.firstOrderAt,
  "customer.lastOrderAt": ({ facts }) => facts.customer?.lastOrderAt,
  "customer.products": ({ facts }) => facts.customer?.products,
  "customer.segments": ({ facts }) => facts.customer?.segments,
  "customer.tags": ({ facts }) => facts.customer?.tags,
  "customer.rfmSegment": ({ facts }) => facts.customer?.rfmSegment,
  "customer.recencyScore": ({ facts }) => facts.customer?.recencyScore,
  "customer.frequencyScore": ({ facts }) => facts.customer?.frequencyScore,
  "customer.monetaryScore": ({ facts }) => facts.customer?.monetaryScore,
  "session.products": ({ facts }) => facts.session?.products,
  "session.pageViews": ({ facts }) => facts.session?.pageViews,
  "session.seconds": ({ facts }) => facts.session?.seconds,
  "session.visit": ({ facts }) => facts.session?.visit,
  "session.search": ({ facts }) => facts.session?.search,
  "session.referrer": ({ facts }) => facts.session?.referrer,
  "session.campaign": ({ facts }) => facts.session?.campaign,
  "session.landingPath": ({ facts }) => facts.session?.landingPath,
  "context.placement": ({ facts }) => facts.context.placement,
  "context.market": ({ market }) => market.id,
  "context.country": ({ facts, market }) => facts.context.country ?? market.country,
  "context.currency": ({ market }) => market.currency,
  "context.locale": ({ facts, market }) => facts.context.locale ?? market.locale,
  "context.device": ({ facts }) => facts.context.device,
  "context.consented": ({ facts }) => facts.context.consented,
  "time.now": ({ facts }) => facts.at,
  "time.hour": (scene) => wallClock(scene).getUTCHours(),
  "time.weekday": (scene) => weekdays[(wallClock(scene).getUTCDay() + 6) % 7],
  "time.dayOfMonth": (scene) => wallClock(scene).getUTCDate(),
  "time.month": (scene) => wallClock(scene).getUTCMonth() + 1,
};

const named: ReadonlyMap<string, Reader> = new Map(Object.entries(readers));

/** @returns what reads the field from a request; `product` is the one the page is about */
export function readerOf(field: Field): Reader {
  const reader = named.get(field);
  if (reader) return reader;
  const name = attributeOf(field);
  if (field.startsWith("customer.")) return ({ facts }) => attributeValues(facts.customer?.attributes, name);
  if (field.startsWith("context.")) return ({ facts }) => attributeValues(facts.context.attributes, name);
  return isProductField(field) ? (scene) => ofPage(scene, field) : () => undefined;
}

function isProductField(field: Field): field is ProductField {
  return field.startsWith("product.");
}

function ofPage({ facts, catalogue, market }: Scene, field: ProductField): FieldValue | undefined {
  const index = facts.product === undefined ? undefined : catalogue.ids.indexOf(facts.product);
  return index === undefined ? undefined : readProduct(catalogue, market, index, field);
}

/** What is known of the cart's products, each once. */
function ofCart(
  { facts: { cart }, catalogue }: Scene,
  nameOf: (catalogue: Catalogue, index: number) => string | undefined,
): readonly string[] | undefined {
  if (!cart?.products) return undefined;
  const names = new Set<string>();
  for (const id of cart.products) {
    const index = catalogue.ids.indexOf(id);
    const name = index === undefined ? undefined : nameOf(catalogue, index);
    if (name !== undefined) names.add(name);
  }
  return [...names];
}

function nameAt(names: Catalogue["brands"], index: number): string | undefined {
  return index < 0 ? undefined : names.idOf(index);
}

/** What the market's clock shows, to be read with the UTC methods. */
function wallClock({ facts: { at }, offsetAt }: Scene): Date {
  return new Date(at + offsetAt(at));
}

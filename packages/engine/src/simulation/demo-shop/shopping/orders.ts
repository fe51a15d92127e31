/** Writes trips down as orders: variants, prices, sale and voucher discounts, cancellations and returns. */
import type { Product, Variant } from "../../../catalogue/product.ts";
import type { Order, OrderLine } from "../../../history/order.ts";
import type { Random } from "../../../random/generator.ts";
import { stickyUnit } from "../../../random/hash.ts";
import { demoMarkets, type Entry } from "../assortment/assortment.ts";
import { day, sales, until } from "../calendar.ts";
import { between, geometric, happens } from "../chance.ts";
import type { Customer } from "../shoppers/customers.ts";
import type { Trip } from "./trips.ts";

/** Share of the products of a department that are in its sale. */
const inSaleShare = 0.5;

/** Share of first orders with the welcome voucher, and what it takes off. */
const voucherShare = 0.2;
const voucherRate = 0.1;

/** Share of lines that could not be shipped. */
const cancelledShare = 0.012;

const severalByDefault = 0.06;
const britishGuestShare = 0.35;

/** @param trips oldest first; the order of a trip has the same index */
export function writeOrders(
  random: Random,
  trips: readonly Trip[],
  customers: readonly Customer[],
  entries: readonly Entry[],
): readonly Order[] {
  return trips.map((trip, index): Order => {
    const customer = trip.customer < 0 ? undefined : customers[trip.customer];
    const market = customer?.market ?? (happens(random, britishGuestShare) ? "gb" : "eu");
    const voucher = trip.first && happens(random, voucherShare) ? voucherRate : 0;
    return {
      id: `order-${10_001 + index}`,
      placedAt: new Date(trip.at).toISOString(),
      ...(customer && { customerId: customer.id }),
      currency: demoMarkets[market === "gb" ? 1 : 0].currency,
      lines: trip.products.map((product) => writeLine(random, entries[product], market, trip.at, voucher)),
    };
  });
}

function writeLine(random: Random, entry: Entry, market: string, at: number, voucher: number): OrderLine {
  const { product, kind } = entry;
  const variant = chooseVariant(random, product);
  const unitPrice = variant.prices[market];
  const quantity = happens(random, kind.severalAtOnce ?? severalByDefault) ? 2 + geometric(random, 0.9, 10) : 1;
  const rate = Math.max(voucher, saleRate(entry, at));
  const discount = Math.round(quantity * unitPrice * rate);
  const line: OrderLine = {
    productId: product.id,
    variantId: variant.id,
    quantity,
    unitPrice,
    ...(discount > 0 && { discount }),
  };
  if (happens(random, cancelledShare)) return { ...line, cancelled: true };
  return { ...line, ...sentBack(random, line, kind.returnRate, at) };
}

/** The first variant is everybody's first choice. */
function chooseVariant(random: Random, { variants }: Product): Variant {
  return variants[Math.min(geometric(random, 0.8, variants.length - 1), variants.length - 1)];
}

function saleRate({ product, department }: Entry, at: number): number {
  const sale = sales.find(
    (period) => period.from <= at && at < period.until && (period.departments?.includes(department.name) ?? true),
  );
  return sale && stickyUnit(sale.name, product.id) < inSaleShare ? sale.rate : 0;
}

/** A return arrives one to five weeks later; what has not arrived by the end of the history is not in it. */
function sentBack(
  random: Random,
  { quantity, unitPrice, discount = 0 }: OrderLine,
  rate: number,
  at: number,
): Partial<OrderLine> {
  if (!happens(random, rate)) return {};
  const returnedQuantity = 1 + random.integer(quantity);
  if (at + between(random, 7, 35) * day >= until) return {};
  const refunded = Math.round(((quantity * unitPrice - discount) * returnedQuantity) / quantity);
  return { returnedQuantity, refunded };
}

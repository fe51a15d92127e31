/** The shop in figures: what the report was made from. */
import type { Catalogue } from "../catalogue/catalogue.ts";
import { momentsOf, normalQuantile } from "../statistics/index.ts";
import { figure, money, share, type Figure } from "./figure.ts";
import { periodDays, type OrderSurvey } from "./order-survey.ts";

/** Counts over all currencies; money over orders in the home currency alone. */
export interface ShopFacts {
  readonly period: {
    /** RFC 3339 times of the first and the last order. */
    readonly from: string;
    readonly to: string;
    readonly days: Figure;
  };
  /** Orders with a line that was not cancelled. */
  readonly orders: Figure;
  readonly cancelledOrders: Figure;
  readonly customers: Figure;
  /** Share of customers with more than one order; absent when no order names a customer. */
  readonly returningCustomers?: Figure;
  /** Share of orders without a customer. */
  readonly guestOrders: Figure;
  readonly productsInCatalogue: Figure;
  readonly productsSold: Figure;
  /** Share of orders with a single product: those that recommendations can widen most. */
  readonly singleProductOrders: Figure;
  /** Mean number of distinct products of an order. */
  readonly productsPerOrder: Figure;
  /** Pieces on all lines that were not cancelled. */
  readonly pieces: Figure;
  /** Share of lines that were cancelled, of all lines. */
  readonly cancelledLines: Figure;
  /** Share of lines with a return, of those that were not cancelled. */
  readonly returnedLines: Figure;
  readonly ordersWithReturns: Figure;
  readonly money?: MoneyFacts;
  /** Orders in other currencies: counted, and left out of all money. */
  readonly otherCurrencies: readonly { readonly currency: string; readonly orders: Figure }[];
}

/** Absent when no order is in the home currency. */
export interface MoneyFacts {
  readonly currency: string;
  readonly orders: Figure;
  /** Net of discounts, cancellations and refunds. */
  readonly netRevenue: Figure;
  readonly refunded: Figure;
  /** Mean net value of an order; the interval is that of a mean of independent orders. */
  readonly averageOrderValue: Figure;
  readonly orderValueDeviation: Figure;
}

export function shopFacts(survey: OrderSurvey, catalogue: Catalogue): ShopFacts {
  const { orders, customers, lines, cancelledLines } = survey;
  const moneyFigures = moneyFacts(survey);
  return {
    period: {
      from: new Date(survey.firstAt).toISOString(),
      to: new Date(survey.lastAt).toISOString(),
      days: figure(periodDays(survey), "days"),
    },
    orders: figure(orders, "orders"),
    cancelledOrders: figure(survey.cancelledOrders, "orders"),
    customers: figure(customers, "customers"),
    ...(customers > 0 && { returningCustomers: share(survey.returningCustomers, customers) }),
    guestOrders: share(survey.guestOrders, orders),
    productsInCatalogue: figure(catalogue.products.length, "products"),
    productsSold: figure(survey.productsSold, "products"),
    singleProductOrders: share(survey.singleProductOrders, orders),
    productsPerOrder: figure(survey.basketProducts / orders, "products"),
    pieces: figure(survey.pieces, "pieces"),
    cancelledLines: share(cancelledLines, lines + cancelledLines),
    returnedLines: share(survey.returnedLines, lines),
    ordersWithReturns: share(survey.ordersWithReturns, orders),
    ...(moneyFigures && { money: moneyFigures }),
    otherCurrencies: Array.from(survey.ordersByCurrency)
      .filter(([currency]) => currency !== survey.homeCurrency)
      .map(([currency, count]) => ({ currency, orders: figure(count, "orders") })),
  };
}

function moneyFacts({ netValues, homeCurrency, refunded }: OrderSurvey): MoneyFacts | undefined {
  if (netValues.length === 0) return undefined;
  const { count, mean, variance } = momentsOf(netValues);
  const level = 0.95;
  const half = normalQuantile((1 + level) / 2) * Math.sqrt(variance / count);
  const interval = count > 1 ? { lower: mean - half, upper: mean + half, level } : undefined;
  return {
    currency: homeCurrency,
    orders: figure(count, "orders"),
    netRevenue: money(mean * count, homeCurrency),
    refunded: money(refunded, homeCurrency),
    averageOrderValue: money(mean, homeCurrency, interval),
    orderValueDeviation: money(count > 1 ? Math.sqrt(variance) : 0, homeCurrency),
  };
}

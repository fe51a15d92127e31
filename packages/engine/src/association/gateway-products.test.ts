import { describe, expect, it } from "vitest";
import { createIdentifiers } from "../catalogue/identifiers.ts";
import { InvalidInput, InvalidOption } from "../errors.ts";
import { createOrderHistoryBuilder } from "../history/order-history-builder.ts";
import { createRandom, type Random } from "../random/generator.ts";
import { findGatewayProducts } from "./gateway-products.ts";

const day = 86_400_000;
const ids = createIdentifiers(["starter", "plain", "dear", "other"]);

/** `later` says what a customer spends after a first order with some products. */
function shop(later: (products: readonly string[], random: Random) => number, currency = "EUR") {
  const random = createRandom("gateway");
  const builder = createOrderHistoryBuilder();
  for (let customer = 0; customer < 900; customer++) {
    const begin = Date.UTC(2025, 0, 1) + random.integer(500) * day;
    const products = [["plain"], ["starter"], ["dear"], ["other"], ["other", "starter"]][random.integer(5)];
    const add = (at: number, productId: string, unitPrice: number, cancelled = false) =>
      builder.addLine(
        { id: `${customer} ${at}`, placedAt: at, customerId: `c${customer}`, currency },
        { productId, quantity: 1, unitPrice, cancelled },
      );
    for (const product of products) add(begin, product, product === "dear" ? 10_000 : 2000);
    const amount = Math.round(later(products, random));
    if (amount > 0) add(begin + (20 + random.integer(60)) * day, "plain", amount);
    // Neither what was cancelled nor what came after the horizon counts.
    add(begin + 30 * day, "plain", 1_000_000, true);
    add(begin + 400 * day, "plain", 1_000_000);
  }
  return builder.finish(ids).history;
}

const noise = (random: Random) => 3000 * random.next();

describe("gateway products", () => {
  it("are those whose first buyers spent more later than others with similar first orders", async () => {
    const history = shop((products, random) => noise(random) + (products.includes("starter") ? 2000 : 0));
    const found = await findGatewayProducts(history, { horizonDays: 180 });
    expect(found.reading).toBe("related, not caused");
    expect(ids.idOf(found.products[0].product)).toBe("starter");
    expect(found.products[0].lower).toBeGreaterThan(500);
    expect(found.products[0].laterValue).toBeGreaterThan(3000);
    expect(found.products[0].laterValue).toBeLessThan(4000);
    const plain = found.products.find(({ product }) => ids.idOf(product) === "plain");
    expect(plain?.difference).toBeLessThan(0);
  });

  it("are not simply dear ones: who begins with a large order is compared with such", async () => {
    const value = (products: readonly string[], random: Random) =>
      noise(random) + (products.includes("dear") ? 4000 : 0);
    const found = await findGatewayProducts(shop(value));
    const dear = found.products.find(({ product }) => ids.idOf(product) === "dear");
    // Nobody else begins with 100 euros, so that there is hardly anyone to compare with, and the interval says so.
    expect(dear?.laterValue).toBeGreaterThan(5000);
    expect(dear?.upper ?? NaN).toBeGreaterThan(dear?.lower ?? NaN);
  });

  it("differ little where nothing differs", async () => {
    const { products, meanLaterValue } = await findGatewayProducts(shop((_, random) => noise(random)));
    for (const { difference, lower, upper } of products) {
      expect(Math.abs(difference)).toBeLessThan(0.15 * meanLaterValue);
      expect(lower <= difference && difference <= upper).toBe(true);
    }
  });

  it("follow only customers whose whole horizon is in the data", async () => {
    const history = shop((_, random) => noise(random));
    const until = Date.UTC(2026, 0, 1);
    const short = await findGatewayProducts(history, { until, horizonDays: 30 });
    const long = await findGatewayProducts(history, { until, horizonDays: 300 });
    expect(long.customers).toBeLessThan(short.customers);
    expect(long.customers + long.censoredCustomers).toBe(short.customers + short.censoredCustomers);
    const later = await findGatewayProducts(history, { until, from: until - 100 * day, horizonDays: 30 });
    expect(later.customers).toBeLessThan(short.customers);
  });

  it("need rates where there are several currencies", async () => {
    const builder = createOrderHistoryBuilder();
    for (const [index, currency] of ["EUR", "GBP"].entries()) {
      const head = { id: currency, placedAt: index * day, customerId: currency, currency };
      builder.addLine(head, { productId: "plain", quantity: 1, unitPrice: 100 });
    }
    const { history } = builder.finish(ids);
    await expect(findGatewayProducts(history)).rejects.toThrow(InvalidInput);
    const found = await findGatewayProducts(history, {
      rates: { EUR: 1, GBP: 1.15 },
      until: 400 * day,
      minimumBuyers: 1,
    });
    expect(found.customers).toBe(2);
    await expect(findGatewayProducts(history, { horizonDays: 0 })).rejects.toThrow(InvalidOption);
  });

  it("are none in an empty shop", async () => {
    const { history } = createOrderHistoryBuilder().finish(ids);
    expect(await findGatewayProducts(history)).toMatchObject({ customers: 0, products: [], meanLaterValue: NaN });
  });
});

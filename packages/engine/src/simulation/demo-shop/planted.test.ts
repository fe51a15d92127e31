/** What was planted is really in the data: each figure is measured from orders and interactions alone. */
import { describe, expect, it } from "vitest";
import type { OrderLine } from "../../history/order.ts";
import { createDemoShop } from "./demo-shop.ts";

const shop = createDemoShop({ scale: 0.4 });
const { truth } = shop;
const productById = new Map(shop.products.map((product) => [product.id, product]));
const lines = shop.orders.flatMap((order) => order.lines.map((line) => ({ order, line })));

/** Orders that hold each product. */
const holders = new Map<string, Set<string>>();
for (const { order, line } of lines) {
  const orders = holders.get(line.productId) ?? new Set();
  holders.set(line.productId, orders.add(order.id));
}

/** How many times more often than by chance two products share a basket, pooled over pairs. */
function pooledLift(pairs: readonly { readonly productA: string; readonly productB: string }[]): number {
  let together = 0;
  let expected = 0;
  for (const { productA, productB } of pairs) {
    const a = holders.get(productA) ?? new Set();
    const b = holders.get(productB) ?? new Set();
    for (const order of a) if (b.has(order)) together++;
    expected += (a.size * b.size) / shop.orders.length;
  }
  return together / expected;
}

function pairsOf(ids: readonly string[]): { productA: string; productB: string }[] {
  return ids.flatMap((productA, i) => ids.slice(i + 1).map((productB) => ({ productA, productB })));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

function share<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.filter(holds).length / items.length;
}

describe("in the demo shop", () => {
  it("complements meet in far more baskets than chance has it", () => {
    expect(truth.complements.length).toBeGreaterThan(100);
    expect(pooledLift(truth.complements)).toBeGreaterThan(4);
  });

  it("coincidences meet about as often as baskets of unequal size make them, no more", () => {
    expect(truth.coincidences.length).toBeGreaterThan(500);
    const lift = pooledLift(truth.coincidences);
    expect(lift).toBeGreaterThan(0.9);
    expect(lift).toBeLessThan(1.8);
  });

  it("what is most often bought together is mostly coincidence", () => {
    const planted = new Set(
      truth.complements.map(({ productA, productB }) => [productA, productB].toSorted().join(" ")),
    );
    const counts = new Map<string, number>();
    for (const order of shop.orders) {
      const ids = order.lines.map((line) => line.productId).toSorted();
      for (const { productA, productB } of pairsOf(ids)) {
        const pair = `${productA} ${productB}`;
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    }
    const top = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, 200);
    expect(share(top, ([pair]) => planted.has(pair))).toBeLessThan(0.5);
  });

  it("substitutes are looked at in one visit but hardly ever bought in one order", () => {
    const groupOf = new Map(truth.substitutes.flatMap(({ name, productIds }) => productIds.map((id) => [id, name])));
    expect(pooledLift(truth.substitutes.flatMap(({ productIds }) => pairsOf(productIds)))).toBeLessThan(0.6);
    let pairs = 0;
    let same = 0;
    let previous: { visitorId: string; productId: string } | undefined;
    for (const event of shop.interactions) {
      if (event.kind !== "view") continue;
      if (previous?.visitorId === event.visitorId && previous.productId !== event.productId) {
        pairs++;
        if (groupOf.get(previous.productId) === groupOf.get(event.productId)) same++;
      }
      previous = event;
    }
    expect(same / pairs).toBeGreaterThan(0.3);
  });

  it("each season sells best in its month", () => {
    const month = (time: string) => new Date(time).getUTCMonth();
    const total = new Float64Array(12);
    for (const order of shop.orders) total[month(order.placedAt)]++;
    for (const { name, productIds, monthlyIndex } of truth.seasons) {
      const members = new Set(productIds);
      const sold = new Float64Array(12);
      for (const { order, line } of lines) if (members.has(line.productId)) sold[month(order.placedAt)]++;
      const perOrder = sold.map((count, index) => count / total[index]);
      const best = monthlyIndex.indexOf(Math.max(...monthlyIndex));
      const worst = monthlyIndex.indexOf(Math.min(...monthlyIndex));
      expect(perOrder[best] / perOrder[worst], name).toBeGreaterThan(1.6);
    }
  });

  it("what runs out is bought again at its own interval", () => {
    const last = new Map<string, number>();
    const gaps = new Map<string, number[]>();
    for (const { order, line } of lines) {
      if (order.customerId === undefined) continue;
      const key = `${order.customerId} ${line.productId}`;
      const at = Date.parse(order.placedAt);
      const before = last.get(key);
      if (before !== undefined)
        gaps.set(line.productId, [...(gaps.get(line.productId) ?? []), (at - before) / 86_400_000]);
      last.set(key, at);
    }
    const measured = truth.repeatIntervals.filter(({ productId }) => (gaps.get(productId)?.length ?? 0) >= 40);
    expect(measured.length).toBeGreaterThan(10);
    for (const { productId, days } of measured) {
      const ratio = median(gaps.get(productId) ?? []) / days;
      expect(ratio, productId).toBeGreaterThan(0.85);
      expect(ratio, productId).toBeLessThan(1.2);
    }
  });

  it("loyal customers buy their brand more often than others do", () => {
    const brandOf = new Map(truth.loyalties.map(({ customerId, brand }) => [customerId, brand]));
    const byLoyal = lines.filter(({ order }) => brandOf.has(order.customerId ?? ""));
    const own = share(
      byLoyal,
      ({ order, line }) => productById.get(line.productId)?.brand === brandOf.get(order.customerId ?? ""),
    );
    // What the same share would be if favourite brands were dealt out anew: the brand of the next loyal line's customer.
    const dealt = share(
      byLoyal.map((entry, index) => ({ entry, other: byLoyal[(index + 997) % byLoyal.length] })),
      ({ entry, other }) => productById.get(entry.line.productId)?.brand === brandOf.get(other.order.customerId ?? ""),
    );
    expect(own).toBeGreaterThan(1.8 * dealt);
  });

  it("customers with a small budget choose cheaper products of a kind", () => {
    const kindPrices = new Map<string, number[]>();
    for (const { attributes, variants } of shop.products) {
      const kind = String(attributes?.["kind"]);
      kindPrices.set(kind, [...(kindPrices.get(kind) ?? []), variants[0].prices["eu"]]);
    }
    const budgetOf = new Map(truth.budgets.map(({ customerId, budget }) => [customerId, budget]));
    const levels: Record<number, number[]> = { 0: [], 2: [] };
    for (const { order, line } of lines) {
      const product = productById.get(line.productId);
      const budget = budgetOf.get(order.customerId ?? "");
      if (!product || budget === undefined || budget === 1) continue;
      const middle = median(kindPrices.get(String(product.attributes?.["kind"])) ?? []);
      levels[budget].push(product.variants[0].prices["eu"] / middle);
    }
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(levels[2])).toBeGreaterThan(1.05 * mean(levels[0]));
  });

  it("segments favour their own departments", () => {
    for (const { name, departments, customerIds } of truth.segments) {
      if (departments.length === 0) continue;
      const members = new Set(customerIds);
      const isTheirs = ({ line }: { line: OrderLine }) =>
        departments.includes(productById.get(line.productId)?.category?.[0] ?? "");
      const inside = lines.filter(({ order }) => members.has(order.customerId ?? ""));
      expect(share(inside, isTheirs), name).toBeGreaterThan(1.1 * share(lines, isTheirs));
    }
  });

  it("cushions come back and chocolate does not", () => {
    const rateOf = (group: string) => {
      const ids = new Set(truth.returnRates.find(({ name }) => name === group)?.productIds);
      return share(
        lines.filter(({ line }) => ids.has(line.productId)),
        ({ line }) => (line.returnedQuantity ?? 0) > 0,
      );
    };
    expect(rateOf("cushion")).toBeGreaterThan(0.06);
    expect(rateOf("chocolate")).toBeLessThan(0.02);
    for (const { line } of lines) {
      expect(line.returnedQuantity ?? 0).toBeLessThanOrEqual(line.quantity);
      expect(line.refunded ?? 0).toBeLessThanOrEqual(line.quantity * line.unitPrice - (line.discount ?? 0));
    }
  });

  it("some lines are cancelled, and discounts gather in the sales", () => {
    expect(share(lines, ({ line }) => line.cancelled === true)).toBeGreaterThan(0.005);
    const inSale = ({ order }: (typeof lines)[number]) => {
      const at = Date.parse(order.placedAt);
      return truth.sales.some((sale) => sale.from <= at && at < sale.until);
    };
    const discounted = ({ line }: (typeof lines)[number]) => (line.discount ?? 0) > 0;
    expect(share(lines.filter(inSale), discounted)).toBeGreaterThan(
      3 *
        share(
          lines.filter((entry) => !inSale(entry)),
          discounted,
        ),
    );
  });

  it("who orders by telephone is never seen on the website", () => {
    const byTelephone = new Set(shop.customers.filter(({ visitorIds }) => visitorIds.length === 0).map(({ id }) => id));
    expect(byTelephone.size).toBeGreaterThan(20);
    const bought = new Set<string>();
    for (const { kind, productId, occurredAt } of shop.interactions) {
      if (kind === "purchase") bought.add(`${productId} ${occurredAt}`);
    }
    const calls = shop.orders.filter(({ customerId }) => byTelephone.has(customerId ?? ""));
    expect(calls.length).toBeGreaterThan(20);
    const seen = calls.filter(({ placedAt, lines: [line] }) => bought.has(`${line.productId} ${placedAt}`));
    expect(seen).toEqual([]);
  });

  it("robots read far more pages a visit than people and buy nothing", () => {
    const robots = new Set(truth.botVisitors);
    const pages = new Map<string, number>();
    for (const { visitorId, kind } of shop.interactions) {
      if (robots.has(visitorId)) expect(kind).toBe("view");
      pages.set(visitorId, (pages.get(visitorId) ?? 0) + 1);
    }
    expect(robots.size).toBe(12);
    for (const robot of robots) expect(pages.get(robot)).toBeGreaterThan(60);
  });
});

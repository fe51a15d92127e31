/** What the demo shop plants beside complements is found where it was planted: seasons, brands, intervals. */
import { beforeAll, describe, expect, it } from "vitest";
import { createCatalogue, type Catalogue } from "../catalogue/index.ts";
import {
  createOrderHistoryBuilder,
  createTrainingView,
  type OrderHistory,
  type TrainingView,
} from "../history/index.ts";
import { createDemoShop } from "../simulation/index.ts";
import { measureBrandSwitching } from "./brand-switching.ts";
import { customerAffinities, fitCustomerAffinities } from "./customer-affinity.ts";
import { findGatewayProducts } from "./gateway-products.ts";
import { brandLabels } from "./product-labels.ts";
import { collectSpells, describeRepurchase } from "./repurchase-intervals.ts";
import { measureSeasonality } from "./seasonality.ts";

const shop = createDemoShop({ picture: () => "" });
let catalogue: Catalogue;
let history: OrderHistory;
let view: TrainingView;
beforeAll(() => {
  catalogue = createCatalogue(shop);
  const builder = createOrderHistoryBuilder();
  for (const order of shop.orders) builder.addOrder(order);
  history = builder.finish(catalogue.ids).history;
  view = createTrainingView({ orders: history, until: shop.until });
});
const indexOf = (id: string): number => catalogue.ids.indexOf(id) ?? -1;

describe("in the demo shop", () => {
  it("seasons of products are found, and hardly any that was not planted", async ({ annotate }) => {
    const seasons = await measureSeasonality(view);
    const planted = new Set(shop.truth.seasons.flatMap(({ productIds }) => productIds.map(indexOf)));
    const found = Array.from(seasons.isSeasonal.keys()).filter((product) => seasons.isSeasonal[product]);
    const right = found.filter((product) => planted.has(product)).length;
    await annotate(`${found.length} seasons found, ${right} of them planted, ${planted.size} planted in all`);
    expect(right).toBeGreaterThan(90);
    expect(right / found.length).toBeGreaterThan(0.9);
  });

  it("seasons of groups have the planted shape", async () => {
    const { seasons } = shop.truth;
    const labelOf = new Int32Array(view.productCount).fill(seasons.length);
    for (const [label, { productIds }] of seasons.entries()) for (const id of productIds) labelOf[indexOf(id)] = label;
    const measured = await measureSeasonality(view, { labels: { labelOf, size: seasons.length + 1 } });
    for (const [label, { name, monthlyIndex }] of seasons.entries()) {
      expect(measured.isSeasonal[label], name).toBe(1);
      const index = measured.index.subarray(label * 12, label * 12 + 12);
      const best = index.indexOf(Math.max(...index));
      expect(monthlyIndex[best], name).toBeGreaterThan(0.8 * Math.max(...monthlyIndex));
      expect(Math.max(...index) / Math.min(...index), name).toBeGreaterThan(1.5);
    }
  });

  it("favourite brands lead customers' affinities far more often than chance", async ({ annotate }) => {
    const tastes = await fitCustomerAffinities(view, brandLabels(catalogue));
    const ranks = shop.truth.loyalties.flatMap(({ customerId, brand }) => {
      const customer = history.customers.indexOf(customerId);
      if (customer === undefined) return [];
      return [customerAffinities(tastes, customer).findIndex(({ label }) => catalogue.brands.idOf(label) === brand)];
    });
    const first = ranks.filter((rank) => rank === 0).length / ranks.length;
    await annotate(
      `${first} of favourite brands come first, ${1 / catalogue.brands.size} by chance; strength ${tastes.strength}`,
    );
    expect(first).toBeGreaterThan(3 / catalogue.brands.size);
  });

  it("customers are loyal to brands beyond chance, even without buying the same thing twice", async ({ annotate }) => {
    const everything = { labelOf: new Int32Array(view.productCount), size: 1 };
    const labels = { brands: brandLabels(catalogue), categories: everything };
    const { size, steps, expected } = await measureBrandSwitching(view, labels, { sameProduct: false });
    let stayed = 0;
    let byChance = 0;
    for (let brand = 0; brand < size; brand++) {
      stayed += steps[brand * size + brand];
      byChance += expected[brand * size + brand];
    }
    await annotate(`stayed ${stayed}, by chance ${byChance}`);
    expect(stayed / byChance).toBeGreaterThan(1.1);
  });

  it("what runs out is bought again at its own interval", async () => {
    const spells = await collectSpells(view);
    let told = 0;
    for (const { productId, days } of shop.truth.repeatIntervals) {
      const { repeats, again } = describeRepurchase(spells, indexOf(productId), { weeks: 52 });
      if (repeats < 60) continue;
      told++;
      expect(again.time / days, productId).toBeGreaterThan(0.85);
      expect(again.time / days, productId).toBeLessThan(1.2);
      expect(again.lower, productId).toBeLessThanOrEqual(again.time);
    }
    expect(told).toBeGreaterThan(10);
  });

  it("first orders with what runs out are followed by more, and the figures stay modest", async () => {
    const { products } = await findGatewayProducts(history, { horizonDays: 180, rates: { EUR: 1, GBP: 1.15 } });
    const runsOut = new Set(shop.truth.repeatIntervals.map(({ productId }) => indexOf(productId)));
    const top = products.slice(0, 20).filter(({ product }) => runsOut.has(product)).length;
    const bottom = products.slice(-20).filter(({ product }) => runsOut.has(product)).length;
    expect(top).toBeGreaterThanOrEqual(bottom);
    for (const { lower, difference, upper } of products) expect(lower <= difference && difference <= upper).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { InvalidOption } from "../errors.ts";
import { createRandom } from "../random/generator.ts";
import { basketsOf } from "./baskets.ts";
import { customerAffinities, fitCustomerAffinities } from "./customer-affinity.ts";

const labels = { labelOf: Int32Array.of(0, 0, 1, 1, -1), size: 3 };

/** Half of the customers buy label 0 nine times in ten, the others label 1. Customer 0 bought once, the last one never. */
async function tastes() {
  const random = createRandom("tastes");
  const orders: number[][] = [[0]];
  const customers = [0];
  for (let customer = 1; customer < 200; customer++) {
    for (let order = 0; order < 12; order++) {
      const isOwn = random.next() < 0.9;
      orders.push([(customer % 2 === 0) === isOwn ? random.integer(2) : 2 + random.integer(2), 4]);
      customers.push(customer);
    }
  }
  orders.push([2]);
  customers.push(-1);
  return fitCustomerAffinities(
    { baskets: basketsOf(orders, 5), basketCustomer: Int32Array.from(customers), customerCount: 201 },
    labels,
  );
}

describe("a customer's affinities", () => {
  it("are strong where they bought much, mild where they bought once, and the shop's where never", async () => {
    const all = await tastes();
    const of = (customer: number) => customerAffinities(all, customer).find(({ label }) => label === 0);
    expect(of(2)?.affinity).toBeGreaterThan(1.5);
    expect(of(2)?.lower).toBeGreaterThan(of(200)?.share ?? 1);
    expect(of(0)?.affinity).toBeGreaterThan(1);
    expect(of(0)?.affinity).toBeLessThan(of(2)?.affinity ?? 0);
    expect(of(200)?.affinity).toBeCloseTo(1, 12);
    expect(of(3)?.affinity).toBeLessThan(0.6);
  });

  it("are shares, the favourite first, without labels that nobody buys", async () => {
    const all = await tastes();
    for (const customer of [0, 1, 2, 200]) {
      const list = customerAffinities(all, customer);
      expect(list.map(({ label }) => label).toSorted((a, b) => a - b)).toEqual([0, 1]);
      expect(list[0].affinity).toBeGreaterThanOrEqual(list[1].affinity);
      expect(list.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
      for (const { lower, share, upper } of list) expect(lower <= share && share <= upper).toBe(true);
    }
    expect(() => customerAffinities(all, 201)).toThrow(InvalidOption);
  });

  it("are certain where there is one label, and empty where there are no sales", async () => {
    const one = { labelOf: Int32Array.of(0), size: 1 };
    const sold = { baskets: basketsOf([[0]], 1), basketCustomer: Int32Array.of(0), customerCount: 1 };
    expect(customerAffinities(await fitCustomerAffinities(sold, one), 0)[0]).toMatchObject({
      share: 1,
      lower: 1,
      upper: 1,
    });
    const none = { baskets: basketsOf([], 1), basketCustomer: new Int32Array(), customerCount: 1 };
    expect(customerAffinities(await fitCustomerAffinities(none, one), 0)).toEqual([]);
  });
});

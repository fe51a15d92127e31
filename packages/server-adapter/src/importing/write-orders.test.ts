import { createCatalogue, type Market, type Product } from "@basketlift/engine/catalogue";
import { createOrderHistoryBuilder, type Order } from "@basketlift/engine/history";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { now } from "../../test/import-text.ts";
import { temporaryPath } from "../../test/temporary-file.ts";
import { csvLine, importShop, writeOrdersCsv, writeProductsCsv } from "./index.ts";

const market: Market = { id: "uk", country: "GB", currency: "GBP", locale: "en-GB", timeZone: "Europe/London" };

const products: Product[] = [
  {
    id: "mug",
    title: 'Mug, "hand-thrown"',
    description: "For tea;\ncoffee, too",
    url: "https://shop.example/mug",
    image: "data:image/svg+xml,%3Csvg/%3E",
    brand: "Kiln & Co",
    category: ["Kitchen", "Mugs > large"],
    attributes: { colour: "blue", material: ["wood", "steel"] },
    publishedAt: "2023-05-01T00:00:00.000Z",
    active: true,
    restrictions: { minimumAge: 16, countries: ["GB", "IE"], excludedCountries: ["FR"] },
    variants: [
      { id: "mug-s", options: { size: "S" }, prices: { uk: 1250 }, cost: 301, stock: 4 },
      { id: "mug-l", options: { size: "L" }, prices: { uk: 5 }, stock: 0 },
    ],
  },
  { id: "MUG", title: "Другая кружка", active: false, variants: [{ id: "MUG", prices: {} }] },
  { id: "tray", title: "Tray", variants: [{ id: "tray", prices: { uk: 2000 } }] },
];

const ids = products.map(({ id }) => id);
const orderOf = fc.record({
  placedAt: fc.date({ min: new Date("2020-01-01"), max: now, noInvalidDate: true }).map((date) => date.toISOString()),
  customerId: fc.option(fc.stringMatching(/^[a-z][a-z0-9 ,";]{0,8}[a-z]$/), { nil: undefined }),
  currency: fc.constantFrom("GBP", "JPY", "KWD"),
  lines: fc.array(
    fc
      .record({
        productId: fc.constantFrom(...ids),
        quantity: fc.integer({ min: 1, max: 500 }),
        unitPrice: fc.integer({ min: 1, max: 1_000_000 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
        cancelled: fc.boolean(),
      })
      .map(({ share, ...line }) => {
        const discount = Math.floor(line.quantity * line.unitPrice * share * 0.5);
        return { ...line, discount, refunded: discount, returnedQuantity: Math.floor(line.quantity * share) };
      }),
    { minLength: 1, maxLength: 4 },
  ),
});

describe("orders and products written as CSV", () => {
  it("are read back as they were", async () => {
    const [orderPath, productPath] = [await temporaryPath("orders.csv.gz"), await temporaryPath("products.csv")];
    await writeProductsCsv(productPath, products, market);
    await fc.assert(
      fc.asyncProperty(fc.array(orderOf, { minLength: 1, maxLength: 12 }), async (bodies) => {
        const orders: Order[] = bodies.map(({ customerId, ...body }, index) => ({
          id: `A-${index}`,
          ...(customerId !== undefined && { customerId }),
          ...body,
        }));
        await writeOrdersCsv(orderPath, orders, products);
        const shop = await importShop({ orders: orderPath, products: productPath, market, now });
        const builder = createOrderHistoryBuilder();
        for (const order of orders) builder.addOrder(order);
        const { history } = builder.finish(createCatalogue({ products, markets: [market] }).ids);
        expect(shop.catalogue.products).toEqual(products);
        expect({ ...shop.history, customers: shop.history.customers.all }).toEqual({
          ...history,
          customers: history.customers.all,
        });
        expect(shop.report.rows.skipped).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it("are quoted as RFC 4180 says", () => {
    expect(csvLine(["a", "b,c", 'd"e', "f\r\ng", ""])).toBe('a,"b,c","d""e","f\r\ng",\r\n');
  });
});

/** Exports as Shopify and WooCommerce write them, cut to the columns that matter and one that does not. */
import { describe, expect, it } from "vitest";
import { importText, linesOf } from "../../test/import-text.ts";

const shopifyOrders = `Name,Email,Financial Status,Paid at,Currency,Subtotal,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem discount,Cancelled at,Refunded Amount,Vendor,Id
#1001,Ann@Example.com,paid,2024-01-15 10:24:00 -0500,USD,30.00,0.00,2024-01-15 10:23:45 -0500,2,Mug - Blue,10.00,MUG-B,0.00,,0.00,Kiln,5123
#1001,ann@example.com,,,,,,2024-01-15 10:23:45 -0500,1,Tray,10.00,TRAY,1.00,,,Kiln,
#1002,bob@example.com,voided,,USD,10.00,0.00,2024-01-16 10:00:00 -0500,1,Tray,10.00,TRAY,0.00,2024-01-16 12:00:00 -0500,0.00,Kiln,5124
#1003,ann@example.com,partially_refunded,,USD,40.00,4.00,2024-01-17 10:00:00 -0500,3,Mug - Red,10.00,MUG-R,0.00,,9.00,Kiln,5125
#1003,ann@example.com,,,,,,2024-01-17 10:00:00 -0500,1,Old vase,10.00,,0.00,,,Kiln,
#1004,,refunded,,USD,10.00,0.00,2024-01-18 10:00:00 -0500,1,Tray,10.00,TRAY,0.00,,0.00,Kiln,5126
`;

const shopifyProducts = `Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src,Image Position,Cost per item,Status
mug,Mug,<p>Thrown <b>by hand</b>.</p>,Kiln,Home & Garden > Kitchen > Mugs,Mugs,"new, gift",true,Colour,Blue,MUG-B,4,10.00,https://shop.example/mug.jpg,1,3.10,active
mug,,,,,,,,,Red,MUG-R,0,10.50,https://shop.example/red.jpg,2,3.20,
mug,,,,,,,,,,,,,https://shop.example/back.jpg,3,,
tray,Tray,,Kiln,,Trays,,true,Title,Default Title,TRAY,12,10.00,,,4.00,draft
`;

describe("Shopify's order export", () => {
  it("is read with order fields on the first line only, cancellations, refunds and discounts", async () => {
    const shop = await importText(shopifyOrders);
    expect(linesOf(shop)).toEqual([
      {
        order: "#1001",
        product: "MUG-B",
        quantity: 2,
        unitPrice: 1000,
        discount: 0,
        returned: 0,
        refunded: 0,
        cancelled: false,
      },
      {
        order: "#1001",
        product: "TRAY",
        quantity: 1,
        unitPrice: 1000,
        discount: 100,
        returned: 0,
        refunded: 0,
        cancelled: false,
      },
      {
        order: "#1002",
        product: "TRAY",
        quantity: 1,
        unitPrice: 1000,
        discount: 0,
        returned: 0,
        refunded: 0,
        cancelled: true,
      },
      {
        order: "#1003",
        product: "MUG-R",
        quantity: 3,
        unitPrice: 1000,
        discount: 300,
        returned: 0,
        refunded: 675,
        cancelled: false,
      },
      {
        order: "#1003",
        product: "Old vase",
        quantity: 1,
        unitPrice: 1000,
        discount: 100,
        returned: 0,
        refunded: 225,
        cancelled: false,
      },
      {
        order: "#1004",
        product: "TRAY",
        quantity: 1,
        unitPrice: 1000,
        discount: 0,
        returned: 0,
        refunded: 1000,
        cancelled: false,
      },
    ]);
    expect(new Date(shop.history.placedAt[0]).toISOString()).toBe("2024-01-15T15:23:45.000Z");
    expect(shop.history.customers.all).toEqual(["ann@example.com", "bob@example.com"]);
    expect(shop.report).toMatchObject({ cancelledOrders: 1, refundedOrders: 2, guestOrders: 1 });
    expect(shop.catalogue.markets[0].currency).toBe("USD");
  });

  it("finds its products in the product export by SKU; what that lacks becomes a product that is never offered", async () => {
    const { catalogue, history, report } = await importText(shopifyOrders, { products: shopifyProducts });
    expect(catalogue.products).toEqual([
      {
        id: "mug",
        title: "Mug",
        description: "Thrown by hand.",
        image: "https://shop.example/mug.jpg",
        brand: "Kiln",
        category: ["Home & Garden", "Kitchen", "Mugs"],
        attributes: { tags: ["new", "gift"] },
        active: true,
        variants: [
          { id: "MUG-B", options: { Colour: "Blue" }, prices: { default: 1000 }, cost: 310, stock: 4 },
          { id: "MUG-R", options: { Colour: "Red" }, prices: { default: 1050 }, cost: 320, stock: 0 },
        ],
      },
      {
        id: "tray",
        title: "Tray",
        brand: "Kiln",
        category: ["Trays"],
        active: false,
        variants: [{ id: "TRAY", prices: { default: 1000 }, cost: 400, stock: 12 }],
      },
      {
        id: "Old vase",
        title: "Old vase",
        publishedAt: "2024-01-17T15:00:00.000Z",
        active: false,
        variants: [{ id: "Old vase", prices: { default: 1000 } }],
      },
    ]);
    expect(Array.from(history.lineProduct)).toEqual([0, 1, 1, 0, 2, 1]);
    expect(report.products).toMatchObject({ total: 3, fromFile: 2, fromOrders: 1 });
    expect(report.warnings.map(({ code }) => code)).toContain("unlisted-products");
  });
});

describe("WooCommerce's exports", () => {
  const orders = `Order Number,Order Status,Order Date,Customer User ID,Email (Billing),Item #,Item Name,SKU,Quantity,Item Cost,Order Currency
501,wc-completed,2024-03-01 09:15,12,c@example.com,1,Hoodie - Green,HOOD-G,1,"45,00",EUR
501,wc-completed,2024-03-01 09:15,12,c@example.com,2,Cap,CAP,2,"18,00",EUR
502,wc-failed,2024-03-02 09:15,0,d@example.com,1,Cap,CAP,1,"18,00",EUR
`;
  const products = `ID,Type,SKU,Name,Published,"Is featured?",Categories,Stock,"Regular price","Sale price",Images,Parent,"Attribute 1 name","Attribute 1 value(s)"
44,variable,HOOD,Hoodie,1,0,"Clothing > Hoodies, Sale",,,,"https://shop.example/a.jpg, https://shop.example/b.jpg",,Colour,"Green, Red"
45,variation,HOOD-G,Hoodie - Green,1,0,,3,50.00,45.00,,id:44,Colour,Green
46,variation,HOOD-R,Hoodie - Red,1,0,,2,50.00,,,HOOD,Colour,Red
47,simple,CAP,Cap,1,0,Clothing,9,18.00,,,,,
48,variation,LOST,Lost,1,0,,9,18.00,,,id:999,,
`;

  it("are read together: variations under their parent, sale prices, categories", async () => {
    const shop = await importText(orders, { products });
    expect(shop.catalogue.products).toEqual([
      {
        id: "44",
        title: "Hoodie",
        image: "https://shop.example/a.jpg",
        category: ["Clothing", "Hoodies"],
        active: true,
        variants: [
          { id: "HOOD-G", options: { Colour: "Green" }, prices: { default: 4500 }, stock: 3 },
          { id: "HOOD-R", options: { Colour: "Red" }, prices: { default: 5000 }, stock: 2 },
        ],
      },
      {
        id: "47",
        title: "Cap",
        category: ["Clothing"],
        active: true,
        variants: [{ id: "CAP", prices: { default: 1800 }, stock: 9 }],
      },
    ]);
    expect(
      linesOf(shop).map(({ order, product, unitPrice, cancelled }) => [order, product, unitPrice, cancelled]),
    ).toEqual([
      ["501", "44", 4500, false],
      ["501", "47", 1800, false],
      ["502", "47", 1800, true],
    ]);
    expect(shop.history.customers.all).toEqual(["12", "d@example.com"]);
    expect(shop.report.files[1].skipped).toMatchObject([{ reason: "unknown-parent", count: 1, example: "id:999" }]);
  });
});

describe("the order export that most WooCommerce shops use", () => {
  const header =
    "Order Number,Order Status,Order Date,Email (Billing),Cart Discount Amount,Order Refund Amount,SKU,Item #,Item Name,Quantity (- Refund),Item Cost,Coupon Code,Discount Amount";

  it("has prices net of discounts and quantities net of refunds: neither is taken off again", async () => {
    const shop = await importText(
      [
        header,
        "100,Completed,2024-03-01 09:15,c@example.com,3.00,12.00,CAP,1,Cap,2,18.50,THREE,3.00",
        "100,Completed,2024-03-01 09:15,c@example.com,3.00,12.00,BAG,2,Bag,0,12.00,THREE,3.00",
      ].join("\n"),
    );
    expect(linesOf(shop)).toMatchObject([
      { order: "100", product: "CAP", quantity: 2, unitPrice: 1850, discount: 0, returned: 0, refunded: 0 },
    ]);
    expect(shop.report.skipped).toMatchObject([{ reason: "zero-quantity", lines: [3] }]);
  });

  it("with the plain quantity beside it keeps what was refunded as evidence", async () => {
    const shop = await importText(
      [
        header.replace("Quantity (- Refund)", "Quantity,Quantity (- Refund)"),
        "100,Completed,2024-03-01 09:15,c@example.com,0,12.00,BAG,1,Bag,1,0,12.00,,0",
      ].join("\n"),
    );
    expect(linesOf(shop)).toMatchObject([{ product: "BAG", quantity: 1, unitPrice: 1200, refunded: 1200 }]);
  });
});

describe("columns of other systems", () => {
  it.each([
    ["snake_case", "order_id,created_at,customer_id,product_id,product_name,quantity,unit_price,currency"],
    ["camelCase", "orderId,createdAt,customerId,productId,productName,quantity,unitPrice,currency"],
    ["words", "Order No.,Order Date,Customer,Product Code,Item,Qty,Price,Currency"],
    ["German", "Bestellnummer,Bestelldatum,Kundennummer,Artikelnummer,Bezeichnung,Menge,Einzelpreis,Währung"],
  ])("are found by themselves: %s", async (_, header) => {
    const shop = await importText(`${header}\n9,2024-01-02,7,mug,Blue mug,2,3.50,EUR\n`);
    expect(linesOf(shop)).toMatchObject([{ order: "9", product: "mug", quantity: 2, unitPrice: 350 }]);
    expect(shop.catalogue.products[0].title).toBe("Blue mug");
    expect(shop.history.customers.all).toEqual(["7"]);
  });

  it("are mapped by hand, against what would be found", async () => {
    const shop = await importText("id,day,sku,what,n,price,Preis netto\n9,2024-01-02,mug,Blue mug,2,3.50,3.00\n", {
      columns: { order: "id", date: "day", productName: "what", quantity: "n", unitPrice: "preis netto" },
    });
    expect(linesOf(shop)).toMatchObject([{ order: "9", product: "mug", quantity: 2, unitPrice: 300 }]);
    expect(shop.report.files[0].unusedColumns).toEqual(["price"]);
  });

  it("may hold totals instead of unit prices, and no quantity", async () => {
    const totals = await importText("order_id,date,sku,qty,line_total\n1,2024-01-02,mug,3,13.50\n");
    expect(linesOf(totals)).toMatchObject([{ quantity: 3, unitPrice: 450 }]);
    const single = await importText("order_id,date,sku,price\n1,2024-01-02,mug,4.50\n");
    expect(linesOf(single)).toMatchObject([{ quantity: 1, unitPrice: 450 }]);
    expect(single.report.warnings.map(({ code }) => code)).toContain("no-quantity-column");
  });
});

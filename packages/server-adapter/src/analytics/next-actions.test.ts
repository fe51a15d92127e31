import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestServices, type TestServices } from "../../test/services.ts";
import { chooseActions, suggestActions } from "./next-actions.ts";
import type { ShopCondition } from "./shop-condition.ts";

/** A shop that lacks nothing. */
const thriving: ShopCondition = {
  products: 500,
  orders: 30_000,
  newestOrderDays: 0.1,
  engineDays: 1,
  hasPublishableKey: true,
  isKeyUsed: true,
  decisions: 10_000,
  impressions: 40_000,
  companionDecisions: 3_000,
  affinities: 120,
  places: [
    { placement: "pdp", impressions: 20_000, clicks: 900 },
    { placement: "cart", impressions: 9_000, clicks: 500 },
    { placement: "homepage", impressions: 11_000, clicks: 400 },
  ],
  recentOrders: 1_200,
  recentOrdersWithVisitor: 900,
  holdoutShare: 0.05,
  heldOutVisitors: 800,
};
const codes = (change: Partial<ShopCondition>) => chooseActions({ ...thriving, ...change }).map(({ code }) => code);

describe("what a shop should do next", () => {
  it("is nothing when all is well", () => {
    expect(codes({})).toEqual([]);
  });

  it.each<[string, Partial<ShopCondition>, string]>([
    ["has no orders", { orders: 0, newestOrderDays: undefined, engineDays: undefined }, "import-orders"],
    ["was never trained", { engineDays: undefined }, "train-engine"],
    ["has no key for its pages", { hasPublishableKey: false, isKeyUsed: false }, "create-key"],
    ["has a key that nobody used", { isKeyUsed: false, decisions: 0 }, "install-widgets"],
    ["asks for recommendations that nobody sees", { impressions: 0 }, "check-widgets"],
    ["sends orders without visitors", { recentOrdersWithVisitor: 10 }, "send-visitor-ids"],
    ["has had no order for ten days", { newestOrderDays: 10 }, "import-newer-orders"],
    ["trained before its newest orders", { engineDays: 9 }, "train-again"],
    ["holds nobody out", { holdoutShare: 0, heldOutVisitors: 0 }, "hold-out-visitors"],
    ["knows companions and shows none", { companionDecisions: 0 }, "show-companions"],
    ["holds too few out", { heldOutVisitors: 20 }, "enlarge-holdout"],
    ["recommends nothing in the cart", { places: thriving.places.filter((_, index) => index !== 1) }, "add-place"],
    [
      "is hardly clicked in one place",
      { places: [...thriving.places, { placement: "email", impressions: 4_000, clicks: 8 }] },
      "look-at-place",
    ],
  ])("comes first when it %s", (_, change, code) => {
    expect(codes(change)[0]).toBe(code);
  });

  it.each<[Partial<ShopCondition>, string]>([
    [
      { heldOutVisitors: 1 },
      "Hold out more than 5% for a while (basketlift start --holdout): 1 visitor in four weeks is too few to prove an effect.",
    ],
    [{ newestOrderDays: 8.6 }, "Import newer orders: the newest one is 8 days old."],
    [
      { companionDecisions: 0, affinities: 1_204 },
      "Show what goes together on product pages: 1,204 proven pairs are known, and no page asked this week.",
    ],
  ])("is said with figures as the console writes them", (change, text) => {
    expect(chooseActions({ ...thriving, ...change })[0].text).toBe(text);
  });

  it("is at most three things", () => {
    const worst = {
      orders: 0,
      hasPublishableKey: false,
      impressions: 0,
      recentOrdersWithVisitor: 0,
      newestOrderDays: 99,
    };
    expect(codes(worst)).toEqual(["import-orders", "create-key", "check-widgets"]);
  });
});

describe("the suggestions of a new server", () => {
  let services: TestServices;
  beforeAll(async () => void (services = await createTestServices()));
  afterAll(() => services.close());

  it("are to import orders and to make a key", async () => {
    expect(await suggestActions(services)).toMatchObject([
      { code: "import-orders", href: "/console/bulk-import" },
      { code: "create-key" },
    ]);
  });
});

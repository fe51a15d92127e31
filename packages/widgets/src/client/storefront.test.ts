import { childDecisionId, rerankVersion } from "@basketlift/engine/snapshot";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestApi, recommended, type TestApi } from "../../test/api.ts";
import { databaseName, hasDatabase } from "../../test/device.ts";
import type { AnsweredRecommendation } from "./answer.ts";
import { sessionRest, visitorLifetime } from "./identity.ts";
import { inspectEvent, type Inspection } from "./inspector.ts";
import {
  createStorefront,
  type CartAdapter,
  type PlacementRequest,
  type Storefront,
  type StorefrontOptions,
} from "./index.ts";

const yes = { measurement: true, personalisation: true };
const no = { measurement: false, personalisation: false };

let api: TestApi;
let device: string;
let clock: number;
const open: Storefront[] = [];

/** A page of the shop. */
function openPage(options: Partial<StorefrontOptions> = {}): Storefront {
  const storefront = createStorefront({
    endpoint: "https://shop.example/api/",
    key: "pk_test",
    consent: yes,
    fetch: api.fetch,
    databaseName: device,
    now: () => clock,
    ...options,
  });
  open.push(storefront);
  return storefront;
}

/** Places that the shopper sees, with what each is answered. */
async function ask(
  storefront: Storefront,
  ...requests: readonly PlacementRequest[]
): Promise<readonly (AnsweredRecommendation | undefined)[]> {
  const places = requests.map((request) => {
    const answer = Promise.withResolvers<AnsweredRecommendation | undefined>();
    const element = document.body.appendChild(document.createElement("div"));
    return { answer: answer.promise, place: storefront.place(request, element, answer.resolve) };
  });
  for (const { place } of places) place.near();
  return Promise.all(places.map(({ answer }) => answer));
}

const productsOf = (answer: AnsweredRecommendation | undefined): string[] =>
  (answer?.items ?? []).map(({ productId }) => productId);

const inCart = { productId: "plate", variantId: "plate-white", quantity: 1 };
const homepage = { placement: "homepage", limit: 4 };
const pdp = { placement: "pdp", productId: "plate", limit: 3 };

beforeEach(() => {
  api = createTestApi();
  device = databaseName();
  clock = Date.parse("2026-11-22T10:00:00Z");
});
afterEach(() => {
  for (const storefront of open.splice(0)) storefront.close();
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

describe("a page that is left", () => {
  it("hands over a click that leaves it in the same moment", async () => {
    const bodies: Blob[] = [];
    const beacon = (_address: string, body: Blob): boolean => bodies.push(body) > 0;
    vi.stubGlobal(
      "navigator",
      new Proxy(navigator, { get: (of, name) => (name === "sendBeacon" ? beacon : Reflect.get(of, name)) }),
    );
    const page = openPage();
    const [answer] = await ask(page, homepage);
    const clicked = answer?.items[0];
    if (!answer || !clicked) throw new Error("The page was answered nothing.");
    void page.report("click", answer, clicked, "homepage");
    dispatchEvent(new Event("pagehide"));
    const { sessionId } = await page.identity();
    expect(JSON.parse((await bodies[0]?.text()) ?? "null")).toMatchObject({
      events: [{ kind: "click", productId: clicked.productId, decisionId: answer.id, sessionId }],
    });
  });
});

describe("one page", () => {
  it("asks once for all its places, from the top down, with the key inside and no preflight", async () => {
    await ask(openPage(), pdp, { ...pdp, strategy: "similar" }, homepage);
    expect(api.pages).toHaveLength(1);
    const [request] = api.requests.filter(({ url }) => url.endsWith("/placements/page"));
    expect(request.url).toBe("https://shop.example/api/placements/page");
    expect([...request.headers.keys()]).toEqual(["content-type"]);
    expect(request.headers.get("content-type")).toMatch(/^text\/plain/);
    expect(api.pages[0]).toMatchObject({
      key: "pk_test",
      productId: "plate",
      placements: [
        { placement: "pdp", limit: 3 },
        { placement: "pdp", limit: 3, strategy: "similar" },
        { placement: "homepage", limit: 4 },
      ],
    });
  });

  it("about another product leaves out that one, and not the one that was in view before", async () => {
    const storefront = openPage();
    await storefront.view("mug");
    await ask(storefront, pdp);
    expect(api.pages[0]).toMatchObject({ productId: "plate", exclude: ["plate"] });
  });

  it("shows no product twice, also in places that come later", async () => {
    const storefront = openPage();
    const [first] = await ask(storefront, homepage);
    const [later] = await ask(storefront, homepage);
    expect(productsOf(first)).toEqual(recommended.slice(0, 4));
    expect(productsOf(later)).toEqual(recommended.slice(4, 8));
  });

  it("waits for places whose code is still on its way", async () => {
    const storefront = openPage();
    const code = Promise.withResolvers<void>();
    storefront.expect(code.promise);
    const first = ask(storefront, homepage);
    const second = ask(storefront, pdp);
    code.resolve();
    await Promise.all([first, second]);
    expect(api.pages).toHaveLength(1);
  });

  it("sends what is in the cart and leaves out the product in view", async () => {
    const line = { productId: "mug", variantId: "mug-white", quantity: 2 };
    const storefront = openPage({ cart: { add: () => {}, lines: () => [line] } });
    await storefront.view("plate");
    await ask(storefront, homepage);
    expect(api.pages[0]).toMatchObject({ cart: [line], exclude: ["plate"], session: ["plate"] });
  });
});

describe("a shopper's page survives", () => {
  const failures: Inspection[] = [];
  const note = ({ detail }: CustomEvent<Inspection>): void => void (detail.what === "failure" && failures.push(detail));
  beforeEach(() => {
    failures.length = 0;
    document.addEventListener(inspectEvent, note);
  });
  afterEach(() => document.removeEventListener(inspectEvent, note));

  it.each(["broken", "gone"] as const)(
    "a server that is %s: places stay empty, and developers hear why",
    async (mood) => {
      api.mood = mood;
      expect(await ask(openPage(), homepage)).toEqual([undefined]);
      expect(failures.length).toBeGreaterThan(0);
    },
  );

  it("an answer that makes no sense", async () => {
    api.mood = "nonsense";
    expect(await ask(openPage(), homepage)).toEqual([undefined]);
  });

  it("a server that never answers", async () => {
    api.mood = "silent";
    expect(await ask(openPage({ timeout: 20 }), homepage)).toEqual([undefined]);
    expect(failures.length).toBeGreaterThan(0);
  });

  it("a browser that keeps nothing: recommendations come, and nobody is counted as many", async () => {
    vi.stubGlobal("indexedDB", { open: () => fail(), deleteDatabase: () => fail() });
    const storefront = openPage();
    await storefront.view("plate");
    const [answer] = await ask(storefront, homepage);
    expect(productsOf(answer)).toHaveLength(4);
    expect(api.pages[0]).not.toHaveProperty("visitorId");
    expect(api.pages[0]).toMatchObject({ session: ["plate"] });
  });
});

function fail(): never {
  throw new DOMException("Storage is blocked.", "SecurityError");
}

describe("without consent", () => {
  it("there is no id, no session and no event, and still an answer", async () => {
    const storefront = openPage({ consent: no });
    await storefront.view("plate");
    const [answer] = await ask(storefront, homepage);
    if (answer) await storefront.report("click", answer, answer.items[0], "homepage");
    await storefront.flush();
    expect(productsOf(answer)).toHaveLength(4);
    expect(await storefront.identity()).toEqual({});
    for (const field of ["visitorId", "sessionId", "session"]) expect(api.pages[0]).not.toHaveProperty(field);
    expect(api.batches).toEqual([]);
  });

  it("nothing is written to the device", async () => {
    const opened = vi.fn<() => never>(fail);
    vi.stubGlobal("indexedDB", { open: opened });
    const storefront = openPage({ consent: no });
    await storefront.view("plate");
    await ask(storefront, homepage);
    expect(opened).not.toHaveBeenCalled();
  });

  it("a browser with Global Privacy Control is not asked twice", async () => {
    vi.stubGlobal("navigator", { globalPrivacyControl: true });
    const storefront = openPage({ consent: yes });
    await storefront.view("plate");
    await ask(storefront, homepage);
    await storefront.setConsent(yes);
    expect(await storefront.identity()).toEqual({});
    for (const field of ["visitorId", "sessionId", "session"]) expect(api.pages[0]).not.toHaveProperty(field);
  });

  it("to one purpose, the other one works", async () => {
    const measured = openPage({ consent: { measurement: true, personalisation: false } });
    await measured.view("plate");
    await ask(measured, homepage);
    expect(api.pages[0]).toHaveProperty("sessionId");
    expect(api.pages[0]).not.toHaveProperty("session");

    device = databaseName();
    const personal = openPage({ consent: { measurement: false, personalisation: true } });
    await personal.view("plate");
    await ask(personal, homepage);
    expect(api.pages[1]).not.toHaveProperty("sessionId");
    expect(api.pages[1]).toMatchObject({ session: ["plate"] });
  });

  it("given and taken back, nothing is left", async () => {
    const storefront = openPage();
    await storefront.view("plate");
    const before = await storefront.identity();
    await storefront.setConsent(no);
    await storefront.setConsent(yes);
    const after = await storefront.identity();
    expect(after.sessionId).not.toBe(before.sessionId);
    await ask(storefront, homepage);
    expect(api.pages[0]).not.toHaveProperty("session");
    await storefront.flush();
    expect(api.kept.size).toBe(0);
  });
});

describe.runIf(hasDatabase)("from page to page", () => {
  it("a visitor stays the same, and a session until half an hour of rest", async () => {
    const first = await openPage().identity();
    clock += sessionRest - 1;
    expect(await openPage().identity()).toEqual(first);
    clock += sessionRest;
    const later = await openPage().identity();
    expect(later.visitorId).toBe(first.visitorId);
    expect(later.sessionId).not.toBe(first.sessionId);
  });

  it("a visitor id is thrown away after 13 months, however often it was used", async () => {
    const first = await openPage().identity();
    clock += visitorLifetime;
    expect((await openPage().identity()).visitorId).not.toBe(first.visitorId);
  });

  it("the session is what was looked at since the last rest, oldest first, each product once", async () => {
    await openPage().view("old");
    clock += sessionRest;
    for (const product of ["mug", "teapot", "mug"]) {
      clock += 1_000;
      await openPage().view(product);
    }
    await ask(openPage(), homepage);
    expect(api.pages[0]).toMatchObject({ session: ["teapot", "mug"] });
  });

  it("a row is re-ranked on the device by what was looked at, without a request", async () => {
    api.followers.set("teacup", [recommended[2]]);
    const [parent] = await ask(openPage(), homepage);
    const next = openPage();
    await next.view("teacup");
    const [child] = await ask(next, homepage);
    expect(api.pages).toHaveLength(1);
    expect(productsOf(child)[0]).toBe(recommended[2]);
    expect(productsOf(child).toSorted()).toEqual(productsOf(parent).toSorted());
    expect(child?.reranked?.parentId).toBe(parent?.receipt.decisionId);
    expect(child?.id).not.toBe(parent?.id);
  });

  it("what becomes of a re-ranked row is told under the decision that the server knows", async () => {
    api.followers.set("teacup", [recommended[2]]);
    const [parent] = await ask(openPage(), homepage);
    const next = openPage();
    await next.view("teacup");
    const [child] = await ask(next, homepage);
    if (child) await next.report("click", child, child.items[0], "homepage");
    await next.flush();
    const clicks = [...api.kept.values()].filter(({ kind }) => kind === "click");
    expect(clicks).toMatchObject([{ productId: recommended[2], position: 0, decisionId: parent?.id }]);
    expect(clicks[0].childDecision).toEqual({
      id: child?.id,
      snapshotVersion: "snapshot-1",
      rerankVersion,
      session: ["teacup"],
      products: [recommended[2], recommended[0], recommended[1], recommended[3]],
    });
  });

  it("what a child decision says of itself is enough for the server to check it", async () => {
    api.followers.set("teacup", [recommended[2]]);
    const [parent] = await ask(openPage(), homepage);
    const next = openPage({ cart: { add: () => {}, lines: () => [{ ...inCart, productId: recommended[0] }] } });
    await next.view("teacup");
    const [child] = await ask(next, homepage);
    if (child) await next.report("impression", child, child.items[1], "homepage");
    await next.flush();
    const told = [...api.kept.values()].find(({ kind }) => kind === "impression")?.childDecision;
    const slate = productsOf(parent).filter((productId) => told?.products.includes(productId));
    expect(slate).toHaveLength(3);
    const { snapshotVersion = "", session = [] } = told ?? {};
    expect(childDecisionId({ parentId: parent?.id ?? "", snapshotVersion, session, slate })).toBe(told?.id);
  });

  it("a shop without a snapshot is asked as before", async () => {
    await ask(openPage(), homepage);
    const next = openPage();
    await next.view("teacup");
    await ask(next, homepage);
    expect(api.pages).toHaveLength(2);
  });
});

describe("a row in view", () => {
  it("changes when the shopper looks at something, without a request", async () => {
    api.followers.set("teacup", [recommended[3]]);
    const storefront = openPage();
    const answers: string[][] = [];
    const element = document.body.appendChild(document.createElement("div"));
    storefront.place(homepage, element, (answer) => void answers.push(productsOf(answer))).near();
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    await storefront.view("teacup");
    expect(api.pages).toHaveLength(1);
    expect(answers[1]?.[0]).toBe(recommended[3]);
  });
});

describe("the cart", () => {
  const line = { productId: recommended[0], variantId: "variant-0", quantity: 1 };

  it("is the shop's own: one call with all lines, then an event for each", async () => {
    const add = vi.fn<CartAdapter["add"]>(() => Promise.resolve());
    const storefront = openPage({ cart: { add } });
    const [recommendation] = await ask(storefront, homepage);
    const lines = [line, { productId: "plate", variantId: "plate-white", quantity: 1 }];
    await storefront.addToCart(lines, document.body, recommendation && { recommendation, placement: "homepage" });
    expect(add.mock.calls).toEqual([[lines]]);
    await vi.waitFor(async () => {
      await storefront.flush();
      expect(api.kept.size).toBe(2);
    });
    expect([...api.kept.values()]).toMatchObject([
      { kind: "add-to-cart", productId: recommended[0], decisionId: recommendation?.id, position: 0 },
      { kind: "add-to-cart", productId: "plate" },
    ]);
  });

  it("may be a listener instead, whose promise the shopper waits for", async () => {
    const storefront = openPage();
    const heard: unknown[] = [];
    const listen = (event: Event): void => {
      if (!(event instanceof CustomEvent)) return;
      heard.push(event.detail.lines);
      event.detail.respondWith(Promise.reject(new Error("Sold out")));
    };
    document.body.addEventListener("basketlift:add-to-cart", listen);
    const place = document.body.appendChild(document.createElement("div"));
    await expect(storefront.addToCart([line], place)).rejects.toThrow("Sold out");
    document.body.removeEventListener("basketlift:add-to-cart", listen);
    expect(heard).toEqual([[line]]);
    await storefront.flush();
    expect(api.kept.size).toBe(0);
  });

  it("nobody answers for is a failure, not a silence", async () => {
    await expect(openPage().addToCart([line], document.body)).rejects.toThrow("basketlift.cart");
  });
});

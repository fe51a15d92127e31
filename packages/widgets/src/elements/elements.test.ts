/** The elements as a page has them: real custom elements over a server behind `fetch`. */
import { screen, waitFor, within } from "@testing-library/preact";
import { userEvent } from "@testing-library/user-event";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestApi, type TestApi } from "../../test/api.ts";
import { databaseName } from "../../test/device.ts";
import { createStorefront, inspectEvent, type CartLine, type Inspection } from "../client/index.ts";
import { defineElements } from "./index.ts";

/** An element is defined once for a document: what stands behind it changes with every test. */
let api: TestApi;
const added: (readonly CartLine[])[] = [];
const storefront = createStorefront({
  endpoint: "https://shop.example/api",
  key: "pk_test",
  consent: { measurement: true, personalisation: true },
  databaseName: databaseName(),
  locale: "en-IE",
  fetch: (input, init) => api.fetch(input, init),
  cart: { add: (lines) => void added.push(lines) },
});

const inspections: Inspection[] = [];
const note = ({ detail }: CustomEvent<Inspection>): void => void inspections.push(detail);

/** Everything is in view at once: what only layout can show stands in the Chromium tests. */
class EverythingInView {
  readonly callback: IntersectionObserverCallback;
  constructor(callback: IntersectionObserverCallback) {
    this.callback = callback;
  }
  observe(target: Element): void {
    const entry = { target, isIntersecting: true, intersectionRatio: 1 };
    queueMicrotask(() => this.callback([entry as IntersectionObserverEntry], this as unknown as IntersectionObserver));
  }
  unobserve(): void {}
  disconnect(): void {}
}

beforeAll(() => {
  vi.stubGlobal("IntersectionObserver", EverythingInView);
  document.addEventListener(inspectEvent, note);
  defineElements({ storefront, labels: { addToCart: "Take it" } });
});
afterAll(() => {
  storefront.close();
  document.removeEventListener(inspectEvent, note);
  vi.unstubAllGlobals();
});
beforeEach(() => {
  api = createTestApi();
  added.length = 0;
  inspections.length = 0;
});
afterEach(() => document.body.replaceChildren());

const row = (attributes = 'placement="homepage" limit="3" heading="For you"') =>
  `<basketlift-recommendations ${attributes}></basketlift-recommendations>`;
const bundle = '<basketlift-bought-together product-id="plate"></basketlift-bought-together>';

function show(html: string): void {
  document.body.innerHTML = html;
}

describe("<basketlift-recommendations>", () => {
  it("shows a named row of products, each linked to its page, in the shop's own words", async () => {
    show(row());
    const group = await screen.findByRole("group", { name: "For you" });
    expect(within(group).getByRole("heading", { level: 2, name: "For you" })).toBeTruthy();
    expect(within(group).getAllByRole("listitem")).toHaveLength(3);
    expect(within(group).getByRole("link", { name: "Stoneware mug" }).getAttribute("href")).toBe(
      "#/products/product-0",
    );
    expect(within(group).getByText("€12.50")).toBeTruthy();
    expect(within(group).getByRole("button", { name: "Take it Teapot" })).toBeTruthy();
  });

  it("stands in the light DOM, where the shop's styles reach it", async () => {
    show(row());
    await screen.findByRole("group", { name: "For you" });
    expect(document.querySelector("basketlift-recommendations > .basketlift-place > .basketlift-row")).toBeTruthy();
  });

  it("asks again when the page gives it another product", async () => {
    show(row('placement="pdp" product-id="plate" limit="3"'));
    await screen.findByRole("group", { name: "You may also like" });
    document.querySelector("basketlift-recommendations")?.setAttribute("product-id", "cup");
    await waitFor(() => expect(api.pages.map(({ productId }) => productId)).toEqual(["plate", "cup"]));
  });

  it("puts a product into the shop's cart, says so, and reports where it came from", async () => {
    const user = userEvent.setup();
    show(row());
    await user.click(await screen.findByRole("button", { name: "Take it Stoneware mug" }));
    await waitFor(() => expect(screen.getByText("Stoneware mug is in your cart")).toBeTruthy());
    expect(added).toEqual([[{ productId: "product-0", variantId: "variant-0", quantity: 1 }]]);
    await expectKept("add-to-cart", { productId: "product-0", position: 0, placement: "homepage" });
  });

  it("reports a click", async () => {
    const user = userEvent.setup();
    show(row());
    await user.click(await screen.findByRole("link", { name: "Oak tray" }));
    await expectKept("click", { productId: "product-2", position: 2, placement: "homepage" });
  });

  it.each(["holdout", "broken", "gone", "nonsense"] as const)("shows nothing when the server is %s", async (mood) => {
    api.mood = mood;
    show(row());
    const state = () => document.querySelector<HTMLElement>(".basketlift-place")?.dataset["state"];
    await waitFor(() => expect(state()).toBe("empty"));
    expect(screen.queryByRole("group")).toBeNull();
  });

  it("without a placement is nothing, and developers hear why", async () => {
    show(row("limit=3"));
    await waitFor(() => expect(inspections.map(({ message }) => message).join()).toContain("lacks an attribute"));
    expect(screen.queryByRole("group")).toBeNull();
  });

  it("takes its own crash with it and leaves the other widgets alone", async () => {
    show(
      row('placement="homepage" limit="3" heading="First"') + row('placement="homepage" limit="3" heading="Second"'),
    );
    await screen.findByRole("group", { name: "First" });
    const [first] = document.querySelectorAll("basketlift-recommendations");
    const format = vi.spyOn(Intl, "NumberFormat").mockImplementation(function unsupported() {
      throw new RangeError("No such currency");
    });
    first.setAttribute("heading", "Third");
    await waitFor(() => expect(inspections.some(({ message }) => message.includes("taken away"))).toBe(true));
    format.mockRestore();
    expect(first.textContent).toBe("");
    expect(screen.getByRole("group", { name: "Second" })).toBeTruthy();
  });
});

describe("<basketlift-bought-together>", () => {
  it("shows the product and what goes with it, and adds all in one call", async () => {
    const user = userEvent.setup();
    show(bundle);
    await screen.findByRole("group", { name: "Often bought together" });
    expect(api.pages[0].placements).toMatchObject([{ strategy: "frequently-bought-together", limit: 3 }]);
    await user.selectOptions(screen.getByRole("combobox", { name: "Choose for Breakfast plate" }), "blue");
    await user.click(screen.getByRole("button", { name: "Add all 4 to cart" }));
    await waitFor(() => expect(screen.getByText("All 4 are in your cart")).toBeTruthy());
    expect(added).toHaveLength(1);
    expect(added[0].map(({ variantId }) => variantId)).toEqual(["plate-blue", "variant-0", "variant-1-S", "variant-2"]);
    await expectKept("add-to-cart", { productId: "product-1", position: 1, placement: "pdp" });
  });

  it("shares the page's one request, and its products are in no other row", async () => {
    show(bundle + row('placement="pdp" limit="3" heading="More"'));
    await screen.findByRole("group", { name: "Often bought together" });
    const more = await screen.findByRole("group", { name: "More" });
    expect(api.pages).toHaveLength(1);
    expect(within(more).queryByText("Stoneware mug")).toBeNull();
    expect(within(more).getByText("Linen napkins")).toBeTruthy();
  });

  it("is nothing for a product that the shop does not know", async () => {
    show('<basketlift-bought-together product-id="ghost"></basketlift-bought-together>');
    const state = () => document.querySelector<HTMLElement>(".basketlift-place")?.dataset["state"];
    await waitFor(() => expect(state()).toBe("empty"));
  });
});

/** The server has an event of this kind with these fields. */
async function expectKept(kind: string, fields: object): Promise<void> {
  await waitFor(async () => {
    await storefront.flush();
    const events = [...api.kept.values()].filter((event) => event.kind === kind);
    expect(events).toEqual(expect.arrayContaining([expect.objectContaining(fields)]));
  });
}

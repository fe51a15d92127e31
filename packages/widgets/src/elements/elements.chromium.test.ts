/** What only a browser that lays pages out can show of the elements: space, viewability, right-to-left, contrast. */
import { screen, waitFor } from "@testing-library/preact";
import axe from "axe-core";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestApi, type TestApi } from "../../test/api.ts";
import { databaseName } from "../../test/device.ts";
import { createStorefront } from "../client/index.ts";
import { defineElements } from "./index.ts";

const laysOut = document.documentElement.getBoundingClientRect().width > 0;

let api: TestApi;
/** Holds every answer back until the test lets it go. */
let gate: PromiseWithResolvers<void>;
const storefront = createStorefront({
  endpoint: "https://shop.example/api",
  key: "pk_test",
  consent: { measurement: true, personalisation: true },
  databaseName: databaseName(),
  locale: "en-IE",
  cart: { add: () => {} },
  async fetch(input, init) {
    await gate.promise;
    return api.fetch(input, init);
  },
});

const styles = ["place.css", "recommendation-row.css", "bought-together.css"].map(
  (file) => new URL(`../${file}`, import.meta.url).href,
);
/** One sheet, as the build makes it. */
const styleSheet = URL.createObjectURL(
  new Blob([styles.map((address) => `@import url("${address}");`).join("")], { type: "text/css" }),
);

/** Once for the document, however often it is called. */
const define = (): void => defineElements({ storefront, styleSheet });

const row = '<basketlift-recommendations placement="homepage" heading="For you"></basketlift-recommendations>';
const bundle = '<basketlift-bought-together product-id="plate"></basketlift-bought-together>';

interface PageOptions {
  readonly direction?: "ltr" | "rtl";
  readonly width?: number;
  /** Height of what stands above the widget. */
  readonly above?: number;
}

function show(html: string, { direction = "ltr", width = 700, above = 20 }: PageOptions = {}): void {
  const style = `inline-size: ${width}px; margin: 0 auto`;
  document.body.innerHTML = `<main dir="${direction}" style="${style}"><h1>Shop</h1><div style="block-size:${above}px"></div>${html}<p id="below">Below</p></main>`;
}

const below = (): number => {
  const { top } = document.getElementById("below")?.getBoundingClientRect() ?? { top: Number.NaN };
  return top + scrollY;
};
const place = (): HTMLElement | null => document.querySelector<HTMLElement>(".basketlift-place");

async function linkStyles(): Promise<void> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = styleSheet;
  document.head.append(link);
  await new Promise((resolve) => link.addEventListener("load", resolve));
}

/** Sum of the shifts that the browser itself counts. */
function countShifts(): () => number {
  let sum = 0;
  const add = (list: PerformanceEntryList): void => {
    for (const entry of list) if ("value" in entry) sum += Number(entry.value);
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: false });
  return () => {
    add(observer.takeRecords());
    observer.disconnect();
    return sum;
  };
}

const frames = (count: number): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => resolve(count > 1 ? frames(count - 1) : undefined)));

describe.runIf(laysOut)("in a browser", () => {
  beforeAll(linkStyles);
  beforeEach(() => {
    api = createTestApi();
    gate = Promise.withResolvers();
  });
  afterEach(() => {
    document.body.replaceChildren();
    document.body.removeAttribute("style");
    scrollTo(0, 0);
  });

  it.each([
    ["before the script is there", "a row", row, 360],
    ["before the script is there", "a row", row, 900],
    ["before the script is there", "a bundle", bundle, 360],
    ["before the script is there", "a bundle", bundle, 900],
  ])("keeps its space %s: %s of %spx", async (_when, _what, html, width) => {
    show(html, { width });
    const before = below();
    expect(before).toBeGreaterThan(300);
    const shifts = countShifts();
    define();
    await frames(2);
    expect(below()).toBe(before);
    gate.resolve();
    await waitFor(() => expect(place()?.dataset["state"]).toBe("shown"));
    await frames(3);
    expect(below()).toBe(before);
    expect(shifts()).toBe(0);
  });

  it.each(["holdout", "broken"] as const)("moves nothing in view when the server is %s", async (mood) => {
    api.mood = mood;
    define();
    show(row);
    const before = below();
    const shifts = countShifts();
    gate.resolve();
    await waitFor(() => expect(place()?.dataset["state"]).toBe("empty"));
    await frames(3);
    expect(below()).toBe(before);
    expect(shifts()).toBe(0);
  });

  it("gives its space back where nobody sees it", async () => {
    api.mood = "holdout";
    define();
    show(row);
    document.body.style.paddingBlockEnd = `${3 * innerHeight}px`;
    gate.resolve();
    await waitFor(() => expect(place()?.dataset["state"]).toBe("empty"));
    scrollTo(0, 2 * innerHeight);
    await waitFor(() => expect(place()?.dataset["state"]).toBe("gone"));
    expect(place()?.getBoundingClientRect().height).toBe(0);
  });

  it("asks for nothing while it is far from the viewport", async () => {
    define();
    gate.resolve();
    show(row, { above: innerHeight + 2_000 });
    await frames(5);
    expect(api.pages).toEqual([]);
    document.querySelector("basketlift-recommendations")?.scrollIntoView();
    await waitFor(() => expect(api.pages).toHaveLength(1));
  });

  it("counts a product as seen after one second with at least half of its card in view, and only then", async () => {
    define();
    gate.resolve();
    show(row);
    await waitFor(() => expect(place()?.dataset["state"]).toBe("shown"));
    const cards = Array.from(document.querySelectorAll(".basketlift-row__item"));
    const list = document.querySelector(".basketlift-row__list")?.getBoundingClientRect() ?? new DOMRect();
    const inView = cards.filter((card) => {
      const { left, right, width } = card.getBoundingClientRect();
      return Math.min(right, list.right, innerWidth) - Math.max(left, list.left) >= width / 2;
    });
    const impressions = () => [...api.kept.values()].filter(({ decisionId = "" }) => api.decisions.has(decisionId));
    expect(impressions()).toEqual([]);
    await vi.waitFor(
      async () => {
        await storefront.flush();
        expect(impressions()).toHaveLength(inView.length);
      },
      { timeout: 5_000 },
    );
    expect(new Set(impressions().map(({ kind }) => kind))).toEqual(new Set(["impression"]));
    expect(new Set(impressions().map(({ position }) => position))).toEqual(new Set(inView.keys()));
  });

  it.each([
    ["ltr", "light"],
    ["rtl", "light"],
    ["ltr", "dark"],
  ] as const)("passes axe, %s, %s, row and bundle", async (direction, theme) => {
    document.body.style.cssText = `color-scheme:${theme};background:${theme === "dark" ? "#141210" : "#faf8f4"};color:${theme === "dark" ? "#f2eee7" : "#1d1b18"}`;
    define();
    gate.resolve();
    show(bundle + row, { direction });
    await screen.findByRole("group", { name: "For you" });
    await screen.findByRole("group", { name: "Often bought together" });
    const { violations } = await axe.run(document.body, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
  });

  it("reads from the right where writing does: check box first, price last", async () => {
    define();
    gate.resolve();
    show(bundle, { direction: "rtl", width: 400 });
    const group = await screen.findByRole("group", { name: "Often bought together" });
    const [box] = screen.getAllByRole("checkbox");
    const price = group.querySelector(".basketlift-bundle__price");
    const right = (element: Element | null): number => element?.getBoundingClientRect().right ?? Number.NaN;
    expect(right(box)).toBeGreaterThan(right(price));
  });

  it("has targets of at least 24 by 24 pixels", async () => {
    define();
    gate.resolve();
    show(bundle, { width: 360 });
    await screen.findByRole("group", { name: "Often bought together" });
    for (const target of [
      ...screen.getAllByRole("checkbox"),
      ...screen.getAllByRole("combobox"),
      ...screen.getAllByRole("button"),
    ]) {
      const { width, height } = target.getBoundingClientRect();
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    }
  });

  it("draws behind a shadow root where the page asks for one, without losing its space meanwhile", async () => {
    define();
    gate.resolve();
    show(row.replace("placement", "shadow placement"));
    const [before, shifts] = [below(), countShifts()];
    const element = document.querySelector("basketlift-recommendations");
    const inside = () => element?.shadowRoot?.querySelector<HTMLElement>(".basketlift-place");
    await waitFor(() => expect(inside()?.dataset["state"]).toBe("shown"));
    expect(element?.querySelector(".basketlift-place")).toBeNull();
    await frames(3);
    expect(before).toBeGreaterThan(300);
    expect(shifts()).toBe(0);
  });
});

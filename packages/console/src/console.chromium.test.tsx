/** What only a browser that lays pages out can show: room on a phone, contrast, the chart, the drawer. */
import { cleanup, screen, waitFor, within } from "@testing-library/preact";
import axe from "axe-core";
import { page } from "vitest/browser";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createBackend } from "../test/backend.ts";
import { heading, openConsole } from "../test/open-console.tsx";
import { applyTheme, chooseTheme } from "./shell/theme.ts";

beforeAll(() =>
  Promise.all([
    import("./console.css"),
    import("uplot/dist/uPlot.min.css"),
    import("@basketlift/widgets/recommendation-row.css"),
  ]),
);

const stopTheme = applyTheme(document.documentElement);
afterAll(() => {
  chooseTheme("system");
  stopTheme();
});
afterEach(cleanup);

/** Every view, with what is there once it has loaded. */
const views = [
  { path: "overview", ready: () => screen.findByText("What recommendations are worth") },
  { path: "recommendations", ready: () => screen.findByRole("region", { name: "Companions" }) },
  { path: "recommendations/log", ready: () => screen.findByRole("table", { name: "Decisions" }) },
  { path: "recommendations/log/dec_0007q8v2k1m", ready: () => screen.findByRole("table", { name: "What was shown" }) },
  { path: "recommendations/new", ready: () => screen.findByLabelText("Name") },
  {
    path: "recommendations/strategies/evening-picks",
    ready: () => screen.findByRole("button", { name: "Save as version 3" }),
  },
  { path: "recommendations/strategies/companions", ready: () => screen.findByText(/Comes with the engine/) },
  { path: "recommendations/try", ready: () => screen.findByRole("button", { name: "Decide" }) },
  { path: "product-affinity", ready: () => screen.findByRole("table", { name: "Affinities" }) },
  { path: "bulk-import", ready: () => screen.findByRole("table", { name: "Earlier imports" }) },
  { path: "password", ready: () => screen.findByLabelText("New password") },
  { path: "bulk-import/imp_4", ready: () => screen.findByRole("table", { name: "Rows that were left out" }) },
];
/** Every width and every theme, without every pair of them. */
const screens = [
  { width: 390, theme: "light" },
  { width: 1440, theme: "dark" },
] as const;

/** Colours are judged where they end: what is still fading in has none of its own yet. */
async function violationsOf(place: Element): Promise<string[]> {
  const passing = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(passing.map(({ finished }) => finished));
  const { violations } = await axe.run(place, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"],
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

describe.each(screens)("at $width pixels, $theme", ({ width, theme }) => {
  beforeAll(() => page.viewport(width, 900));
  beforeEach(() => chooseTheme(theme));

  it.each(views)("$path fits, and passes axe", async ({ path, ready }) => {
    openConsole(path);
    await ready();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
    expect(await violationsOf(document.body)).toEqual([]);
  });

  it("comparing strategies fits, and passes axe", async () => {
    const { user } = openConsole("recommendations/strategies/evening-picks");
    await user.click(await screen.findByRole("button", { name: "Compare" }));
    await screen.findByText("3 of 7 products are shown by both.");
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
    expect(await violationsOf(document.body)).toEqual([]);
  });

  it("setting a strategy live passes axe, and gives the focus back", async () => {
    const { user } = openConsole("recommendations");
    const change = await screen.findByRole("button", { name: "Change what serves: Home page" });
    await user.click(change);
    expect(await violationsOf(document.body)).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    await waitFor(() => expect(document.activeElement).toBe(change));
  });

  it("signing in passes axe", async () => {
    openConsole("overview", { backend: createBackend({ signedIn: false }) });
    await screen.findByLabelText("Password");
    expect(await violationsOf(document.body)).toEqual([]);
  });

  it("choosing a password at the first sign-in fits, and passes axe", async () => {
    openConsole("overview", { backend: createBackend({ mustChangePassword: true }) });
    await screen.findByLabelText("New password");
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
    expect(await violationsOf(document.body)).toEqual([]);
  });

  it("a file about to be imported fits, and passes axe, and so does the question before an import is taken back", async () => {
    const { user } = openConsole("bulk-import");
    const file = new File(["order,product\n1,mug\n"], "orders.csv", { type: "text/csv" });
    await user.upload(await screen.findByLabelText(/Choose a file/), file);
    await screen.findByRole("table", { name: "Columns of the file" });
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(innerWidth);
    expect(await violationsOf(document.body)).toEqual([]);
    cleanup();
    const { user: other } = openConsole("bulk-import/imp_4");
    await other.click(await screen.findByRole("button", { name: "Take back" }));
    expect(await violationsOf(screen.getByRole("dialog", { name: /back\?$/ }))).toEqual([]);
  });

  it("the command palette passes axe and gives the focus back", async () => {
    const { user } = openConsole("bulk-import");
    await heading("Bulk Import");
    const [search] = screen.getAllByRole("button", { name: /^Go to/ }).filter((button) => button.offsetWidth > 0);
    search.focus();
    await user.keyboard("{Control>}k{/Control}");
    const field = await screen.findByRole("combobox", { name: "Tab or action" });
    expect(document.activeElement).toBe(field);
    expect(await violationsOf(document.body)).toEqual([]);
    await user.keyboard("{Escape}");
    // What a real key press does, and a synthetic one does not.
    field.closest("dialog")?.close();
    await waitFor(() => expect(document.activeElement).toBe(search));
  });
});

describe("on a phone", () => {
  beforeAll(() => page.viewport(390, 900));

  it("the tabs are in a drawer, which closes when one goes somewhere", async () => {
    const { user } = openConsole("bulk-import");
    await heading("Bulk Import");
    await user.click(screen.getByRole("button", { name: "Menu" }));
    const drawer = screen.getByRole("dialog", { name: "Menu" });
    await user.click(within(drawer).getByRole("button", { name: /Ada Okafor/ }));
    expect(await violationsOf(document.body)).toEqual([]);
    await user.click(within(drawer).getByRole("link", { name: "Product Affinity" }));
    await heading("Product Affinity");
    expect(screen.queryByRole("dialog", { name: "Menu" })).toBeNull();
  });

  it.each([
    ["product-affinity", "Affinities"],
    ["overview", "By placement"],
  ])(
    "the table of %s needs no scrolling sideways, and is sorted without the heads of its columns",
    async (tab, name) => {
      const { user } = openConsole(tab);
      const table = await screen.findByRole("table", { name });
      const place = table.parentElement;
      expect(place?.scrollWidth).toBeLessThanOrEqual(place?.clientWidth ?? 0);
      const choice = within(table.closest<HTMLElement>(".table") ?? table).getByRole("combobox", { name: "Sort by" });
      expect(choice.offsetWidth).toBeGreaterThan(0);
      const first = (): string | null | undefined => table.querySelector("tbody tr")?.textContent;
      const before = first();
      const [, last] = within(choice).getAllByRole("option").slice(-2);
      await user.selectOptions(choice, last);
      expect(first()).not.toBe(before);
    },
  );

  it("targets are at least 24 pixels high and wide", async () => {
    openConsole("overview");
    await screen.findByText("What recommendations are worth");
    const targets = [...screen.getAllByRole("button"), ...screen.getAllByRole("link", { name: /Train again/ })];
    for (const target of targets.filter(({ offsetWidth }) => offsetWidth > 0)) {
      const { width, height } = target.getBoundingClientRect();
      expect(Math.min(width, height), target.outerHTML).toBeGreaterThanOrEqual(24);
    }
  });
});

describe("the revenue curve", () => {
  beforeAll(() => page.viewport(1440, 900));

  it("is drawn, keeps its size, and tells a day under the pointer", async () => {
    const { user } = openConsole("overview");
    const chart = await screen.findByRole("img");
    const height = chart.offsetHeight;
    await waitFor(() => expect(chart.querySelector("canvas")).toBeTruthy());
    expect(chart.offsetHeight).toBe(height);
    expect(screen.getByText("Whole period, today so far")).toBeTruthy();
    const plot = chart.querySelector<HTMLElement>(".u-over");
    if (plot) await user.hover(plot);
    const box = chart.getBoundingClientRect();
    plot?.dispatchEvent(new MouseEvent("mousemove", { clientX: box.left + box.width / 2, clientY: box.top + 90 }));
    await waitFor(() => expect(screen.queryByText("Whole period, today so far")).toBeNull());
  });

  it("shows the placements by themselves, and passes axe as a table too", async () => {
    const { user } = openConsole("overview");
    await user.click(await screen.findByRole("radio", { name: "Placements" }));
    const chart = screen.getByRole("img");
    await waitFor(() => expect(chart.querySelector("canvas")).toBeTruthy());
    await user.click(screen.getByRole("radio", { name: "Table" }));
    await screen.findByRole("table", { name: "Net revenue by day" });
    expect(await violationsOf(document.body)).toEqual([]);
  });

  it("is drawn in the colours of the theme", async () => {
    openConsole("overview");
    const chart = await screen.findByRole("img");
    chooseTheme("light");
    await waitFor(() => expect(chart.querySelector("canvas")).toBeTruthy());
    const light = chart.querySelector("canvas");
    chooseTheme("dark");
    await waitFor(() => expect(chart.querySelector("canvas")).not.toBe(light));
  });
});

import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createBackend, Refusal } from "../../test/backend.ts";
import { estimate, incrementality, nothingYet, overview, status } from "../../test/figures.ts";
import { cellsOf, openConsole } from "../../test/open-console.tsx";

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

/** Advances the clock of a test that has one of its own, too. */
const patience = { timeout: 15_000 };
const pass = (milliseconds: number): Promise<void> =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(milliseconds);
  });
const figure = (name: string): string =>
  screen.getByRole("heading", { level: 2, name }).parentElement?.textContent ?? "";
const card = (name: string): HTMLElement => screen.getByRole("region", { name });

describe("what a merchant sees at a glance", () => {
  it("is each key figure with its change and how sure that is", async () => {
    openConsole("overview");
    await screen.findByText("Net revenue");
    expect(figure("Orders")).toMatch(/^Orders1,\d{3}\+6\.4% \+2\.3% to \+10\.5%/);
    expect(figure("Net revenue")).toContain("£");
    expect(figure("Widget clicks")).toContain("-4.1%");
  });

  it("colours a change only where its interval leaves zero out", async () => {
    openConsole("overview");
    await screen.findByText("Net revenue");
    const directionOf = (change: string): string => screen.getByText(change).className;
    expect(directionOf("+8.3%")).toContain("up");
    expect(directionOf("-4.1%")).toContain("down");
    expect(directionOf("+2.1%")).toContain("unclear");
  });

  it("never shows attributed revenue without what was caused beside it", async () => {
    openConsole("overview");
    await screen.findByText("What recommendations are worth");
    const worth = card("What recommendations are worth");
    expect(within(worth).getByText("Attributed")).toBeTruthy();
    expect(within(worth).getByText("£4,873")).toBeTruthy();
    expect(within(worth).getByText(/^\+12\.1% \(\+5\.7% to \+18\.5%\) against the period before/)).toBeTruthy();
    expect(within(worth).getByText(/95% interval: £1,036 to £8,240/)).toBeTruthy();
    expect(within(worth).getByText(/the whole interval lies above zero/)).toBeTruthy();
    expect(within(worth).getByRole("progressbar", { name: /lift of 5%/ })).toBeTruthy();
  });

  it("is how often each placement is clicked, with its interval", async () => {
    openConsole("overview");
    await screen.findByRole("table", { name: "By placement" });
    const [productPage] = cellsOf("By placement").filter(([placement]) => placement === "Product page");
    expect(productPage[3]).toBe("3.1% (2.8% to 3.4%)");
  });

  it("says that a lift is not known rather than showing a zero", async () => {
    const backend = createBackend();
    backend.answer("GET /analytics/incrementality", ({ query }) => ({
      ...incrementality(query.get("from") ?? "", query.get("until") ?? ""),
      revenuePerVisitor: null,
      conversion: null,
      averageOrderValue: null,
      verdict: "Too few visitors to say.",
    }));
    openConsole("overview", { backend });
    expect(await screen.findByText("Not known yet")).toBeTruthy();
    expect(screen.getAllByText("Too few visitors so far")).toHaveLength(3);
  });

  it("warns when the groups of the experiment are out of balance", async () => {
    const backend = createBackend();
    backend.answer("GET /analytics/incrementality", ({ query }) => ({
      ...incrementality(query.get("from") ?? "", query.get("until") ?? ""),
      sampleRatio: { expectedShare: 0.1, observedShare: 0.17, pValue: 1e-9, alarm: true },
      revenuePerVisitor: estimate(0.2, 0.05),
    }));
    openConsole("overview", { backend });
    expect(await screen.findByText("groups are out of balance")).toBeTruthy();
    expect(screen.getByText(/17% of visitors are in the holdout instead of 10%/)).toBeTruthy();
  });

  it("says what to do next, with links", async () => {
    openConsole("overview");
    const link = await screen.findByRole("link", { name: /Train again/ });
    expect(link.getAttribute("href")).toBe("/console/bulk-import");
    expect(within(card("Next")).getAllByRole("listitem")).toHaveLength(3);
  });

  it("sends a shop that has nothing yet to its first step", async () => {
    const backend = createBackend();
    backend.answer("GET /analytics/overview", ({ query }) =>
      nothingYet(query.get("from") ?? "", query.get("until") ?? ""),
    );
    openConsole("overview", { backend });
    const first = await screen.findByRole("link", { name: "Import orders" });
    expect(first.getAttribute("href")).toBe("/console/bulk-import");
  });
});

describe("the revenue curve", () => {
  it("has every figure in a table too", async () => {
    const { user } = openConsole("overview");
    await user.click(await screen.findByRole("radio", { name: "7 days" }));
    await user.click(await screen.findByRole("radio", { name: "Table" }));
    const rows = cellsOf("Net revenue by day");
    expect(rows).toHaveLength(7);
    expect(rows[0]).toHaveLength(10);
    expect(rows[0][1]).toMatch(/^£[\d,]+\.\d{2}$/);
  });

  it("is split by placement, and the parts add up to what is attributed", async () => {
    const { user } = openConsole("overview");
    await user.click(await screen.findByRole("radio", { name: "Table" }));
    const heads = screen
      .getAllByRole("columnheader")
      .map(({ textContent }) => textContent)
      .slice(0, 7);
    expect(heads).toEqual([
      "Day",
      "Net revenue",
      "Attributed",
      "Product page",
      "Cart",
      "Home page",
      "After the purchase",
    ]);
    for (const row of cellsOf("Net revenue by day")) {
      const [net, attributed, ...parts] = row
        .slice(1, 7)
        .map((cell) => Math.round(100 * Number(cell.replace(/[£,]/g, ""))));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(attributed);
      expect(attributed).toBeLessThan(net);
    }
  });

  it("says by what rule revenue is attributed", async () => {
    openConsole("overview");
    expect(await screen.findByText(/counts for the last recommendation in which it had been clicked/)).toBeTruthy();
  });

  it("shows the placements by themselves, with their figures beside the shop's", async () => {
    const { user } = openConsole("overview");
    await user.click(await screen.findByRole("radio", { name: "Placements" }));
    const legend = within(card("Net revenue by day"));
    expect(legend.getByText("Cart").parentElement?.textContent).toMatch(/^Cart£[\d,]+$/);
    expect(legend.getAllByText("Whole shop").at(-1)?.parentElement?.textContent).toMatch(/^Whole shop£[\d,]+$/);
  });

  it("tells in words what it shows", async () => {
    openConsole("overview");
    const chart = await screen.findByRole("img");
    expect(chart.getAttribute("aria-label")).toMatch(/£[\d,]+ in all, £[\d,]+ of it attributed: Product page £/);
  });

  it("is of the period one chooses", async () => {
    const { user, backend } = openConsole("overview");
    await user.click(await screen.findByRole("radio", { name: "90 days" }));
    await waitFor(() => {
      const query = backend.calls.findLast(({ route }) => route === "GET /analytics/overview")?.call.query;
      const days = (Date.parse(query?.get("until") ?? "") - Date.parse(query?.get("from") ?? "")) / 86_400_000;
      expect(Math.ceil(days)).toBe(90);
    });
  });
});

describe("keeping up", () => {
  it("shows a purchase within five seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const backend = createBackend();
    let orders = 41;
    backend.answer("GET /analytics/overview", ({ query }) => ({
      ...overview(query.get("from") ?? "", query.get("until") ?? ""),
      orders: { value: orders, before: 0, change: null },
    }));
    openConsole("overview", { backend });
    await vi.waitFor(() => expect(figure("Orders")).toContain("41"), patience);
    orders = 42;
    await pass(4000);
    await vi.waitFor(() => expect(figure("Orders")).toContain("42"), patience);
  });

  it("rests while nobody looks, and is up to date when somebody does again", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { backend } = openConsole("overview");
    const asked = (): number => backend.calls.filter(({ route }) => route === "GET /analytics/overview").length;
    await vi.waitFor(() => expect(screen.getByText("Net revenue")).toBeTruthy(), patience);
    const visibility = vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    await pass(60_000);
    expect(asked()).toBe(1);
    visibility.mockRestore();
    fireEvent(document, new Event("visibilitychange"));
    await vi.waitFor(() => expect(asked()).toBe(2), patience);
  });

  it("keeps the newest figures in view when the server stops answering, and says so", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { backend } = openConsole("overview");
    await vi.waitFor(() => expect(screen.getByText("Net revenue")).toBeTruthy(), patience);
    backend.answer(
      "GET /analytics/overview",
      () => new Refusal(503, "database-down", "The database does not answer", "Wait."),
    );
    backend.answer("GET /status", () => ({
      ...status(),
      database: { state: "down", kind: "embedded", detail: "stopped" },
    }));
    await pass(12_000);
    await vi.waitFor(() => expect(screen.getByText("The database does not answer")).toBeTruthy(), patience);
    await vi.waitFor(() => expect(screen.getByText("down: stopped")).toBeTruthy(), patience);
    expect(figure("Orders")).toContain("1,");
  });
});

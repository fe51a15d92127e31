import { cleanup, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { createBackend, Refusal } from "../../test/backend.ts";
import { decisions, trace } from "../../test/decisions.ts";
import { cellsOf, openConsole } from "../../test/open-console.tsx";

afterEach(cleanup);

describe("strategies", () => {
  it("say where they serve, what they are made of and how often they are clicked", async () => {
    openConsole("recommendations");
    const companions = await screen.findByRole("region", { name: "Companions" });
    expect(within(companions).getByText("Serves Product page, Cart, Checkout")).toBeTruthy();
    expect(within(companions).getByText("12.8%")).toBeTruthy();
    expect(within(companions).getByText(/12\.1% to 13\.5%, of 18,420/)).toBeTruthy();
    const sources = within(companions).getByRole("list", { name: "What it is made of" });
    expect(within(sources).getAllByRole("listitem")[0].textContent).toBe(
      "Bought together from the page's productweight 1.00",
    );
  });

  it("that shoppers meet stand before those that wait to be asked for", async () => {
    const backend = createBackend();
    backend.answer("GET /analytics/ctr", () => ({ by: "strategy", rows: [] }));
    openConsole("recommendations", { backend });
    await screen.findByRole("heading", { level: 2, name: "In use" });
    const headings = within(screen.getByRole("main"))
      .getAllByRole("heading")
      .map(({ textContent }) => textContent);
    const atHand = "At hand, for pages that ask for them by name";
    expect(headings.slice(1)).toEqual(["In use", "Companions", "Personal", atHand, "Similar"]);
    expect(screen.getByText("Serves Product page, Cart, Checkout; not seen in 28 days")).toBeTruthy();
  });

  it("can be tried with one click", async () => {
    const { user } = openConsole("recommendations");
    const similar = await screen.findByRole("region", { name: "Similar" });
    await user.click(within(similar).getByRole("link", { name: "Try it" }));
    const strategy = await screen.findByLabelText("Strategy");
    await waitFor(() => expect(strategy instanceof HTMLSelectElement && strategy.value).toBe("similar"));
  });
});

describe("the decision log", () => {
  it("shows what was decided, by title, and what came of it", async () => {
    openConsole("recommendations/log");
    await screen.findByRole("table", { name: "Decisions" });
    await waitFor(() => expect(cellsOf("Decisions")[0][4]).toBe("Stoneware mug and 7 more"));
    const [, placement, strategy, answer] = cellsOf("Decisions")[0];
    expect([placement, strategy, answer]).toEqual(["Product page", "Companions", "Served"]);
  });

  it("is narrowed by filters that stand in the address", async () => {
    const { user } = openConsole("recommendations/log");
    await screen.findByRole("table", { name: "Decisions" });
    await user.selectOptions(screen.getByLabelText("Placement"), "Cart");
    await waitFor(() => expect(new Set(cellsOf("Decisions").map((row) => row[1]))).toEqual(new Set(["Cart"])));
    expect(location.search).toBe("?placement=cart");
    await user.click(screen.getByRole("button", { name: "Clear" }));
    await waitFor(() => expect(cellsOf("Decisions").some((row) => row[1] === "Home page")).toBe(true));
  });

  it("goes on where the server left off", async () => {
    const { user, backend } = openConsole("recommendations/log");
    await screen.findByText("1–25 of 50 loaded");
    await user.click(screen.getByRole("button", { name: "Load more" }));
    expect(await screen.findByText("1–25 of 100 loaded")).toBeTruthy();
    expect(backend.calls.findLast(({ route }) => route === "GET /recommendations")?.call.query.get("cursor")).toBe(
      "50",
    );
    await user.click(screen.getByRole("button", { name: "Load more" }));
    expect(await screen.findByText("1–25 of 130")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Load more" })).toBeNull();
  });

  it("says which filters fit nothing", async () => {
    openConsole("recommendations/log?customerId=nobody");
    expect(await screen.findByText("No decision fits these filters")).toBeTruthy();
  });
});

describe("one decision", () => {
  const [{ id }] = decisions;

  it("shows the slate with its propensities, and who it was for", async () => {
    openConsole(`recommendations/log/${id}`);
    await screen.findByRole("table", { name: "What was shown" });
    await waitFor(() => expect(cellsOf("What was shown")[0]).toEqual(["Stoneware mug", "1", "P-1001-std", "1.000"]));
    expect(screen.getByText(id)).toBeTruthy();
    expect(screen.getByText("Sees recommendations")).toBeTruthy();
  });

  it("replays from its receipt, with every step", async () => {
    const { user } = openConsole(`recommendations/log/${id}`);
    await user.click(await screen.findByRole("button", { name: "Replay" }));
    expect(await screen.findByText(/bit for bit/)).toBeTruthy();
    expect(screen.getByText("31 from 3 sources")).toBeTruthy();
  });

  it("says why it cannot be replayed", async () => {
    const backend = createBackend();
    backend.answer("GET /recommendations/:id/replay", () => ({ outcome: "impossible", why: "That engine is gone." }));
    const { user } = openConsole(`recommendations/log/${id}`, { backend });
    await user.click(await screen.findByRole("button", { name: "Replay" }));
    expect(await screen.findByText("That engine is gone.")).toBeTruthy();
  });

  it("tells when there is none of that number", async () => {
    openConsole("recommendations/log/dec_none");
    expect(await screen.findByText("There is no decision dec_none.")).toBeTruthy();
  });
});

describe("trying it", () => {
  it("shows what a shopper would see beside how it was decided", async () => {
    const { user, backend } = openConsole("recommendations/try");
    await user.type(await screen.findByRole("combobox", { name: "Looks at" }), "teapot");
    await screen.findByRole("option", { name: /Round stoneware teapot/ });
    await user.keyboard("{Enter}");
    await user.type(screen.getByRole("combobox", { name: "In the cart" }), "mug");
    await user.click(await screen.findByRole("option", { name: /Stoneware mug/ }));
    await user.click(screen.getByRole("button", { name: "Decide" }));

    const shopper = await screen.findByRole("region", { name: "What the shopper sees" });
    expect(within(shopper).getByRole("group", { name: "Milk jug" })).toBeTruthy();
    expect(backend.calls.findLast(({ route }) => route.endsWith("explain"))?.call.body).toEqual({
      placement: "pdp",
      productId: "P-1003",
      cart: [{ productId: "P-1001", quantity: 1 }],
    });
    expect(cellsOf("Answer")).toHaveLength(trace.slate.length);
    expect(cellsOf("Answer")[0][2]).toContain("214 baskets, 31.4 by chance, lift 6.80");
    await waitFor(() => expect(cellsOf("Left out")).toContainEqual(["Enamel kettle", "Out of stock"]));
    expect(screen.getByText(/Seen next was never trained/)).toBeTruthy();
  });

  it("takes a product away again by keyboard", async () => {
    const { user } = openConsole("recommendations/try");
    const field = await screen.findByRole("combobox", { name: "Looks at" });
    await user.type(field, "teapot");
    await screen.findByRole("option", { name: /Round stoneware teapot/ });
    await user.keyboard("{Enter}");
    expect(screen.getByRole("button", { name: "Remove Round stoneware teapot" })).toBeTruthy();
    await user.type(field, "{Backspace}");
    expect(screen.queryByRole("button", { name: "Remove Round stoneware teapot" })).toBeNull();
  });

  it("says what is missing when no engine is trained", async () => {
    const backend = createBackend();
    backend.answer(
      "POST /recommendations/explain",
      () => new Refusal(503, "engine-absent", "No engine is trained yet", "Import orders and train."),
    );
    const { user } = openConsole("recommendations/try", { backend });
    await user.click(await screen.findByRole("button", { name: "Decide" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Import orders and train.");
  });
});

import { cleanup, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, describe, expect, it } from "vitest";
import { createBackend, owner, Refusal } from "../../test/backend.ts";
import { decisions, trace } from "../../test/decisions.ts";
import { cellsOf, openConsole } from "../../test/open-console.tsx";
import { ownStrategy, strategyComparison } from "../../test/strategies.ts";

afterEach(cleanup);

/** What was saved of a strategy. */
function sent({ calls }: ReturnType<typeof createBackend>): object {
  const put = calls.find(({ route }) => route === "PUT /recommendations/strategies/:id");
  if (!put) throw new Error("Nothing was saved.");
  return put.call.body;
}

describe("strategies", () => {
  it("say where they serve, what they are made of, how often they are clicked and what they are credited with", async () => {
    openConsole("recommendations");
    const companions = await screen.findByRole("region", { name: "Companions" });
    expect(within(companions).getByText("Serves Product page, Cart, Checkout")).toBeTruthy();
    expect(within(companions).getByText("12.8%")).toBeTruthy();
    expect(within(companions).getByText(/12\.1% to 13\.5%, of 18,420/)).toBeTruthy();
    expect(within(companions).getByText("£8,124.00")).toBeTruthy();
    const sources = within(companions).getByRole("list", { name: "What it is made of" });
    expect(within(sources).getAllByRole("listitem")[0].textContent).toBe(
      "Bought together from the page's productweight 1.00",
    );
  });

  it("stand by placement, with intervals, the rule of attribution and what the holdout says", async () => {
    openConsole("recommendations");
    await screen.findByRole("table", { name: "Which strategy serves where" });
    const rowOf = (name: string) => cellsOf("Which strategy serves where").find(([placement]) => placement === name);
    expect(rowOf("Product page")?.slice(1, 4)).toEqual(["Companions", "18,420", "12.8% 12.1% to 13.5%"]);
    expect(rowOf("Product page")?.[4]).toMatch(/^£8,124\.00 £7,5\d\d\.\d\d to £8,6\d\d\.\d\d$/);
    expect(rowOf("Home page")?.[4]).toBe("£129.00 3 buyers: too few for an interval");
    expect(rowOf("Cart")?.slice(2, 5)).toEqual(["0", "–", "–"]);
    expect(screen.getByText(/in the seven days before the order/)).toBeTruthy();
    expect(screen.getByText(/\+8\.9% net revenue per visitor \(\+1\.8% to \+16\.0%\)/)).toBeTruthy();
  });

  it("that shoppers meet stand before those that wait to be set live or asked for", async () => {
    const backend = createBackend();
    const { rows: _, ...rest } = strategyComparison("", "");
    backend.answer("GET /analytics/strategy-comparison", () => ({ ...rest, rows: [] }));
    openConsole("recommendations", { backend });
    await screen.findByRole("heading", { level: 2, name: "In use" });
    const headings = within(screen.getByRole("main"))
      .getAllByRole("heading")
      .map(({ textContent }) => textContent);
    const own = "Made by this shop, not live";
    const atHand = "At hand, for pages that ask for them by name";
    expect(headings.slice(2)).toEqual([
      "In use",
      "Companions",
      "Personal",
      own,
      "Evening picks, version 2",
      atHand,
      "Similar",
    ]);
    expect(screen.getByText("Serves Product page, Cart, Checkout; not seen in 28 days")).toBeTruthy();
  });

  it("can be tried with one click", async () => {
    const { user } = openConsole("recommendations");
    const similar = await screen.findByRole("region", { name: "Similar" });
    await user.click(within(similar).getByRole("link", { name: "Try it" }));
    const strategy = await screen.findByLabelText("Strategy");
    await waitFor(() => expect(strategy instanceof HTMLSelectElement && strategy.value).toBe("similar"));
  });

  it("say what to do first where nothing was trained", async () => {
    const backend = createBackend();
    backend.answer("GET /recommendations/strategies", () => ({
      data: [],
      placements: {},
      sources: [{ name: "popularity", trained: false, needsProducts: false }],
    }));
    openConsole("recommendations", { backend });
    expect(await screen.findByText("Nothing is recommended yet")).toBeTruthy();
    const main = within(screen.getByRole("main"));
    expect(main.getByRole("link", { name: "Import orders" }).getAttribute("href")).toBe("/console/bulk-import");
  });

  it("are shown to a viewer without the means to change them", async () => {
    const backend = createBackend();
    backend.answer("GET /auth/session", () => ({ ...owner, role: "viewer" }));
    openConsole("recommendations", { backend });
    await screen.findByRole("region", { name: "Companions" });
    expect(screen.queryByRole("button", { name: /Change what serves/ })).toBeNull();
    expect(screen.queryByRole("link", { name: "New strategy" })).toBeNull();
    expect(screen.queryByRole("link", { name: "Copy Companions" })).toBeNull();
    expect(screen.getByRole("link", { name: "Open Evening picks" })).toBeTruthy();
  });
});

describe("setting a strategy live", () => {
  const servedAt = (place: string) =>
    cellsOf("Which strategy serves where").find(([placement]) => placement === place)?.[1];

  it("asks first, names what shoppers lose and get, and can be undone", async () => {
    const { user, backend } = openConsole("recommendations");
    await user.click(await screen.findByRole("button", { name: "Change what serves: Home page" }));
    const dialog = within(screen.getByRole("dialog", { name: "Set a strategy live" }));
    expect(dialog.getByText("Personal serves there already.")).toBeTruthy();
    await user.selectOptions(dialog.getByLabelText("Strategy"), "evening-picks");
    expect(dialog.getByText(/Shoppers get Evening picks instead of Personal within a second/)).toBeTruthy();
    await user.click(dialog.getByRole("button", { name: "Set live" }));
    await waitFor(() => expect(servedAt("Home page")).toBe("Evening picks"));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(backend.calls.findLast(({ route }) => route === "PUT /placements/:id")?.call).toMatchObject({
      params: { id: "homepage" },
      body: { strategy: "evening-picks" },
      ifMatch: '"1"',
    });
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(servedAt("Home page")).toBe("Personal"));
    expect(screen.getByText("Home page: Personal serves again.")).toBeTruthy();
  });

  it("changes nothing when one cancels", async () => {
    const { user, backend } = openConsole("recommendations");
    await user.click(await screen.findByRole("button", { name: "Change what serves: Cart" }));
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(backend.calls.some(({ route }) => route.startsWith("PUT"))).toBe(false);
  });

  it("overwrites nobody: who was slower sees what is there now, and decides again", async () => {
    const backend = createBackend();
    const { user } = openConsole("recommendations", { backend });
    await user.click(await screen.findByRole("button", { name: "Change what serves: Cart" }));
    const url = "http://shop.example/api/upsell-cross-sell/placements/cart";
    const body = JSON.stringify({ strategy: "personal" });
    await backend.fetch(url, { method: "PUT", body, headers: { "if-match": '"1"' } });
    const dialog = within(screen.getByRole("dialog"));
    await user.selectOptions(dialog.getByLabelText("Strategy"), "similar");
    await user.click(dialog.getByRole("button", { name: "Set live" }));
    expect((await dialog.findByRole("alert")).textContent).toContain("It was changed meanwhile");
    expect(await dialog.findByText(/Shoppers get Similar instead of Personal/)).toBeTruthy();
    await user.click(dialog.getByRole("button", { name: "Set live" }));
    await waitFor(() => expect(servedAt("Cart")).toBe("Similar"));
  });
});

describe("a strategy of one's own", () => {
  it("begins as a copy, is written by keyboard, and gets a page of its own", async () => {
    const { user, backend } = openConsole("recommendations/new?copy=similar");
    await user.type(await screen.findByLabelText("Name"), "  Für den Abend! ");
    expect(screen.getByText(/as für-den-abend, for good/)).toBeTruthy();
    await user.selectOptions(screen.getByLabelText("What source 1 proposes"), "Trending");
    expect(screen.getByLabelText<HTMLSelectElement>("Where source 1 starts from").value).toBe("nothing");
    await user.click(screen.getByRole("button", { name: "Remove source 2" }));
    await user.click(screen.getByRole("button", { name: "Add a source" }));
    const weight = screen.getByLabelText("Weight of source 3");
    await user.clear(weight);
    await user.type(weight, "0.3");
    await user.type(screen.getByLabelText("At most of one category"), "2");
    await user.click(screen.getByRole("button", { name: "Create" }));
    expect(await screen.findByRole("region", { name: "Für den abend, version 1" })).toBeTruthy();
    const { call } = backend.calls.find(({ route }) => route === "POST /recommendations/strategies") ?? {};
    expect(call?.body).toMatchObject({
      id: "für-den-abend",
      type: "upsell",
      perCategory: 2,
      sources: [
        { source: "trending", from: "nothing", weight: 1 },
        { source: "popularity", from: "nothing", weight: 0.05 },
        { source: "bought-together", from: "product", weight: 0.3 },
      ],
    });
  });

  it("says beside the field what is wrong with it", async () => {
    const { user } = openConsole("recommendations/new");
    const name = await screen.findByLabelText("Name");
    await user.type(name, "Similar");
    await user.click(screen.getByRole("button", { name: "Create" }));
    await waitFor(() => expect(name.getAttribute("aria-invalid")).toBe("true"));
    const described = name.getAttribute("aria-describedby")?.split(" ") ?? [];
    expect(described.map((id) => document.getElementById(id)?.textContent).join(" ")).toContain(
      "There is a strategy similar already",
    );
  });

  it("is changed as a new version, which can be undone", async () => {
    const { user, backend } = openConsole("recommendations/strategies/evening-picks");
    const limit = await screen.findByLabelText("Products shown");
    expect(screen.getByRole("button", { name: "Save as version 3" }).getAttribute("aria-disabled")).toBe("true");
    await user.clear(limit);
    await user.type(limit, "9");
    await user.click(screen.getByRole("button", { name: "Save as version 3" }));
    expect(await screen.findByRole("region", { name: "Evening picks, version 3" })).toBeTruthy();
    expect(backend.calls.find(({ route }) => route.startsWith("PUT"))?.call).toMatchObject({
      ifMatch: '"2"',
      body: { limit: 9 },
    });
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(await screen.findByRole("region", { name: "Evening picks, version 4" })).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>("Products shown").value).toBe("6");
  });

  it("keeps through an edit what no field shows, and names it", async () => {
    const { user, backend } = openConsole("recommendations/strategies/evening-picks");
    const form = within(await screen.findByRole("form", { name: "Change it" }));
    const kept = form.getByRole("heading", { name: "Kept as it is" }).parentElement?.textContent;
    expect(kept).toContain("Campaign Summer: multiplies the score of 1 brand, 2 categories by 1.50.");
    expect(kept).toContain("A sale leaves at least 50 cents, pence or the like.");
    expect(kept).toContain("Where nothing may be shown (Cart), asks Personal.");
    expect(kept).toContain("Where too few may be shown, asks New in the shop.");
    await user.clear(form.getByLabelText("Products shown"));
    await user.type(form.getByLabelText("Products shown"), "9");
    await user.click(form.getByRole("button", { name: "Save as version 3" }));
    const { id: _id, version: _version, origin: _origin, updatedAt: _updatedAt, ...definition } = ownStrategy;
    const body = await waitFor(() => sent(backend));
    expect(body).toEqual({ ...definition, limit: 9 });
  });

  it("is refined by fields: caps, pulls on the score, variety, a least margin, a shadow", async () => {
    const { user, backend } = openConsole("recommendations/strategies/evening-picks");
    const form = within(await screen.findByRole("form", { name: "Change it" }));
    const write = async (label: string, text: string): Promise<void> => {
      await user.clear(form.getByLabelText(label));
      if (text !== "") await user.type(form.getByLabelText(label), text);
    };
    expect(form.getByLabelText<HTMLInputElement>("Unlike side by side").value).toBe("0.3");
    expect(form.getByLabelText<HTMLInputElement>("Below this margin, in %").value).toBe("7");
    await write("At most of one brand", "");
    await write("Relevance", "1");
    await write("Margin", "0.6");
    await write("Stock cover", "0.25");
    await write("Novelty", "0");
    await write("Unlike side by side", "0.4");
    await write("The shopper's own mix", "0");
    await write("Below this margin, in %", "12.5");
    const shadow = form.getByLabelText<HTMLSelectElement>("Shadow");
    expect(Array.from(shadow.options, ({ text }) => text)).not.toContain("Evening picks");
    await user.selectOptions(shadow, "None");
    await user.selectOptions(form.getByLabelText("Where the age is unknown"), "Left out");
    await user.click(form.getByRole("button", { name: "Let source 3 always speak" }));
    await user.click(form.getByRole("button", { name: "Save as version 3" }));
    const body = await waitFor(() => sent(backend));
    expect(body).toMatchObject({
      weights: { margin: 0.6, stockCover: 0.25, campaign: 0.5 },
      diversity: { lambda: 0.6 },
      minimumMargin: { rate: 0.125, amount: 50 },
      campaigns: ownStrategy.campaigns,
    });
    for (const gone of ["perBrand", "shadow", "unknownAge"]) expect(body).not.toHaveProperty(gone);
    expect(JSON.stringify(body)).not.toMatch(/insteadOf|relevance|novelty|calibration/);
  });

  it("says in words what it asks for beyond its sources", async () => {
    openConsole("recommendations/strategies/evening-picks");
    const card = await screen.findByRole("region", { name: "Evening picks, version 2" });
    const facts = Array.from(card.querySelectorAll(".facts > div"), ({ textContent }) => textContent);
    for (const fact of ["Of one brandAt most 2", "Novelty20%", "Unlike side by side30%", "ShadowSimilar"])
      expect(facts).toContain(fact);
    expect(within(card).getByText(/, where Trending has nothing to say/)).toBeTruthy();
  });

  it("that somebody else has changed meanwhile is not overwritten", async () => {
    const backend = createBackend();
    const { user } = openConsole("recommendations/strategies/evening-picks", { backend });
    const limit = await screen.findByLabelText("Products shown");
    const url = "http://shop.example/api/upsell-cross-sell/recommendations/strategies/evening-picks";
    const headers = { "if-match": '"2"' };
    await backend.fetch(url, { method: "PUT", body: JSON.stringify({ limit: 4 }), headers });
    await user.type(limit, "0");
    await user.click(screen.getByRole("button", { name: "Save as version 3" }));
    await user.click(await screen.findByRole("button", { name: "Load what is there now" }));
    await waitFor(() => expect(screen.getByLabelText<HTMLInputElement>("Products shown").value).toBe("4"));
    expect(screen.getByRole("button", { name: "Save as version 4" })).toBeTruthy();
  });

  it("is archived after a question, but not while it serves", async () => {
    const { user, backend } = openConsole("recommendations/strategies/evening-picks");
    await user.click(await screen.findByRole("button", { name: "Set live" }));
    const live = within(screen.getByRole("dialog", { name: "Set a strategy live" }));
    await user.selectOptions(live.getByLabelText("Placement"), "Cart");
    await user.click(live.getByRole("button", { name: "Set live" }));
    await screen.findByText(/Serves Cart\. Made by this shop/);
    await user.click(screen.getByRole("button", { name: "Archive" }));
    const refused = within(screen.getByRole("dialog", { name: "Archive Evening picks?" }));
    expect(refused.getByText(/It serves Cart\./)).toBeTruthy();
    expect(refused.queryByRole("button", { name: "Archive" })).toBeNull();
    await user.click(refused.getByRole("button", { name: "Close" }));
    await user.click(screen.getByRole("button", { name: "Undo" }));
    await screen.findByText(/Serves no placement\. Made by this shop/);
    await user.click(screen.getByRole("button", { name: "Archive" }));
    await user.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Archive" }));
    await screen.findByText("Evening picks was archived.");
    expect(backend.calls.some(({ route }) => route === "DELETE /recommendations/strategies/:id")).toBe(true);
    expect(location.pathname).toBe("/console/recommendations");
  });

  it("is tried as a draft beside the one that serves, before anything is saved", async () => {
    const { user, backend } = openConsole("recommendations/strategies/evening-picks");
    await user.click(await screen.findByRole("button", { name: "Compare" }));
    expect(await screen.findByText("3 of 7 products are shown by both.")).toBeTruthy();
    expect(screen.getByRole("region", { name: "Serves now: Companions" })).toBeTruthy();
    expect(screen.getByRole("region", { name: "Your draft" })).toBeTruthy();
    expect(cellsOf("Place by place")).toHaveLength(trace.slate.length);
    expect(cellsOf("Place by place")[4][2]).toContain("Only here");
    const { call } = backend.calls.findLast(({ route }) => route.endsWith("compare")) ?? {};
    expect(call?.body).toMatchObject({ placement: "pdp", strategies: [{}, { draft: { limit: 6 } }] });
    await user.type(screen.getByLabelText("Products shown"), "1");
    expect(screen.getByText("Something has changed since. Compare again.")).toBeTruthy();
    expect(backend.calls.some(({ route }) => route.startsWith("PUT"))).toBe(false);
  });

  it("that comes with the engine can be read, tried and copied, not changed", async () => {
    openConsole("recommendations/strategies/companions");
    expect(await screen.findByText(/Comes with the engine: copy it to change it/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: /Save/ })).toBeNull();
    expect(screen.queryByRole("button", { name: "Archive" })).toBeNull();
    expect(screen.getByRole("link", { name: "Copy" }).getAttribute("href")).toBe(
      "/console/recommendations/new?copy=companions",
    );
  });

  it("that is not there is told with a way back", async () => {
    openConsole("recommendations/strategies/gone");
    expect((await screen.findByRole("alert")).textContent).toContain("There is no strategy Gone");
    expect(screen.getAllByRole("link", { name: /All strategies/ }).length).toBeGreaterThan(0);
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

  it("names what was left out and why, what a ranker weighed, and what the shadow would have shown", async () => {
    const { user } = openConsole(`recommendations/log/${decisions[1].id}`);
    await user.click(await screen.findByRole("button", { name: "Replay" }));
    await screen.findByText(/bit for bit/);
    expect(cellsOf("Left out").map(([, why]) => why)).toContain("Not for the shopper's age, or that is unknown");
    const voices = within(screen.getByRole("group", { name: "What Personal is made of" }));
    expect(voices.getByText("Bought next").parentElement?.textContent).toBe("Bought next70%");
    expect(voices.queryByText("Described alike")).toBeNull();
    expect(
      screen.getByText("Of what this customer buys: 70 % bought next, 30 % demand in the whole shop"),
    ).toBeTruthy();
    expect(screen.getByText("2 of 6 products are in both, 2 in the same place")).toBeTruthy();
    expect(cellsOf("What the shadow would have shown")).toHaveLength(3);
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
    expect(backend.calls.findLast(({ route }) => route.endsWith("compare"))?.call.body).toEqual({
      placement: "pdp",
      strategies: [{}],
      productId: "P-1003",
      cart: [{ productId: "P-1001", quantity: 1 }],
    });
    expect(cellsOf("Answer")).toHaveLength(trace.slate.length);
    expect(cellsOf("Answer")[0][2]).toContain("214 baskets, 31.4 by chance, lift 6.80");
    await waitFor(() => expect(cellsOf("Left out")).toContainEqual(["Enamel kettle", "Out of stock"]));
    expect(screen.getByText(/Seen next was never trained/)).toBeTruthy();
  });

  it("sets a strategy beside the one that serves, for a customer, by an address that can be shared", async () => {
    const { user, backend } = openConsole("recommendations/try?strategy=similar&placement=cart");
    await user.type(await screen.findByLabelText("Customer"), "C-20001");
    await user.type(screen.getByLabelText("Country"), "at");
    await user.type(screen.getByLabelText("Age"), "17");
    await user.click(screen.getByRole("button", { name: "Compare" }));
    expect(await screen.findByRole("region", { name: "Similar" })).toBeTruthy();
    expect(backend.calls.findLast(({ route }) => route.endsWith("compare"))?.call.body).toEqual({
      placement: "cart",
      customerId: "C-20001",
      country: "AT",
      age: 17,
      strategies: [{}, { id: "similar" }],
    });
    await user.selectOptions(screen.getByLabelText("Placement"), "Home page");
    expect(location.search).toBe("?strategy=similar&placement=homepage");
  });

  it("shows a strategy once where it serves already", async () => {
    const { user } = openConsole("recommendations/try?strategy=companions");
    await user.click(await screen.findByRole("button", { name: "Compare" }));
    expect(await screen.findByRole("region", { name: "What the shopper sees" })).toBeTruthy();
    expect(screen.queryByText(/shown by both/)).toBeNull();
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
      "POST /recommendations/compare",
      () => new Refusal(503, "engine-absent", "No engine is trained yet", "Import orders and train."),
    );
    const { user } = openConsole("recommendations/try", { backend });
    await user.click(await screen.findByRole("button", { name: "Decide" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Import orders and train.");
  });
});

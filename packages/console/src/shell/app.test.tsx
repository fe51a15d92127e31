import { cleanup, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBackend, Refusal } from "../../test/backend.ts";
import { heading, openConsole } from "../../test/open-console.tsx";
import { addressOf, navigate, path } from "../routing/location.ts";
import { tabs, tabsByCategory } from "../tabs.ts";
import { chooseTheme } from "./theme.ts";

beforeEach(() => chooseTheme("system"));
afterEach(cleanup);

const openPalette = "{Control>}k{/Control}";

describe("signing in", () => {
  it("leads to where the address said", async () => {
    const { user } = openConsole("bulk-import", { backend: createBackend({ signedIn: false }) });
    await user.type(await screen.findByLabelText("E-mail"), "ada@mugs.example");
    await user.type(screen.getByLabelText("Password"), "correct horse{Enter}");
    expect(await heading("Bulk Import")).toBeTruthy();
  });

  it("says in words why it failed, and lets one try again", async () => {
    const { user } = openConsole("overview", { backend: createBackend({ signedIn: false }) });
    await user.type(await screen.findByLabelText("E-mail"), "ada@mugs.example");
    await user.type(screen.getByLabelText("Password"), "wrong{Enter}");
    expect(await screen.findByText(/The e-mail or the password is wrong/)).toBeTruthy();
    await user.clear(screen.getByLabelText("Password"));
    await user.type(screen.getByLabelText("Password"), "correct horse{Enter}");
    expect(await heading("Overview")).toBeTruthy();
  });

  it("is asked for again when the sign-in has ended meanwhile", async () => {
    const { backend } = openConsole("bulk-import");
    await heading("Bulk Import");
    backend.answer(
      "GET /affinity/rules",
      () => new Refusal(401, "unauthenticated", "Who calls is not known", "Sign in."),
    );
    navigate(addressOf("product-affinity"));
    expect(await screen.findByRole("heading", { name: "Sign in" })).toBeTruthy();
    expect(path.value).toBe("product-affinity");
  });

  it("ends where one says so", async () => {
    const { user } = openConsole("bulk-import");
    await heading("Bulk Import");
    await user.click(screen.getAllByRole("button", { name: /Ada Okafor/ })[0]);
    await user.click(screen.getAllByRole("button", { name: "Sign out" })[0]);
    expect(await screen.findByRole("heading", { name: "Sign in" })).toBeTruthy();
  });

  it("shows a server that does not answer, and a way out", async () => {
    const backend = createBackend();
    backend.answer("GET /auth/session", () => Promise.reject(new TypeError("refused")));
    const { user } = openConsole("overview", { backend });
    expect(await screen.findByText("The server does not answer")).toBeTruthy();
    backend.answer("GET /auth/session", () => ({ id: "u", email: "a@b.example", name: "Ada", role: "owner" }));
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await heading("Overview")).toBeTruthy();
  });
});

describe("finding one's way", () => {
  it("offers every tab that is built, by category, and marks the current one", async () => {
    openConsole("product-affinity");
    await heading("Product Affinity");
    const navigation = screen.getAllByRole("navigation", { name: "Tabs" })[0];
    expect(
      within(navigation)
        .getAllByRole("link")
        .map((link) => link.textContent),
    ).toEqual(tabsByCategory().flatMap(([, inCategory]) => inCategory.map(({ title }) => title)));
    expect(within(navigation).getByRole("link", { name: "Product Affinity" }).getAttribute("aria-current")).toBe(
      "page",
    );
  });

  it.each(tabs.map(({ path: tabPath, title }) => [tabPath, title]))(
    "has a deep link for %s",
    async (tabPath, title) => {
      openConsole(tabPath);
      expect(await heading(title)).toBeTruthy();
      expect(document.title).toBe(`${title} · Basketlift`);
    },
  );

  it("puts the keyboard at the top of a tab one went to", async () => {
    const { user } = openConsole("bulk-import");
    await heading("Bulk Import");
    await user.click(screen.getAllByRole("link", { name: "Product Affinity" })[0]);
    await heading("Product Affinity");
    expect(document.activeElement).toBe(screen.getByRole("main"));
    expect(location.pathname).toBe("/console/product-affinity");
  });

  it("says so when an address names nothing", async () => {
    openConsole("no-such-tab");
    expect(await heading("There is nothing here")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Go to Overview" }).getAttribute("href")).toBe("/console/overview");
  });

  it("goes anywhere by a few letters and the keyboard alone", async () => {
    const { user } = openConsole("bulk-import");
    await heading("Bulk Import");
    await user.keyboard(openPalette);
    const field = await screen.findByRole("combobox", { name: "Tab or action" });
    await user.type(field, "prod aff");
    await user.keyboard("{Enter}");
    expect(await heading("Product Affinity")).toBeTruthy();
    expect(screen.queryByRole("combobox", { name: "Tab or action" })).toBeNull();
  });

  it("moves through the palette with the arrows, and says when nothing fits", async () => {
    const { user } = openConsole("bulk-import");
    await heading("Bulk Import");
    await user.keyboard(openPalette);
    const field = await screen.findByRole("combobox", { name: "Tab or action" });
    await user.type(field, "{ArrowDown}{ArrowDown}{ArrowUp}");
    expect(within(screen.getByRole("listbox")).getByRole("option", { selected: true }).textContent).toContain(
      "Recommendations",
    );
    expect(field.getAttribute("aria-activedescendant")).toBe(
      within(screen.getByRole("listbox")).getByRole("option", { selected: true }).id,
    );
    await user.type(field, "zebra");
    expect(screen.getByText("Nothing is called “zebra”.")).toBeTruthy();
  });
});

describe("appearance", () => {
  it("is kept for this browser", async () => {
    const { user } = openConsole("bulk-import");
    await heading("Bulk Import");
    await user.click(screen.getAllByRole("radio", { name: "Dark" })[0]);
    expect(localStorage.getItem("basketlift-theme")).toBe("dark");
    await user.click(screen.getAllByRole("radio", { name: "System" })[0]);
    expect(localStorage.getItem("basketlift-theme")).toBeNull();
  });
});

describe("a tab that fails", () => {
  it("shows the problem with its number for support, and recovers", async () => {
    const backend = createBackend();
    let isBroken = true;
    backend.answer("GET /imports", () =>
      isBroken
        ? new Refusal(500, "internal", "Something failed on our side", "The disk is full.")
        : { data: [], page: { nextCursor: null, hasMore: false } },
    );
    const { user } = openConsole("bulk-import", { backend });
    const problem = await screen.findByRole("alert");
    expect(problem.textContent).toContain("Something failed on our side");
    expect(problem.textContent).toContain("The disk is full.");
    expect(problem.textContent).toContain("req_7f3a");
    isBroken = false;
    await user.click(within(problem).getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("No file was imported yet")).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole("alert")).toBeNull());
  });

  it("leaves the others alone", async () => {
    const backend = createBackend();
    backend.answer("GET /analytics/overview", () => ({ netRevenue: null }));
    openConsole("overview", { backend });
    expect(await screen.findByText("Something failed in this page")).toBeTruthy();
    navigate(addressOf("bulk-import"));
    expect(await heading("Bulk Import")).toBeTruthy();
  });
});

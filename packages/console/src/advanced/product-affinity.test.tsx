import { cleanup, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, expect, it } from "vitest";
import { createBackend } from "../../test/backend.ts";
import { cellsOf, openConsole } from "../../test/open-console.tsx";

afterEach(cleanup);

it("lists the affinities with their evidence", async () => {
  openConsole("product-affinity");
  await screen.findByRole("table", { name: "Affinities" });
  await waitFor(() => expect(cellsOf("Affinities")[0].slice(0, 2)).toEqual(["Stoneware mug", "Oak serving tray"]));
  expect(cellsOf("Affinities")[0][4]).toBe("9.00 (7.65 to 10.53)");
});

it("narrows them to one product", async () => {
  const { user } = openConsole("product-affinity");
  await user.type(await screen.findByRole("combobox", { name: "Of one product" }), "butter");
  await user.click(await screen.findByRole("option", { name: /Butter dish/ }));
  await waitFor(() => {
    const pairs = cellsOf("Affinities").map((row) => row.slice(0, 2));
    expect(pairs.every((pair) => pair.includes("Butter dish"))).toBe(true);
  });
});

it("asks for all titles at once", async () => {
  const { backend } = openConsole("product-affinity");
  await screen.findByRole("table", { name: "Affinities" });
  await waitFor(() => expect(cellsOf("Affinities")[0][0]).toBe("Stoneware mug"));
  const asked = backend.calls.filter(({ route }) => route.startsWith("GET /catalog/products"));
  expect(asked).toHaveLength(1);
});

it("looks closer at a pair of the list", async () => {
  const { user } = openConsole("product-affinity");
  await user.click((await screen.findAllByRole("button", { name: "Inspect" }))[0]);
  const inspector = screen.getByRole("region", { name: "Two products" });
  expect(await within(inspector).findByText(/An affinity: more than chance/)).toBeTruthy();
  expect(within(inspector).getByText("7.65 to 10.53")).toBeTruthy();
});

it("says so of a pair that chance explains", async () => {
  const { user } = openConsole("product-affinity");
  for (const title of ["mug", "carafe"]) {
    await user.type(await screen.findByRole("combobox", { name: "Products" }), title);
    await screen.findByRole("option", { name: new RegExp(title) });
    await user.keyboard("{Enter}");
  }
  expect(await screen.findByText(/No affinity: chance explains it/)).toBeTruthy();
});

it("sends a shop without affinities to its orders", async () => {
  const backend = createBackend();
  backend.answer("GET /affinity/rules", () => ({ data: [], page: { nextCursor: null, hasMore: false } }));
  openConsole("product-affinity", { backend });
  expect(await screen.findByText("No affinity yet")).toBeTruthy();
  expect(screen.getByRole("link", { name: "Import orders" })).toBeTruthy();
});

import { cleanup, render, screen } from "@testing-library/preact";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { cellsOf } from "../../test/open-console.tsx";
import { DataTable, type Column } from "./data-table.tsx";

interface Sale {
  readonly product: string;
  readonly sold: number;
}

const sales: readonly Sale[] = [
  { product: "Mug", sold: 9 },
  { product: "Teapot", sold: 110 },
  { product: "Émail kettle", sold: 20 },
];
const columns: readonly Column<Sale>[] = [
  { header: "Product", cell: ({ product }) => product, sortBy: ({ product }) => product },
  { header: "Sold", cell: ({ sold }) => sold, sortBy: ({ sold }) => sold, numeric: true },
  { header: "Note", cell: () => "–" },
];
const table = (rows = sales, more = {}) => (
  <DataTable caption="Sales" columns={columns} rows={rows} keyOf={({ product }) => product} {...more} />
);
const column = (place: number): string[] => cellsOf("Sales").map((row) => row[place]);

afterEach(cleanup);

describe("sorting", () => {
  it("goes by size, largest first, then smallest, then as it came", async () => {
    const user = userEvent.setup();
    render(table());
    const sort = screen.getByRole("button", { name: "Sold" });
    const direction = (): string | null | undefined => sort.closest("th")?.getAttribute("aria-sort");
    await user.click(sort);
    expect(column(1)).toEqual(["110", "20", "9"]);
    expect(direction()).toBe("descending");
    await user.click(sort);
    expect(column(1)).toEqual(["9", "20", "110"]);
    expect(direction()).toBe("ascending");
    await user.click(sort);
    expect(column(1)).toEqual(["9", "110", "20"]);
    expect(direction()).toBe("none");
  });

  it("sorts words as the reader's language does, by keyboard too", async () => {
    const user = userEvent.setup();
    render(table());
    screen.getByRole("button", { name: "Product" }).focus();
    await user.keyboard("{Enter}{Enter}");
    expect(column(0)).toEqual(["Émail kettle", "Mug", "Teapot"]);
  });

  it("offers no button for a column that does not sort", () => {
    render(table());
    expect(screen.queryByRole("button", { name: "Note" })).toBeNull();
  });
});

describe("paging", () => {
  const many = Array.from({ length: 55 }, (_, index) => ({ product: `P${index}`, sold: index }));

  it("shows one page at a time and says which", async () => {
    const user = userEvent.setup();
    render(table(many));
    expect(screen.getByText("1–25 of 55")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Next page" }));
    await user.click(screen.getByRole("button", { name: "Next page" }));
    await user.click(screen.getByRole("button", { name: "Next page" }));
    expect(screen.getByText("51–55 of 55")).toBeTruthy();
    expect(column(0)).toEqual(["P50", "P51", "P52", "P53", "P54"]);
    await user.click(screen.getByRole("button", { name: "Previous page" }));
    expect(screen.getByText("26–50 of 55")).toBeTruthy();
  });

  it("sorts all pages, and starts at the first again", async () => {
    const user = userEvent.setup();
    render(table(many));
    await user.click(screen.getByRole("button", { name: "Next page" }));
    await user.click(screen.getByRole("button", { name: "Sold" }));
    expect(column(1)[0]).toBe("54");
  });

  it("stays on a page that exists when rows go away", async () => {
    const user = userEvent.setup();
    const { rerender } = render(table(many));
    await user.click(screen.getByRole("button", { name: "Next page" }));
    rerender(table(many.slice(0, 3)));
    expect(column(0)).toEqual(["P0", "P1", "P2"]);
  });
});

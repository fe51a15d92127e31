import { cleanup, render, screen } from "@testing-library/preact";
import { userEvent } from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
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

describe("filtering", () => {
  const many = [...sales, ...Array.from({ length: 30 }, (_, index) => ({ product: `P${index}`, sold: 500 + index }))];

  it("keeps the rows that hold every typed word, whatever its case and accents, on all pages", async () => {
    const user = userEvent.setup();
    render(table(many));
    await user.click(screen.getByRole("button", { name: "Next page" }));
    await user.type(screen.getByRole("searchbox", { name: "Filter: Sales" }), "KETTLE emai");
    expect(column(0)).toEqual(["Émail kettle"]);
    expect(screen.getByText("1 row")).toBeTruthy();
  });

  it("says when nothing is left", async () => {
    const user = userEvent.setup();
    render(table(many));
    await user.type(screen.getByRole("searchbox"), "yacht");
    expect(screen.getByRole("cell", { name: "Nothing matches “yacht”." })).toBeTruthy();
  });

  it("is not offered for a handful of rows", () => {
    render(table());
    expect(screen.queryByRole("searchbox")).toBeNull();
  });
});

describe("exporting", () => {
  /** The file that the browser was handed. */
  async function exported(press: () => Promise<void>): Promise<{ readonly name: string; readonly text: string }> {
    const files: Blob[] = [];
    const names: string[] = [];
    const create = vi.spyOn(URL, "createObjectURL").mockImplementation((file) => {
      if (file instanceof Blob) files.push(file);
      return "blob:file";
    });
    const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    await press();
    create.mockRestore();
    click.mockRestore();
    // Not `text()`, which takes the byte order mark away.
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await files[0]?.arrayBuffer());
    return { name: names[0] ?? "", text };
  }
  const press = (user: ReturnType<typeof userEvent.setup>) => () =>
    user.click(screen.getByRole("button", { name: "Export CSV" }));

  it("is all rows that are listed, in their order, as a file in UTF-8 that Excel knows to be one", async () => {
    const user = userEvent.setup();
    render(table(sales, { pageSize: 2 }));
    await user.click(screen.getByRole("button", { name: "Sold" }));
    const { name, text } = await exported(press(user));
    expect(name).toBe("sales.csv");
    expect(text).toBe("\uFEFFProduct,Sold,Note\r\nTeapot,110,–\r\nÉmail kettle,20,–\r\nMug,9,–\r\n");
  });

  it("leaves out what the filter leaves out", async () => {
    const user = userEvent.setup();
    const many = [...sales, ...Array.from({ length: 9 }, (_, index) => ({ product: `P${index}`, sold: index }))];
    render(table(many));
    await user.type(screen.getByRole("searchbox"), "kettle");
    expect((await exported(press(user))).text.split("\r\n")).toEqual([
      "\uFEFFProduct,Sold,Note",
      "Émail kettle,20,–",
      "",
    ]);
  });

  it.each([
    ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
    ["+49 30", "'+49 30"],
    ["-sale-", "'-sale-"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ['=A1,"x"', '"\'=A1,""x"""'],
    ["Mug, blue", '"Mug, blue"'],
    ["two\nlines", '"two\nlines"'],
    ["1 = 1", "1 = 1"],
  ])("writes %s so that a spreadsheet shows it and does not run it", async (product, cell) => {
    const user = userEvent.setup();
    render(table([{ product, sold: -4 }]));
    expect((await exported(press(user))).text).toBe(`\uFEFFProduct,Sold,Note\r\n${cell},-4,–\r\n`);
  });

  it("has the API's own values, and no buttons", async () => {
    const user = userEvent.setup();
    const share: Column<Sale> = {
      header: "Share",
      cell: () => "33.3%",
      fields: [
        { name: "Share", value: ({ sold }) => sold / 27 },
        { name: "Share, lower", value: () => null },
      ],
    };
    const button: Column<Sale> = { header: "Look", cell: () => <button type="button">Look</button>, fields: [] };
    render(<DataTable caption="Sales" columns={[columns[0], share, button]} rows={[sales[0]]} keyOf={() => "mug"} />);
    const { text } = await exported(press(user));
    expect(text).toBe('\uFEFFProduct,Share,"Share, lower"\r\nMug,0.3333333333333333,\r\n');
  });
});

describe("as cards on a phone", () => {
  it("is sorted by a choice, for the heads of its columns are not drawn", async () => {
    const user = userEvent.setup();
    render(table(sales, { narrow: "cards" }));
    await user.selectOptions(screen.getByRole("combobox", { name: "Sort by" }), "Sold, smallest first");
    expect(column(1)).toEqual(["9", "20", "110"]);
    await user.selectOptions(screen.getByRole("combobox", { name: "Sort by" }), "as it comes");
    expect(column(1)).toEqual(["9", "110", "20"]);
  });
});

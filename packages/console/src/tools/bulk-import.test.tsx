import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createBackend, owner, Refusal, type Backend } from "../../test/backend.ts";
import { importStates, trainingStates } from "../../test/imports.ts";
import { cellsOf, openConsole } from "../../test/open-console.tsx";

afterEach(() => {
  vi.useRealTimers();
  cleanup();
});

const csv = new File(["order,product\n1,mug\n"], "orders.csv", { type: "text/csv" });
const chooseFile = (): Promise<HTMLElement> => screen.findByLabelText(/Choose a file|orders\.csv/);
/** Looks again and again, while the clock runs fast. */
function eventually(look: () => unknown): Promise<void> {
  const lookAgain = (): void => {
    vi.advanceTimersByTime(200);
    expect(look()).toBeTruthy();
  };
  return vi.waitFor(lookAgain, { timeout: 15_000, interval: 20 });
}
const fakeTimers = (): void =>
  void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"], shouldAdvanceTime: true });

describe("importing a file", () => {
  it("sends it with what it holds, follows it, and reports what was left out", async () => {
    fakeTimers();
    const backend = createBackend();
    const [waiting, reading, , done] = importStates("imp_9", "orders.csv", "orders");
    let state = waiting;
    backend.answer("GET /imports/:id", () => state);
    const { user } = openConsole("bulk-import", { backend });
    await user.upload(await chooseFile(), csv);
    await user.type(screen.getByLabelText("Currency"), "gbp");
    await user.clear(screen.getByLabelText("Time zone"));
    await user.type(screen.getByLabelText("Time zone"), "Europe/London");
    await screen.findByRole("table", { name: "Columns of the file" });
    await user.click(screen.getByRole("button", { name: "Import" }));
    await screen.findByText("Waiting for its turn");
    const { query } = backend.calls.find(({ route }) => route === "POST /orders/import")?.call ?? {};
    expect(Object.fromEntries(query ?? [])).toEqual({
      currency: "GBP",
      timeZone: "Europe/London",
      fileName: "orders.csv",
      // A column that only its values gave away must be named.
      columns: JSON.stringify({ unitPrice: "Betrag" }),
    });

    state = reading;
    await eventually(() => screen.getByText("Reading rows"));
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("35");
    state = done;
    await eventually(() => screen.getByText(/^Of 63,410 rows 61,902 became order lines/));
    expect(cellsOf("Rows that were left out")[0]).toEqual([
      "Pseudo product",
      "702",
      "14, 88, 131, 190, 204 and further",
      "POST",
    ]);
  });

  it("takes a dropped file too", async () => {
    openConsole("bulk-import");
    const place = (await chooseFile()).parentElement;
    const drop = Object.assign(new Event("drop", { bubbles: true, cancelable: true }), {
      dataTransfer: { files: [csv] },
    });
    if (place) fireEvent(place, drop);
    expect(await screen.findByText("orders.csv")).toBeTruthy();
  });

  it("shows how far the upload is, and can end it", async () => {
    const { user, backend } = openConsole("bulk-import", {
      send: ({ onProgress, signal }) =>
        new Promise((_, reject) => {
          onProgress(0.4);
          signal?.addEventListener("abort", () => reject(new DOMException("ended", "AbortError")));
        }),
    });
    await user.upload(await chooseFile(), csv);
    await user.click(screen.getByRole("button", { name: "Import" }));
    const bar = await screen.findByRole("progressbar", { name: "Sending orders.csv" });
    await waitFor(() => expect(bar.getAttribute("aria-valuenow")).toBe("40"));
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(await screen.findByRole("button", { name: "Import" })).toBeTruthy();
    expect(screen.queryByRole("alert")).toBeNull();
    expect(backend.calls.some(({ route }) => route === "POST /orders/import")).toBe(false);
  });

  it("says why the server refused a file", async () => {
    const backend = createBackend();
    backend.answer(
      "POST /orders/import",
      () => new Refusal(413, "body-too-large", "The body is too large", "At most 512 MB."),
    );
    const { user } = openConsole("bulk-import", { backend });
    await user.upload(await chooseFile(), csv);
    await user.click(screen.getByRole("button", { name: "Import" }));
    expect((await screen.findByRole("alert")).textContent).toContain("At most 512 MB.");
  });

  it("sends nothing while no file is chosen", async () => {
    const { user, backend } = openConsole("bulk-import");
    await user.click(await screen.findByRole("button", { name: "Import" }));
    expect(screen.getByText("Choose a file first.")).toBeTruthy();
    expect(backend.calls.some(({ route }) => route === "POST /orders/import")).toBe(false);
  });

  it("is not offered to those who may only look", async () => {
    const backend = createBackend();
    backend.answer("GET /auth/session", () => ({ ...owner, role: "viewer" }));
    openConsole("bulk-import", { backend });
    expect(await screen.findByText(/ask for the role of an editor/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Import" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Train now" })).toBeNull();
  });
});

describe("a chosen file", () => {
  const open = async () => {
    const opened = openConsole("bulk-import");
    await opened.user.upload(await chooseFile(), csv);
    await screen.findByRole("table", { name: "Columns of the file" });
    return opened;
  };
  const lastPreview = (backend: Backend): unknown => {
    const calls = backend.calls.filter(({ route }) => route === "POST /orders/import/preview");
    return JSON.parse(calls.at(-1)?.call.query.get("columns") ?? "{}");
  };

  it("shows what stands in its columns, what each is read as, and how sure that is", async () => {
    await open();
    const rows = cellsOf("Columns of the file");
    expect(rows[1][1]).toBe("2026-01-0531.02.2026");
    expect(rows.map((row) => row.at(-1))).toEqual([
      "By its name",
      "By its name; 67 % of its values can be read as time of the order",
      "By its name",
      "By its name",
      "Guessed by its values, 60 % sure",
      "–",
    ]);
    const choice = screen.getByRole("combobox", { name: "What Created at is read as" });
    expect(choice instanceof HTMLSelectElement && choice.value).toBe("date");
  });

  it("shows its first rows as they would be read, and what is wrong with which", async () => {
    await open();
    expect(screen.getByText(/^The first 3 rows were looked at: 2 can be used, 1 would be left out/)).toBeTruthy();
    expect(cellsOf("First rows as they would be read")[1].slice(0, 2)).toEqual(["3", "Left outUnreadable date"]);
    expect(cellsOf("Rows that would be left out")).toEqual([["3", "Unreadable date", "Created at", "31.02.2026"]]);
  });

  it("is read anew when a column is chosen, and says what is missing then", async () => {
    const { user, backend } = await open();
    await user.selectOptions(screen.getByRole("combobox", { name: "What Notes is read as" }), "customer");
    await waitFor(() => expect(lastPreview(backend)).toEqual({ customer: "Notes" }));
    await user.selectOptions(screen.getByRole("combobox", { name: "What Betrag is read as" }), "");
    await waitFor(() => expect(lastPreview(backend)).toEqual({ customer: "Notes", unitPrice: "" }));
    expect(await screen.findByText(/No column was found for the price/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Choose another file" }));
    expect(screen.queryByRole("table", { name: "Columns of the file" })).toBeNull();
  });

  it("that cannot be previewed says why, and lets one try again", async () => {
    const backend = createBackend();
    backend.answer("POST /orders/import/preview", () => new Refusal(503, "database-down", "No answer", "Try later."));
    const { user } = openConsole("bulk-import", { backend });
    await user.upload(await chooseFile(), csv);
    expect((await screen.findByRole("alert")).textContent).toContain("Try later.");
    expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
  });
});

describe("taking an import back", () => {
  it("asks first, follows it, and says what went and what stayed", async () => {
    fakeTimers();
    const { user, backend } = openConsole("bulk-import/imp_4");
    await user.click(await screen.findByRole("button", { name: "Take back" }));
    expect(backend.calls.some(({ route }) => route.endsWith("/undo"))).toBe(false);
    const question = screen.getByRole("dialog", { name: "Take orders-november.csv back?" });
    await user.click(within(question).getByRole("button", { name: "Take back" }));
    await eventually(() => screen.queryByText("It was taken back."));
    expect(screen.getByText(/^Orders: 23,180 removed/)).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Take back" })).toBeNull();
  });

  it("keeps it when the question is answered so", async () => {
    const { user, backend } = openConsole("bulk-import/imp_4");
    await user.click(await screen.findByRole("button", { name: "Take back" }));
    await user.click(screen.getByRole("button", { name: "Keep it" }));
    expect(backend.calls.some(({ route }) => route.endsWith("/undo"))).toBe(false);
  });

  it("stops one that still runs", async () => {
    const backend = createBackend();
    const [, reading] = importStates("imp_9", "orders.csv", "orders");
    backend.answer("GET /imports/:id", () => reading);
    backend.answer("POST /imports/:id/undo", () => ({ importId: "imp_9", jobId: "imp_9", status: "queued" }));
    const { user } = openConsole("bulk-import/imp_9", { backend });
    await user.click(await screen.findByRole("button", { name: "Stop" }));
    await user.click(screen.getByRole("button", { name: "Stop and take back" }));
    await waitFor(() => expect(backend.calls.some(({ route }) => route.endsWith("/undo"))).toBe(true));
  });

  it("says why it cannot be, and why the server refused", async () => {
    openConsole("bulk-import/imp_2");
    expect(await screen.findByText("It changed nothing.")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Take back" })).toBeNull();
    cleanup();
    const backend = createBackend();
    backend.answer(
      "POST /imports/:id/undo",
      () => new Refusal(409, "conflict", "It does not fit", "Its time is over."),
    );
    const { user } = openConsole("bulk-import/imp_4", { backend });
    await user.click(await screen.findByRole("button", { name: "Take back" }));
    const question = screen.getByRole("dialog", { name: /back\?$/ });
    await user.click(within(question).getByRole("button", { name: "Take back" }));
    expect((await within(question).findByRole("alert")).textContent).toContain("Its time is over.");
  });
});

describe("training", () => {
  it("follows the run to its end and says what it learned", async () => {
    fakeTimers();
    const backend = createBackend();
    const [waiting, counting, , done] = trainingStates("run_1");
    let state = waiting;
    backend.answer("GET /affinity/runs/:id", () => state);
    const { user } = openConsole("bulk-import", { backend });
    await user.click(await screen.findByRole("button", { name: "Train now" }));
    expect(await screen.findByRole("progressbar", { name: "Waiting for its turn" })).toBeTruthy();
    state = counting;
    await eventually(() => screen.getByText("Counting pairs"));
    state = done;
    await eventually(() => screen.getByText(/new recommendations are being served/));
    expect(screen.getByText("486")).toBeTruthy();
    expect(screen.getByRole("link", { name: "Try a recommendation" })).toBeTruthy();
  });
});

describe("earlier imports", () => {
  it("are listed with what they came to, and lead to their reports", async () => {
    const { user } = openConsole("bulk-import");
    await screen.findByRole("table", { name: "Earlier imports" });
    expect(cellsOf("Earlier imports")[2].slice(3)).toEqual([
      "Failed",
      "This is a spreadsheet of Excel. Save it as CSV and import that.",
    ]);
    await user.click(screen.getByRole("link", { name: "orders-november.csv" }));
    const report = await screen.findByRole("region", { name: "orders-november.csv" });
    expect(within(report).getByText(/702 rows are postage/)).toBeTruthy();
    expect(location.pathname).toBe("/console/bulk-import/imp_4");
  });
});

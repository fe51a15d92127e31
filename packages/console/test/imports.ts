/** Imports and trainings of the made-up shop: each asked-for state is a step further than the one before. */
import type { ImportAnswer, ImportPreview, TrainingRun } from "../src/api/contract.ts";

export const ordersReport: Pick<ImportAnswer, "lines" | "report"> = {
  lines: [
    "23,184 orders with 61,902 lines from 2024-11-20 to 2026-11-19, by 8,412 known customers (6,207 orders by guests), of 1,138 products.",
    "£1,204,518.40 net in 23,184 orders.",
    'orders.csv (orders): CSV with ",", utf-8; read order from "Name", date from "Created at", product from "Lineitem sku", quantity from "Lineitem quantity", price from "Lineitem price". Not needed: Phone, Vendor, Tags.',
    "Of 63,410 rows 61,902 became order lines, 655 took purchases back, 853 were left out.",
    'Left out: 702 rows are postage, fees, vouchers and the like (line 14, 88, 131, ...; "POST"). Name codes that are products after all.',
    'Left out: 104 rows take back a purchase that is not in the file (line 19, 240, ...; "C536383"). Export an earlier start of the period to find more of them.',
    'Left out: 47 rows have a date that cannot be read (line 5012, 5013; "31.02.2025"). Write dates as 2024-01-31 14:05.',
  ],
  report: {
    skipped: [
      { reason: "pseudo-product", count: 702, lines: [14, 88, 131, 190, 204], example: "POST" },
      { reason: "unmatched-return", count: 104, lines: [19, 240, 377, 402, 611], example: "C536383" },
      { reason: "unreadable-date", count: 47, lines: [5012, 5013], example: "31.02.2025" },
    ],
  },
};

const ago = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

function importOf(id: string, fileName: string, hours: number, rest: Partial<ImportAnswer> = {}): ImportAnswer {
  return {
    id,
    status: "done",
    kind: "orders",
    fileName,
    createdAt: ago(hours),
    finishedAt: ago(hours - 0.01),
    progress: 1,
    step: null,
    error: null,
    lines: [],
    report: null,
    undo: { until: ago(-24 * 30 + hours), whyNot: null, orders: null, products: null, lines: [] },
    ...rest,
  };
}

const notUndoable = (whyNot: string): ImportAnswer["undo"] => ({
  until: null,
  whyNot,
  orders: null,
  products: null,
  lines: [],
});

export const imports: readonly ImportAnswer[] = [
  importOf("imp_4", "orders-november.csv", 9, ordersReport),
  importOf("imp_3", "products.csv.gz", 26, { kind: "products", lines: ["1,138 products with 1,642 variants."] }),
  importOf("imp_2", "orders.xlsx", 27, {
    status: "failed",
    error: "This is a spreadsheet of Excel. Save it as CSV and import that.",
    undo: notUndoable("It changed nothing."),
  }),
  importOf("imp_1", "orders-2024.csv", 340, { ...ordersReport, status: "undone", undo: takenBack() }),
];

function takenBack(): ImportAnswer["undo"] {
  return {
    ...notUndoable("It was taken back."),
    orders: { removed: 23_180, restored: 0, kept: 4 },
    products: { removed: 1138, restored: 0, kept: 0 },
    lines: [
      "Orders: 23,180 removed, 0 as they were before, 4 left, for something newer changed or confirmed them.",
      "Products: 1,138 removed, 0 as they were before.",
    ],
  };
}

/** How taking an import back goes on, from one question to the next. */
export function undoStates(of: ImportAnswer): ImportAnswer[] {
  const rest = { finishedAt: null, error: null } as const;
  return [
    { ...of, ...rest, status: "undoing", progress: 0.4, step: "taking back" },
    { ...of, ...rest, status: "undone", progress: 1, step: null, finishedAt: ago(0), undo: takenBack() },
  ];
}

type Field = ImportPreview["fields"][number];
const field = (name: string, label: string, need: string | null, found: Partial<Field> = {}): Field => ({
  name,
  label,
  need,
  column: null,
  because: null,
  confidence: null,
  ...found,
});
const byName = (column: string, confidence = 1): Partial<Field> => ({ column, because: "name", confidence });

/** How the server would read `orders.csv`, with what the person said of its columns. */
export function previewOf(given: Readonly<Record<string, string>>): ImportPreview {
  const guessed = [
    field("order", "Order number", "the order number", byName("Order")),
    field("date", "Time of the order", "the order's time", byName("Created at", 0.67)),
    field("product", "Product", "the product", byName("Lineitem sku")),
    field("quantity", "Quantity", null, byName("Lineitem quantity")),
    field("unitPrice", "Price of one", "the price", { column: "Betrag", because: "values", confidence: 0.6 }),
    field("customer", "Customer", null),
  ];
  const fields = guessed.map((one): Field => {
    const column = given[one.name];
    if (column === undefined) return one;
    if (column === "") return field(one.name, one.label, one.need);
    return { ...one, column, because: "given", confidence: 1 };
  });
  const values = { order: "1001", product: "mug", quantity: "2", unitPrice: "12.50 GBP" };
  return {
    file: { kind: "csv", delimiter: ";", encoding: "windows-1252", isWhole: false, rows: 3 },
    problem: fields.some(({ name, column }) => name === "unitPrice" && column === null)
      ? "orders.csv, line 1: No column was found for the price."
      : null,
    columns: [
      { header: "Order", samples: ["1001", "1002"] },
      { header: "Created at", samples: ["2026-01-05", "31.02.2026"] },
      { header: "Lineitem sku", samples: ["mug", "tray"] },
      { header: "Lineitem quantity", samples: ["2", "1"] },
      { header: "Betrag", samples: ["12,50"] },
      { header: "Notes", samples: [] },
    ],
    fields,
    rows: [
      { line: 2, outcome: "used", values: { ...values, date: "2026-01-05T00:00:00.000Z" } },
      { line: 3, outcome: "skipped", values: { ...values, order: "1002", date: "31.02.2026" } },
      { line: 4, outcome: "applied", values: { ...values, quantity: "-2", date: "2026-01-06T00:00:00.000Z" } },
    ],
    problems: [{ line: 3, reason: "unreadable-date", field: "date", column: "Created at", text: "31.02.2026" }],
    skipped: [
      {
        reason: "unreadable-date",
        count: 1,
        words: '1 row with a date that cannot be read (line 3; "31.02.2026"). Write dates as 2024-01-31 14:05.',
      },
    ],
  };
}

/** How an import goes on, from one question to the next. */
export function importStates(id: string, fileName: string, kind: ImportAnswer["kind"]): ImportAnswer[] {
  const at = (rest: Partial<ImportAnswer>): ImportAnswer =>
    importOf(id, fileName, 0, { kind, finishedAt: null, ...rest });
  return [
    at({ status: "queued", progress: 0 }),
    at({ status: "running", progress: 0.35, step: "Reading rows" }),
    at({ status: "running", progress: 0.8, step: "Writing orders" }),
    at({ status: "done", progress: 1, finishedAt: ago(0), ...ordersReport }),
  ];
}

export function trainingStates(id: string): TrainingRun[] {
  const at = (rest: Partial<TrainingRun>): TrainingRun => ({
    id,
    status: "running",
    startedAt: ago(0.01),
    finishedAt: null,
    progress: 0,
    step: null,
    orders: null,
    products: null,
    testedPairs: null,
    significantPairs: null,
    affinities: null,
    stateVersion: null,
    error: null,
    ...rest,
  });
  return [
    at({ status: "queued", startedAt: null }),
    at({ progress: 0.4, step: "Counting pairs" }),
    at({ progress: 0.85, step: "Testing pairs" }),
    at({
      status: "done",
      progress: 1,
      finishedAt: ago(0),
      orders: 23_184,
      products: 1138,
      testedPairs: 48_210,
      significantPairs: 1312,
      affinities: 486,
      stateVersion: "run-20261122",
    }),
  ];
}

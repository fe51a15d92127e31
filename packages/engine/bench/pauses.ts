/** How long loading and training an engine keep everybody else waiting, in a large shop. */
import { createEngine, loadEngine, saveEngine } from "../src/index.ts";
import type { Progress } from "../src/models/index.ts";
import { createLargeShop } from "./large-shop.ts";
import type { BenchSection } from "./section.ts";

const largeShop = { products: 100_000, orders: 200_000, sessions: 400_000 };

export async function benchPauses(): Promise<BenchSection> {
  const shop = createLargeShop(largeShop);
  const { result: engine, ...training } = await watchPauses((onProgress) => createEngine(shop, { onProgress }));
  const files = saveEngine(engine);
  const cold = await watchPauses((onProgress) => loadEngine(files, { onProgress }));
  const warm = await watchPauses((onProgress) => loadEngine(files, { onProgress }));
  const { products, orders, sessions } = largeShop;
  const count = (number: number): string => number.toLocaleString("en");
  return {
    title: "Pauses of the event loop",
    conditions: [
      `A synthetic shop of ${count(products)} products with ${count(orders)} orders and ${count(sessions)} sessions, whose making is part of the training.`,
      "Milliseconds of processor time of the thread between two turns of the event loop: how long a request waits for its turn, whatever else the machine does.",
    ],
    columns: ["Work", "all of it", "longest pause", "pauses over 25 ms", "in the step"],
    rows: [
      ["train", ...cells(training)],
      ["load", ...cells(cold)],
      ["load again", ...cells(warm)],
    ],
  };
}

interface Pauses {
  readonly total: number;
  readonly longest: number;
  /** How many were over 25 ms. */
  readonly long: number;
  /** What was being done in the longest one. */
  readonly step: string;
}

function cells({ total, longest, long, step }: Pauses): string[] {
  return [total.toFixed(0), longest.toFixed(1), String(long), step];
}

/** Does some work while a task of its own takes every turn that it can get. */
async function watchPauses<Result>(
  work: (onProgress: (progress: Progress) => void) => Promise<Result>,
): Promise<Pauses & { readonly result: Result }> {
  const seen = { longest: 0, long: 0, step: "" };
  let step = "";
  let last = threadTime();
  let isWatching = true;
  function takeTurn(): void {
    const now = threadTime();
    const pause = now - last;
    last = now;
    if (pause > 25) seen.long++;
    if (pause > seen.longest) Object.assign(seen, { longest: pause, step });
    if (isWatching) setImmediate(takeTurn);
  }
  const began = last;
  setImmediate(takeTurn);
  const result = await work((progress) => {
    step = progress.step;
  });
  isWatching = false;
  takeTurn();
  return { ...seen, total: last - began, result };
}

/** Milliseconds that this thread has used. */
function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

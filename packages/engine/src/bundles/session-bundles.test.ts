import { describe, expect, it } from "vitest";
import { createRandom } from "../random/index.ts";
import { bundlesInSession, trainSessionBundles } from "./session-bundles.ts";

// Cameras go with lenses, kettles with tea; the two worlds never meet in a bundle.
const kinds = ["camera", "lens", "kettle", "tea"] as const;
const items = Array.from({ length: 80 }, (_, item) => {
  const kind = kinds[item % 4];
  const department = item % 4 < 2 ? "Photo" : "Kitchen";
  return { title: `${kind} model ${item}`, categories: [[department, kind]] };
});
const random = createRandom("sessions");
const sessions = Array.from({ length: 60 }, () => {
  const own = kinds.map((_, kind) => 4 * random.integer(15) + kind);
  return { items: own, bundles: [own.slice(0, 2), own.slice(2)] };
});

describe("bundles inside a session", () => {
  const bundler = trainSessionBundles(items, sessions);

  it("follow what people put together, for products no session of theirs held", () => {
    const bundles = bundlesInSession(bundler, [76, 77, 78, 79]);
    expect(bundles.map((bundle) => bundle.items).sort((a, b) => a[0] - b[0])).toEqual([
      [76, 77],
      [78, 79],
    ]);
    for (const { togetherness } of bundles) expect(togetherness).toBeGreaterThan(0.9);
  });

  it("do not depend on the order of the session, share no product, and are none for a single product", () => {
    const found = bundlesInSession(bundler, [0, 1, 2, 3, 40, 41]);
    expect(bundlesInSession(bundler, [41, 3, 2, 40, 1, 0, 0])).toEqual(found);
    const all = found.flatMap((bundle) => bundle.items);
    expect(new Set(all).size).toBe(all.length);
    expect(bundlesInSession(bundler, [5])).toEqual([]);
  });

  it("are the likeliest pair where nothing is likely enough", () => {
    expect(bundlesInSession(bundler, [0, 1, 2], { threshold: 1 }).map((bundle) => bundle.items)).toEqual([[0, 1]]);
  });

  it("refuse products that there are not", () => {
    expect(() => trainSessionBundles(items, [{ items: [0, 99], bundles: [] }])).toThrow(
      "sessions[0].items[1] must be an index of the 80 products",
    );
    expect(() => trainSessionBundles(items, [])).toThrow("sessions must be at least one that can teach");
  });
});

import { describe, expect, it } from "vitest";
import { createCatalogue } from "../catalogue/catalogue.ts";
import { newArrivalsRecommender } from "./new-arrivals.ts";

function shop(...dates: readonly (string | undefined)[]) {
  const products = dates.map((publishedAt, index) => ({
    id: `p${index}`,
    title: `Product ${index}`,
    variants: [{ id: `p${index}-1`, prices: { default: 1000 } }],
    ...(publishedAt !== undefined && { publishedAt }),
  }));
  return newArrivalsRecommender(createCatalogue({ products }));
}

describe("new arrivals", () => {
  const model = shop("2026-01-05", "2026-03-01T08:00:00Z", undefined, "2026-03-01T08:00:00Z", "soon", "2025-12-24");

  it("come newest first, those of one moment in the catalogue's order, and never without a date", () => {
    expect([...model.recommend({ history: [] }, 10).products]).toEqual([1, 3, 0, 5]);
  });

  it("fall evenly in score, so that the newest one counts in full", () => {
    expect([...model.recommend({ history: [] }, 10).scores]).toEqual([1, 0.75, 0.5, 0.25]);
  });

  it("leave out what must not be answered, and what the history holds unless it may repeat", () => {
    expect([...model.recommend({ history: [0], exclude: new Set([1]) }, 10).products]).toEqual([3, 5]);
    expect([...model.recommend({ history: [0], repeats: true }, 10).products]).toEqual([1, 3, 0, 5]);
  });

  it("are nothing in a shop that dates no product", () => {
    expect([...shop(undefined, undefined).recommend({ history: [] }, 10).products]).toEqual([]);
  });
});

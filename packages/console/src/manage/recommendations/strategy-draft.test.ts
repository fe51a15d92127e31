import { describe, expect, it } from "vitest";
import { ownStrategy } from "../../../test/strategies.ts";
import type { StrategyLine } from "../../api/contract.ts";
import {
  changed,
  draftOf,
  isSameStrategy,
  marginPullIn,
  varietyIn,
  withCalibration,
  withLeastMargin,
  withMarginPull,
  withoutLostStandIns,
  withVariety,
  withWeight,
} from "./strategy-draft.ts";

describe("a draft of a strategy", () => {
  const draft = draftOf(ownStrategy);

  it("holds all that the strategy says, whether or not a field shows it", () => {
    const { id: _id, version: _version, origin: _origin, updatedAt: _updatedAt, ...definition } = ownStrategy;
    expect(draft).toEqual(definition);
    const ofLater: StrategyLine & { readonly later: object } = { ...ownStrategy, later: { than: "this console" } };
    expect(draftOf(ofLater)).toEqual({ ...definition, later: { than: "this console" } });
  });

  it("loses nothing else when a part is changed or taken out", () => {
    const { perBrand: _perBrand, shadow: _shadow, ...rest } = draft;
    expect(changed(draft, { limit: 9, perBrand: undefined, shadow: undefined })).toEqual({ ...rest, limit: 9 });
    expect(withWeight(draft, "novelty", 0.9)).toEqual({ ...draft, weights: { ...draft.weights, novelty: 0.9 } });
    expect(withCalibration(draft, 0)).toEqual({ ...draft, diversity: { lambda: 0.7 } });
    expect(withLeastMargin(draft, undefined)).toEqual({ ...draft, minimumMargin: { amount: 50 } });
  });

  it("changes the margin's pull where it counts", () => {
    expect(withMarginPull(draft, 0.8)).toMatchObject({ weights: { margin: 0.8 }, marginWeight: draft.marginWeight });
    const { weights: _weights, ...plain } = draft;
    const pulled = withMarginPull(plain, 0.8);
    expect(pulled).toEqual({ ...plain, marginWeight: 0.8 });
    expect(marginPullIn(pulled)).toBe(0.8);
  });

  it("says nothing of what plays no part", () => {
    const { weights: _weights, diversity: _diversity, minimumMargin: _minimumMargin, ...plain } = draft;
    expect(withWeight(withWeight(plain, "relevance", 0.5), "relevance", 1)).toEqual(plain);
    expect(withVariety(withVariety(plain, 0.3), 0)).toEqual(plain);
    expect(withLeastMargin(withLeastMargin(plain, 0.1), undefined)).toEqual(plain);
  });

  it("reads variety as the complement of the engine's number, without its rounding", () => {
    expect(varietyIn(draft)).toBe(0.3);
    for (const variety of [0.1, 0.3, 0.45, 1]) expect(varietyIn(withVariety(draft, variety))).toBe(variety);
  });

  it("is the same in whatever order it is said, and another with any part that differs", () => {
    expect(isSameStrategy(draft, Object.fromEntries(Object.entries(draft).toReversed()) as typeof draft)).toBe(true);
    expect(isSameStrategy(draft, withWeight(draft, "novelty", 0.3))).toBe(false);
    expect(isSameStrategy(draft, changed(draft, { shadow: "personal" }))).toBe(false);
  });

  it("lets a source speak for itself when the one it stood in for is gone", () => {
    const [first, trending, standIn] = draft.sources;
    expect(withoutLostStandIns([first, trending, standIn])).toEqual([first, trending, standIn]);
    const { insteadOf: _insteadOf, ...free } = standIn;
    expect(withoutLostStandIns([first, standIn])).toEqual([first, free]);
    expect(withoutLostStandIns([first, standIn, trending])).toEqual([first, free, trending]);
  });
});

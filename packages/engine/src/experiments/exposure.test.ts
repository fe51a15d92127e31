import { describe, expect, it } from "vitest";
import { checkExposure, countExposures } from "./exposure.ts";

describe("visitors who met several arms", () => {
  it("count in none of them", () => {
    const { visitors, inSeveralArms, armOf } = countExposures([
      { visitor: "ann", arm: "old" },
      { visitor: "bob", arm: "new" },
      { visitor: "ann", arm: "old" },
      { visitor: "cem", arm: "old" },
      { visitor: "cem", arm: "new" },
      { visitor: "cem", arm: "old" },
    ]);
    expect(Object.fromEntries(visitors)).toEqual({ old: 1, new: 1 });
    expect(inSeveralArms).toBe(1);
    expect(armOf.get("cem")).toBeUndefined();
  });

  it("raise an alarm when they are many, not when they are few or could be chance", () => {
    expect(checkExposure(98_000, 2000).alarm).toBe(true);
    expect(checkExposure(99_500, 500).alarm).toBe(false);
    expect(checkExposure(49, 1).alarm).toBe(false);
    expect(checkExposure(0, 0)).toEqual({ share: 0, alarm: false });
  });

  it("must have names", () => {
    expect(() => countExposures([{ visitor: "", arm: "old" }])).toThrow("exposures[0].visitor");
  });
});

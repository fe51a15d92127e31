import { describe, expect, it } from "vitest";
import { merchantWords } from "./merchant-words.ts";

describe("the merchant's words", () => {
  it("say what speaks where a ranker weighed many signals, and leave out what speaks against", () => {
    const item = {
      reason: "Often bought after Tea",
      source: "personal-ranker",
      evidence: {
        signals: [
          { source: "personal-ranker", share: 0.9 },
          { source: "popularity", share: 0.1 },
        ],
        voices: [
          { voice: "bought-next", share: 0.75, signals: { follows: 1.5 } },
          { voice: "demand", share: 0.25, signals: { popularity: 0.5 } },
          { voice: "alike", share: 0, signals: { alike: -0.1 } },
        ],
      },
    } as const;
    expect(merchantWords(item, { because: "Tea", propensity: 1 })).toEqual([
      "Here because of what this customer buys, with Tea",
      "Score: 90 % what this customer buys, 10 % bestsellers",
      "Of what this customer buys: 75 % bought next, 25 % demand in the whole shop",
    ]);
  });
});

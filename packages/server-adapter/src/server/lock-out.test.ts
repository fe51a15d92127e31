import { describe, expect, it } from "vitest";
import { createLockOut } from "./lock-out.ts";
import { ProblemError } from "./problem.ts";

function createGuesser() {
  let now = 0;
  const lockOut = createLockOut(() => now);
  return {
    lockOut,
    wait: (minutes: number) => void (now += minutes * 60_000),
    /** Attempts that were let through. */
    guess(count: number, account = "owner@shop.example", address = "1.2.3.4") {
      let passed = 0;
      for (let attempt = 0; attempt < count; attempt++) {
        try {
          lockOut.attempt(account, address);
          passed++;
        } catch (error) {
          expect(error).toMatchObject({ code: "locked-out", status: 429 });
        }
      }
      return passed;
    },
  };
}

describe("guessing passwords", () => {
  it("ends after five attempts, for a quarter of an hour", () => {
    const { guess, wait } = createGuesser();
    expect(guess(10)).toBe(5);
    expect(guess(1, " OWNER@shop.example ")).toBe(0);
    wait(14);
    expect(guess(1)).toBe(0);
    wait(2);
    expect(guess(10)).toBe(5);
  });

  it("says when to come back", () => {
    const { lockOut, guess, wait } = createGuesser();
    guess(5);
    wait(5);
    const refused = () => lockOut.attempt("owner@shop.example", "1.2.3.4");
    expect(refused).toThrow(ProblemError);
    expect(refused).toThrow(expect.objectContaining({ headers: { "retry-after": "600" } }));
  });

  it("of one account ends from all addresses together, of all accounts from one address", () => {
    const { guess } = createGuesser();
    let passed = 0;
    for (let host = 0; host < 20; host++) passed += guess(5, "owner@shop.example", `10.0.0.${host}`);
    expect(passed).toBe(30);
    passed = 0;
    for (let person = 0; person < 20; person++) passed += guess(5, `person-${person}@shop.example`, "9.9.9.9");
    expect(passed).toBe(30);
  });

  it("is forgiven to who knows the password in the end", () => {
    const { lockOut, guess } = createGuesser();
    expect(guess(4)).toBe(4);
    lockOut.succeed("owner@shop.example", "1.2.3.4");
    expect(guess(10)).toBe(5);
  });
});

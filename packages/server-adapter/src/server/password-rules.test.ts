import { describe, expect, it } from "vitest";
import { oneTimePassword } from "./one-time-password.ts";
import { requireGoodPassword } from "./password-rules.ts";

const change = (next: string, { current = "the one before", email = "ada.okafor@mugs.example" } = {}) =>
  requireGoodPassword({ current, next, email });

describe("a new password", () => {
  it.each([
    "correct horse battery staple",
    "blue kettle, 4 cups",
    "kettle2-Ravine-oboe",
    "паролі для крамниці",
    "茶壺和杯子在桌子上的早晨陽光裏",
    "xq4v9m2kd83hs7w",
    oneTimePassword(),
  ])("may be %s", (next) => {
    expect(() => change(next)).not.toThrow();
  });

  it.each([
    "password1234567",
    "Password1234567!",
    "P@ssw0rdP@ssw0rd",
    "123456789012345",
    "aaaaaaaaaaaaaaaaaa",
    "qwertyuiopasdfgh",
    "mugsmugsmugsmug",
    "kettle!kettle!kettle!",
    "basketlift-admin",
    "adaokaforadaokafor",
    "ada.okafor@mugs.example",
    "letmeinletmein99",
  ])("may not be %s: anybody would try it", (next) => {
    expect(() => change(next)).toThrow(
      expect.objectContaining({ code: "invalid-request", errors: [expect.objectContaining({ pointer: "/next" })] }),
    );
  });

  it("has fifteen characters, as a reader counts them, and no more than can be kept", () => {
    expect(() => change("kettle and tea")).toThrow("at least 15 characters");
    expect(() => change("🫖🍵🍶🧋🥤🍺🍻🥂")).toThrow("at least 15 characters");
    expect(() => change(`kettle and tea ${"at four ".repeat(20)}`)).toThrow("at most 128 characters");
  });

  it("is another one", () => {
    expect(() => change("blue kettle, 4 cups", { current: "blue kettle, 4 cups" })).toThrow("is the current one");
  });
});

import { describe, expect, it } from "vitest";
import { createProblemLog } from "./problem-log.ts";

describe("the log of problems", () => {
  it("tells a problem once a minute, however often it comes", () => {
    const told: string[] = [];
    let time = 0;
    const report = createProblemLog(
      (problem) => told.push(problem),
      () => time,
    );
    for (time = 0; time < 120_000; time += 500) report(new Error("The database does not answer."));
    report(new Error("The disk is full."));
    expect(told).toEqual(["The database does not answer.", "The database does not answer.", "The disk is full."]);
  });

  it("finds the words, whatever was thrown", () => {
    const told: string[] = [];
    const report = createProblemLog(
      (problem) => told.push(problem),
      () => 0,
    );
    report("plain text");
    report({ message: "of a library", queue: "train" });
    report(new AggregateError([new Error("connect ECONNREFUSED ::1:5432"), new Error("another")]));
    report({ code: 7 });
    expect(told).toEqual(["plain text", "of a library", "connect ECONNREFUSED ::1:5432", '{"code":7}']);
  });
});

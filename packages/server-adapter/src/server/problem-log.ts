/** What goes wrong in the background, in words, for whoever reads the server's output; not the same thing twice a second. */

/** Milliseconds before the same problem is told again. */
const repeatInterval = 60_000;
/** Different problems remembered; a flood of ever new ones forgets the oldest. */
const mostRemembered = 100;

/**
 * @param tell gets one problem as text
 * @param now milliseconds since 1970, UTC
 * @example
 * const report = createProblemLog(console.error, Date.now);
 * report(new Error("The disk is full.")); // told
 * report(new Error("The disk is full.")); // not again within a minute
 */
export function createProblemLog(tell: (problem: string) => void, now: () => number): (problem: unknown) => void {
  const toldAt = new Map<string, number>();
  return (problem) => {
    const text = describe(problem);
    const time = now();
    if (time - (toldAt.get(text) ?? -Infinity) < repeatInterval) return;
    toldAt.delete(text);
    toldAt.set(text, time);
    for (const old of [...toldAt.keys()].slice(0, -mostRemembered)) toldAt.delete(old);
    tell(text);
  };
}

/** Errors by their message; libraries also throw plain objects that have one. A refused connection hides it one level down. */
function describe(problem: unknown): string {
  if (problem instanceof AggregateError && problem.errors.length > 0) return describe(problem.errors[0]);
  if (typeof problem !== "object" || problem === null) return String(problem);
  if ("message" in problem && typeof problem.message === "string" && problem.message !== "") return problem.message;
  return problem instanceof Error ? problem.name : (JSON.stringify(problem) ?? "An unknown problem.");
}

/** Checks the parts of a request against their schemas, and answers in development against theirs. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { AnyRoute, RouteInput, Schema } from "../contract/route.ts";
import { type FieldError, ProblemError } from "./problem.ts";

/** Errors told at once. */
const mostErrors = 50;

/** The parts of a request as they came. */
export interface RawInput {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * @throws ProblemError `invalid-request` with a pointer for each fault: into the body as RFC 9457 has it, or below
 * `/query` and `/params`
 */
export function checkInput(route: AnyRoute, raw: RawInput): RouteInput<AnyRoute> {
  const errors: FieldError[] = [];
  const checked = {
    params: checkPart(route.params, raw.params, "/params", errors),
    query: checkPart(route.query, raw.query, "/query", errors),
    body: checkPart(route.body, raw.body, "", errors),
  };
  if (errors.length === 0) return checked;
  const [{ pointer, detail }] = errors;
  throw new ProblemError("invalid-request", `${pointer || "The body"}: ${detail}`, {
    errors: errors.slice(0, mostErrors),
  });
}

function checkPart(schema: Schema | undefined, value: unknown, prefix: string, errors: FieldError[]): unknown {
  if (schema === undefined) return undefined;
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues) {
    errors.push({ pointer: prefix + path.map(pointerStep).join(""), detail: message });
  }
  return undefined;
}

/** RFC 6901. */
function pointerStep(step: PropertyKey): string {
  return `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/**
 * Holds an answer to the contract: every field there, of the right kind, and none that the contract does not name (that
 * is how a cost would leak). Too slow for production, so it runs in development and tests.
 * @throws Error that names the route and the first fault
 */
export function checkAnswer(name: string, route: AnyRoute, given: unknown): void {
  const travelled: unknown = route.produces === undefined ? JSON.parse(JSON.stringify(given) ?? "null") : given;
  const result = z.safeParse(route.answer, travelled);
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw new Error(
      `The answer of ${name} breaks the contract at ${path.map(pointerStep).join("") || "/"}: ${message}`,
    );
  }
  if (!isDeepStrictEqual(result.data, travelled)) {
    const extra = firstExtra(travelled, result.data, "");
    throw new Error(`The answer of ${name} has a field that the contract does not name: ${extra}`);
  }
}

function firstExtra(given: unknown, known: unknown, path: string): string | undefined {
  if (typeof given !== "object" || given === null) return isDeepStrictEqual(given, known) ? undefined : path;
  const other: Readonly<Record<string, unknown>> = typeof known === "object" && known !== null ? { ...known } : {};
  for (const [key, value] of Object.entries(given)) {
    const step = path + pointerStep(key);
    if (!(key in other)) return step;
    const found = firstExtra(value, other[key], step);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `basketlift password`, run as a person runs it, and the sign-in that shows what it did. */
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { password } from "../src/cli/commands/password.ts";
import { runCommandLine } from "../src/cli/run.ts";
import type { RunningServer } from "../src/server/start.ts";

/** Runs `basketlift password` with these arguments. */
export async function run(...args: readonly string[]): Promise<{ code: number; printed: string; errors: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const said = [text(stdout), text(stderr)];
  const code = await runCommandLine(
    [password],
    ["password", ...args],
    { stdout, stderr },
    new AbortController().signal,
  );
  stdout.end();
  stderr.end();
  const [printed, errors] = await Promise.all(said);
  return { code, printed, errors };
}

/** The password it printed. */
export const passwordIn = (printed: string): string => /Password +(\S+)/.exec(printed)?.[1] ?? "";

export function signInAt({ url }: RunningServer, email: string, secret: string): Promise<Response> {
  return fetch(`${url}/api/upsell-cross-sell/auth/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password: secret }),
  });
}

/**
 * Asks the database once a second whether it is there, over a connection of its own, so that a busy pool does not look
 * like a dead database. Remembers why not, and forgets when it answers again.
 */
import type { Pool, PoolConfig } from "pg";
import { openPool } from "./pool.ts";
import { systemTimer, type Timer } from "./timer.ts";

export interface Probe {
  /** Why the database does not answer, in words; undefined while it does. */
  problem(): string | undefined;
  /** Asks now. */
  ask(): Promise<void>;
  close(): Promise<void>;
}

export interface ProbeOptions {
  /** Milliseconds between two questions. */
  interval?: number;
  /** Milliseconds an answer may take. */
  patience?: number;
  timer?: Timer;
  /** Called after every answer; part of the question, so that the next one waits for it. */
  onAnswer?: () => Promise<void>;
}

/** @example
 * const probe = startProbe({ connectionString });
 * if (probe.problem()) answer(503);
 */
export function startProbe(
  config: PoolConfig,
  { interval = 1000, patience = 2000, timer = systemTimer, onAnswer }: ProbeOptions = {},
): Probe {
  const pool: Pool = openPool({ ...config, max: 1, connectionTimeoutMillis: patience, query_timeout: patience });
  let problem: string | undefined;
  const ask = async (): Promise<void> => {
    try {
      await pool.query("select 1");
      problem = undefined;
    } catch (error) {
      problem = `The database does not answer: ${describe(error)}`;
      return;
    }
    await onAnswer?.();
  };
  const stop = timer.every(interval, ask);
  return {
    problem: () => problem,
    ask,
    async close() {
      await stop();
      await pool.end();
    },
  };
}

/** Refused connections to a name with several addresses carry their message one level down. */
function describe(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return describe(error.errors[0]);
  return error instanceof Error && error.message !== "" ? error.message : String(error);
}

/**
 * Queued work on pg-boss, over connections of its own to the same database: it polls, and needs neither LISTEN nor
 * session state. One training and one import run at a time; work that a crash interrupted is taken up again.
 */
import { PgBoss, type Job } from "pg-boss";
import type { PoolConfig } from "pg";
import { systemTimer, type Timer } from "../database/timer.ts";
import { ProblemError } from "../server/problem.ts";
import type { JobService } from "../server/services.ts";
import { TrainingError } from "./training.ts";

export type JobKind = Parameters<JobService["start"]>[0];

/** What is done with a job. Errors are tried again, `TrainingError` is not. */
export type JobWork = Readonly<
  Record<JobKind, (data: Readonly<Record<string, unknown>>, job: JobFacts) => Promise<void>>
>;

export interface JobFacts {
  readonly id: string;
  /** Aborted when the server stops or the job was given up. */
  readonly signal: AbortSignal;
}

export interface JobServiceOptions {
  /** Nobody else works on this database: what runs according to it was cut off, and is tried again at once. */
  readonly alone?: boolean;
  /** Told what went wrong. */
  readonly onProblem?: (problem: unknown) => void;
  readonly timer?: Timer;
}

/** `stately`: one waits and one runs. `singleton`: many wait and one runs. */
const policies = { train: "stately", import: "singleton" } as const satisfies Record<JobKind, string>;
const kinds: readonly JobKind[] = ["train", "import"];

/** Hours would be cut off by the usual quarter of one; a silent worker is noticed by its heartbeat instead. */
const queueOptions = {
  retryLimit: 2,
  retryDelay: 2,
  retryBackoff: true,
  expireInSeconds: 6 * 3600,
  heartbeatSeconds: 20,
};
const aliveStates = new Set(["created", "retry", "active"]);
const pollingIntervalSeconds = 0.5;
/** Milliseconds between two tries to reach a database that was down at the start. */
const startInterval = 2000;
/** Milliseconds that running work gets to end when the server stops. */
const stopPatience = 5000;

/**
 * Resolves although the database is down: work begins when it answers.
 * @example
 * const jobs = await createJobService(database.connection, { train, import: runImport });
 * await jobs.start("train", { runId });
 */
export async function createJobService(
  connection: PoolConfig,
  work: JobWork,
  { alone = false, onProblem = () => {}, timer = systemTimer }: JobServiceOptions = {},
): Promise<JobService> {
  const stopping = new AbortController();
  let boss: PgBoss | undefined;

  async function start(): Promise<void> {
    if (boss || stopping.signal.aborted) return;
    const starting = new PgBoss({ ...bossConnection(connection), max: 2, schedule: false, monitorIntervalSeconds: 20 });
    starting.on("error", onProblem);
    try {
      await starting.start();
      for (const kind of kinds) {
        await starting.createQueue(kind, { ...queueOptions, policy: policies[kind] });
        if (alone) await takeUp(starting, kind);
        await starting.work<Record<string, unknown>>(kind, { pollingIntervalSeconds }, ([job]) =>
          perform(work[kind], job, stopping.signal, onProblem),
        );
      }
      boss = starting;
    } catch (error) {
      onProblem(error);
      await starting.stop({ graceful: false }).catch(() => {});
    }
  }

  await start();
  const stopTrying = timer.every(startInterval, start);
  return {
    async start(kind, data) {
      if (!boss)
        throw new ProblemError("database-down", "Jobs cannot be queued while the database is down; try again shortly.");
      const id = await boss.send(kind, data);
      return id ?? (await waitingJob(boss, kind));
    },
    async isAlive(kind, id) {
      if (!boss) throw new ProblemError("database-down", "Jobs cannot be looked up while the database is down.");
      const [job] = await boss.findJobs(kind, { id });
      return job !== undefined && aliveStates.has(job.state);
    },
    async close() {
      stopping.abort(new Error("The server stops."));
      await stopTrying();
      await boss?.stop({ graceful: true, timeout: stopPatience });
    },
  };
}

/** Without this, what a crash cut off is noticed by its missing heartbeat only, about a minute later. */
async function takeUp(boss: PgBoss, kind: JobKind): Promise<void> {
  const jobs = await boss.findJobs(kind);
  const cutOff = jobs.filter(({ state }) => state === "active").map(({ id }) => id);
  if (cutOff.length > 0) await boss.fail(kind, cutOff, { reason: "The server ended." });
}

/** pg-boss takes what `pg` takes, by the same names. */
function bossConnection({ connectionString, host, port, user, database, password, ssl }: PoolConfig) {
  if (connectionString !== undefined) return { connectionString, ...(ssl !== undefined && { ssl }) };
  return {
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(user !== undefined && { user }),
    ...(database !== undefined && { database }),
    ...(typeof password === "string" && { password }),
    ...(ssl !== undefined && { ssl }),
  };
}

async function perform(
  work: JobWork[JobKind],
  job: Job<Record<string, unknown>>,
  stopping: AbortSignal,
  onProblem: (problem: unknown) => void,
): Promise<void> {
  try {
    await work(job.data, { id: job.id, signal: AbortSignal.any([job.signal, stopping]) });
  } catch (error) {
    onProblem(error);
    // The run says why; the same data would fail again.
    if (!(error instanceof TrainingError)) throw error;
  }
}

/** The queue takes no second one while one waits: that one will do. */
async function waitingJob(boss: PgBoss, kind: JobKind): Promise<string> {
  const [waiting] = await boss.findJobs(kind, { queued: true });
  if (!waiting) throw new ProblemError("conflict", "Such a job was started a moment ago; ask again.");
  return waiting.id;
}

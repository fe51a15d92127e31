/**
 * Queued work on pg-boss, over connections of its own to the same database: it polls, and needs neither LISTEN nor
 * session state. One training and one import run at a time; work that a crash interrupted is taken up again. What fails by
 * itself is given up after a few tries; what a dying server or a lost database cut off is not to blame for it.
 */
import { PgBoss, type JobWithMetadata } from "pg-boss";
import type { PoolConfig } from "pg";
import { systemTimer, type Timer } from "../database/timer.ts";
import { isConnectionLoss } from "../server/connection-loss.ts";
import { ProblemError } from "../server/problem.ts";
import type { JobService } from "../server/services.ts";
import { TrainingError } from "./training.ts";

export type JobKind = Parameters<JobService["start"]>[0];

/** What is done with a job. Errors are tried again a few times, `TrainingError` is not. */
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

/** Tries of work that fails by itself, whatever cut it off in between. */
const mostTries = 3;

const queueOptions = {
  // pg-boss counts every end of a try. It has to stop somewhere: work may be what kills the server, each time anew.
  retryLimit: 50,
  retryDelay: 3,
  retryBackoff: false,
  // Hours would be cut off by the usual quarter of one; a silent worker is noticed by its heartbeat instead.
  expireInSeconds: 6 * 3600,
  heartbeatSeconds: 20,
};
const workOptions = { pollingIntervalSeconds: 0.5, includeMetadata: true } as const;
const aliveStates = new Set(["created", "retry", "active"]);
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
        // A queue that an earlier version made keeps its options otherwise.
        await starting.updateQueue(kind, queueOptions);
        if (alone) await takeUp(starting, kind);
        await starting.work<Record<string, unknown>, void, typeof workOptions>(kind, workOptions, ([job]) =>
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
  if (cutOff.length === 0) return;
  await boss.fail(kind, cutOff, { reason: "The server ended.", failedTries: 0 });
  // The server took its time to come back; nothing is gained by more.
  for (const id of cutOff) await boss.update(kind, undefined, { id, startAfter: 0 });
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
  job: JobWithMetadata<Record<string, unknown>>,
  stopping: AbortSignal,
  onProblem: (problem: unknown) => void,
): Promise<void> {
  const signal = AbortSignal.any([job.signal, stopping]);
  try {
    await work(job.data, { id: job.id, signal });
  } catch (error) {
    onProblem(error);
    const before = failedTriesIn(job.output);
    if (signal.aborted || isConnectionLoss(error)) throw new InterruptedTry(before, error);
    // The run says why; the same data would fail again.
    const isHopeless = error instanceof TrainingError || before + 1 >= mostTries;
    if (!isHopeless) throw new InterruptedTry(before + 1, error);
  }
}

/** pg-boss keeps it until the next try, with its fields. */
class InterruptedTry extends Error {
  override readonly name = "InterruptedTry";
  /** So far, since the server last died. */
  readonly failedTries: number;

  constructor(failedTries: number, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.failedTries = failedTries;
  }
}

function failedTriesIn(output: unknown): number {
  if (typeof output !== "object" || output === null || !("failedTries" in output)) return 0;
  return typeof output.failedTries === "number" ? output.failedTries : 0;
}

/** The queue takes no second one while one waits: that one will do. */
async function waitingJob(boss: PgBoss, kind: JobKind): Promise<string> {
  const [waiting] = await boss.findJobs(kind, { queued: true });
  if (!waiting) throw new ProblemError("conflict", "Such a job was started a moment ago; ask again.");
  return waiting.id;
}

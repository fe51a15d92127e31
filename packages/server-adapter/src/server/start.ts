/** The composition root: makes every part of the server, gives each what it needs, listens, and takes all of it down again. */
import { serve } from "@hono/node-server";
import type { ServerType } from "@hono/node-server";
import type { Hono } from "hono";
import { contract } from "../contract/index.ts";
import { lockDataDirectory } from "../database/lock.ts";
import type { OpenedDatabase } from "../database/open.ts";
import { pollVersions, type VersionPoller } from "../database/versions.ts";
import { createEventWriter } from "../ingest/event-writer.ts";
import { importUpload } from "../ingest/import-upload.ts";
import { watchUndo } from "../ingest/undo/retention.ts";
import { hasChanged, takeBack } from "../ingest/undo/take-back.ts";
import { createSharedUploads, createUploads } from "../ingest/uploads.ts";
import { createDecisionLog } from "../serving/decision-log.ts";
import { createEngineHolder, type EngineHolder } from "../serving/engine-holder.ts";
import { createJobService } from "../serving/jobs.ts";
import { watchRuns } from "../serving/lost-runs.ts";
import { snapshotApp } from "../serving/public-snapshot.ts";
import { requestTraining } from "../serving/training-runs.ts";
import { trainOnce } from "../serving/training.ts";
import { createAuthenticate } from "./authenticate.ts";
import { openDataDirectory, type DataDirectory } from "./data-directory.ts";
import { addDocs } from "./docs.ts";
import { builtContract, createHandlers } from "./handlers.ts";
import { createKeys, type Keys } from "./keys.ts";
import { createMetrics } from "./metrics.ts";
import { createOpenApi } from "./openapi.ts";
import { openShop } from "./open-shop.ts";
import { packageVersion } from "./package-version.ts";
import { addConsole, addScript, isBuilt } from "./pages.ts";
import { createProblemLog } from "./problem-log.ts";
import { createRateLimiter } from "./rate-limiter.ts";
import { createRouter } from "./router.ts";
import { loadSecrets } from "./secrets.ts";
import type { JobService, Services, Uploads } from "./services.ts";
import type { SignIn } from "./sign-in.ts";
import { Teardown } from "./teardown.ts";
import { answerUnreadable } from "./unreadable.ts";

export interface StartServerOptions {
  /** Everything the server keeps: made at the first start, locked while it runs. */
  readonly dataDirectory: string;
  /** A PostgreSQL server in place of the embedded database. */
  readonly databaseUrl?: string | undefined;
  /** 0 lets the system choose. */
  readonly port?: number;
  /** Interface to listen on. Default: this machine only. */
  readonly hostname?: string;
  /** Where people reach the server, when a proxy stands before it. */
  readonly publicUrl?: string | undefined;
  /** Proxies in front of the server that append to `X-Forwarded-For`; nothing further left in it is believed. */
  readonly trustedProxies?: number | undefined;
  /** Holds every answer to the contract: slow, for those who develop against it. */
  readonly checkAnswers?: boolean | undefined;
  /** Folder with the built console; without one there is no `/console`. */
  readonly consoleDirectory?: string | undefined;
  /** Where the built script tag lies; `/basketlift` is absent without. */
  readonly scriptDirectory?: string | undefined;
  /** Adds pages behind everything else, for example a storefront at `/`. */
  readonly addPages?: (app: Hono, server: ServerParts) => void | Promise<void>;
  /** Milliseconds since 1970, UTC. */
  readonly now?: () => number;
  /** Told, in words, what went wrong without stopping the server. */
  readonly onProblem?: (problem: string) => void;
}

/** What those who add to the server work with. */
export interface ServerParts {
  readonly services: Services;
  readonly database: OpenedDatabase;
  readonly engine: EngineHolder;
  readonly versions: VersionPoller;
  readonly keys: Keys;
  readonly signIn: SignIn;
  readonly directory: DataDirectory;
  /** Where people reach the server, without a slash at the end. */
  readonly url: string;
  /** Where this machine reaches it. */
  readonly ownUrl: string;
}

export interface RunningServer extends ServerParts {
  /** Stops listening, lets what runs end, commits what waits, and frees the data directory. */
  close(): Promise<void>;
}

/** Milliseconds that requests in progress get to end. */
const requestPatience = 5000;

/**
 * Resolves once it listens, although the database may be down or no engine trained: `/ready` says so.
 * @throws DataDirectoryInUse when another server works on the directory
 * @example
 * const server = await startServer({ dataDirectory: "basketlift-data", port: 4300 });
 * process.once("SIGTERM", () => void server.close());
 */
export async function startServer(options: StartServerOptions): Promise<RunningServer> {
  const teardown = new Teardown();
  try {
    const lock = await lockDataDirectory(options.dataDirectory);
    teardown.add(() => lock.release());
    const parts = await makeParts(options, teardown);
    return { ...parts, close: () => teardown.run() };
  } catch (error) {
    await teardown.run();
    throw error;
  }
}

async function makeParts(options: StartServerOptions, teardown: Teardown): Promise<ServerParts> {
  const { now = Date.now, onProblem = () => {} } = options;
  const report = createProblemLog(onProblem, now);
  const directory = await openDataDirectory(options.dataDirectory);
  const secrets = await loadSecrets(directory.secrets);
  const { databaseUrl, publicUrl } = options;
  const { database, signIn } = await openShop({ databaseUrl, publicUrl, directory, secrets, now });
  teardown.add(() => database.close());

  const versions = pollVersions(database.db, { onProblem: report });
  teardown.add(() => versions.close());
  const keys = createKeys(database.db, now);
  versions.onChange("keys", keys.refresh);
  const engine = await createEngineHolder({ database, versions, directory: directory.engine, now, onProblem: report });
  teardown.add(() => engine.close());
  const uploads: Uploads =
    database.kind === "embedded"
      ? createUploads(directory.uploads)
      : createSharedUploads(database.db, directory.uploads);
  const jobs: JobService = await createJobService(
    database.connection,
    {
      train: (data, { signal }) => trainOnce({ database, now }, String(data["runId"]), { signal }),
      // Both in one queue: an import never runs while another one is taken back.
      async import(data, { signal }) {
        const importId = String(data["importId"]);
        const isChanged =
          data["undo"] === true
            ? hasChanged(await takeBack({ database, now }, importId, { signal }))
            : await importUpload({ database, now, uploads }, importId, { signal });
        if (isChanged) await requestTraining({ database, jobs, now });
      },
    },
    // Nobody else can be at work on an embedded database: what a crash cut off is taken up at once.
    { alone: database.kind === "embedded", onProblem: report },
  );
  teardown.add(() => jobs.close());
  teardown.add(await watchRuns({ database, jobs, uploads, now }, { onProblem: report }));
  teardown.add(watchUndo({ database, now }, { onProblem: report }));
  const decisions = createDecisionLog(database.pool);
  teardown.add(() => decisions.close());
  const events = createEventWriter(database.pool);
  teardown.add(() => events.close());
  await versions.poll();

  const services: Services = { database, engine, events, decisions, jobs, uploads, secrets, now };
  const listening = await listen(options, teardown);
  const parts: ServerParts = { services, database, engine, versions, keys, signIn, directory, ...listening.urls };
  listening.answerWith(await makeApp(parts, options, report));
  return parts;
}

async function makeApp(
  parts: ServerParts,
  { consoleDirectory, scriptDirectory, addPages, trustedProxies = 0, checkAnswers = false }: StartServerOptions,
  report: (problem: unknown) => void,
): Promise<Hono> {
  const { keys, signIn, services } = parts;
  const metrics = createMetrics();
  const app = createRouter({
    contract,
    handlers: createHandlers({ signIn, version: packageVersion, metrics }),
    services: metrics.watch(services),
    authenticate: createAuthenticate({
      keys,
      findPerson: signIn.findPerson,
      secrets: services.secrets,
      now: services.now,
    }),
    allowsOrigin: keys.allowsOrigin,
    rateLimiter: createRateLimiter(services.now),
    observe: metrics.observe,
    trustedProxies,
    checkAnswers,
    onFailure: (error, requestId) =>
      report(`Request ${requestId}: ${error instanceof Error ? error.stack : String(error)}`),
  });
  addDocs(app, createOpenApi(builtContract(), { version: packageVersion }));
  app.route("/", snapshotApp(services));
  if (consoleDirectory !== undefined && (await isBuilt(consoleDirectory))) addConsole(app, consoleDirectory);
  if (scriptDirectory !== undefined) addScript(app, scriptDirectory);
  await addPages?.(app, parts);
  return app;
}

/** The port is taken before the parts that print it are made; requests that come so early wait. */
async function listen(
  { port = 4300, hostname = "127.0.0.1", publicUrl }: StartServerOptions,
  teardown: Teardown,
): Promise<{ urls: Pick<ServerParts, "url" | "ownUrl">; answerWith(app: Hono): void }> {
  let answerWith: (app: Hono) => void = () => {};
  let app: Hono | undefined;
  const made = new Promise<Hono>((resolve) => {
    answerWith = (given) => resolve((app = given));
  });
  const server = await new Promise<ServerType>((resolve, reject) => {
    const starting = serve(
      {
        hostname,
        port,
        fetch: (request, bindings) =>
          app ? app.fetch(request, bindings) : made.then((late) => late.fetch(request, bindings)),
      },
      () => resolve(starting),
    );
    starting.once("error", reject);
    starting.on("clientError", answerUnreadable);
  });
  teardown.add(() => closeListener(server));
  const address = server.address();
  const chosen = typeof address === "object" && address !== null ? address.port : port;
  const ownUrl = `http://${hostname}:${chosen}`;
  return { urls: { url: publicUrl?.replace(/\/$/, "") ?? ownUrl, ownUrl }, answerWith };
}

async function closeListener(server: ServerType): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  if (!("closeIdleConnections" in server)) return void (await closed);
  server.closeIdleConnections();
  const timeout = setTimeout(() => server.closeAllConnections(), requestPatience);
  await closed;
  clearTimeout(timeout);
}

/** `basketlift start`: the server with everything it serves; the first start also fills it with a shop and trains. */
import { once } from "node:events";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  addDemoPictures,
  loadStorefront,
  seedDemoShop,
  seedOwnShop,
  trainFirst,
  type Storefront,
} from "../../first-run/index.ts";
import { DataDirectoryInUse } from "../../database/lock.ts";
import { products } from "../../database/schema.ts";
import { apiBase } from "../../contract/index.ts";
import { packageFolder } from "../../package-files.ts";
import { isBuilt } from "../../server/pages.ts";
import { startServer, type RunningServer } from "../../server/start.ts";
import { saveHoldoutShare } from "../../serving/holdout-setting.ts";
import type { Command, CommandInput, Options } from "../command.ts";
import { dataOption, databaseUrl } from "../data-option.ts";
import { exitCode, InputError, UsageError } from "../exit.ts";
import { importShopFiles, shopOptions } from "../shop-files.ts";

/** Milliseconds between two looks at a database that is down. */
const databaseInterval = 500;

export const start: Command = {
  name: "start",
  summary: "Run the server: API, console, and on the first start a demo shop to try them with.",
  usage: "start [--data DIR] [--port N] [--orders FILE [--products FILE]] [options]",
  description:
    "Everything is kept in --data, in an embedded database, or in the PostgreSQL server that DATABASE_URL names.\nThe first start fills it with the demo shop, or with your --orders, trains, and prints the owner's password once.",
  options: {
    ...dataOption,
    port: { type: "string", value: "N", default: "4300", help: "Port to listen on; 0 lets the system choose." },
    host: { type: "string", value: "ADDRESS", default: "127.0.0.1", help: "Interface to listen on." },
    "public-url": { type: "string", value: "URL", help: "Where people reach the server, if a proxy stands before it." },
    "trusted-proxies": {
      type: "string",
      value: "N",
      help: "Proxies before the server whose X-Forwarded-For is believed; also TRUSTED_PROXIES.",
    },
    "check-answers": { type: "boolean", help: "Hold every answer to the contract: slow, for development." },
    holdout: {
      type: "string",
      value: "SHARE",
      help: "Share of visitors who see nothing, to measure by, such as 0.05. Kept until it is set again.",
    },
    orders: { type: "string", value: "FILE", help: "First start: your own orders instead of the demo shop." },
    ...shopOptions,
    "no-demo": { type: "boolean", help: "First start: no demo shop; send products and orders through the API." },
    owner: { type: "string", value: "EMAIL", default: "owner@shop.example", help: "First start: who may sign in." },
    storefront: { type: "string", value: "MODULE", help: "Example storefront to serve at /." },
    console: { type: "string", value: "DIR", help: "Where the built console lies, if not beside this program." },
  },
  async run(input) {
    const { options, terminal, signal, positionals } = input;
    if (positionals.length > 0) throw new UsageError(`Name the order file with --orders ${positionals[0]}.`, "start");
    const startedAt = performance.now();
    const note = (problem: string): void => terminal.note(problem);
    const storefront = await storefrontOf(input);
    const consoleDirectory = resolve(options.text("console") ?? join(packageFolder, "dist", "console"));
    const holdoutShare = holdoutShareOf(options);
    const server = await startServer({
      dataDirectory: options.text("data") ?? "",
      databaseUrl: databaseUrl(),
      port: options.integer("port", 0) ?? 4300,
      hostname: options.text("host") ?? "127.0.0.1",
      publicUrl: publicUrlOf(options),
      trustedProxies: trustedProxiesOf(options),
      checkAnswers: options.flag("check-answers"),
      consoleDirectory,
      scriptDirectory: join(packageFolder, "dist", "script"),
      addPages(app) {
        addDemoPictures(app);
        storefront?.addTo(app);
      },
      onProblem: note,
    }).catch(inWords);
    try {
      await waitForDatabase(server, input);
      if (holdoutShare !== undefined) await saveHoldoutShare(server.database.db, holdoutShare);
      const password = await ensureOwner(server, options.text("owner") ?? "");
      await ensureShop(server, input);
      await storefront?.open(server);
      const places = { storefront: storefront !== undefined, console: await isBuilt(consoleDirectory) };
      const seconds = (performance.now() - startedAt) / 1000;
      terminal.print(welcome(server, places, seconds, password));
      if (!signal.aborted) await once(signal, "abort");
      return exitCode.done;
    } finally {
      await server.close();
    }
  },
};

/** @throws UsageError unless it is an address that browsers can go to */
function publicUrlOf(options: Options): string | undefined {
  const url = options.text("public-url");
  if (url === undefined || /^https?:$/.test(URL.parse(url)?.protocol ?? "")) return url;
  throw new UsageError(`--public-url must be an http or https address; received "${url}".`, "start");
}

/** @throws UsageError unless it is a whole number */
function trustedProxiesOf(options: Options): number {
  const given = process.env["TRUSTED_PROXIES"];
  if (options.text("trusted-proxies") !== undefined || !given) return options.integer("trusted-proxies", 0) ?? 0;
  if (/^\d+$/.test(given)) return Number(given);
  throw new UsageError(`TRUSTED_PROXIES must be a whole number of at least 0; received "${given}".`, "start");
}

/** @throws UsageError unless it is a share */
function holdoutShareOf(options: Options): number | undefined {
  const given = options.text("holdout");
  if (given === undefined) return undefined;
  const share = Number(given);
  if (given.trim() !== "" && share >= 0 && share <= 1) return share;
  throw new UsageError(`--holdout must be a share between 0 and 1, such as 0.05; received "${given}".`, "start");
}

async function storefrontOf({ options, terminal }: CommandInput): Promise<Storefront | undefined> {
  const path = options.text("storefront");
  if (path === undefined) return undefined;
  return loadStorefront(resolve(path), (id, why) => terminal.note(`Order ${id} was refused: ${why}`));
}

function inWords(error: unknown): never {
  if (error instanceof DataDirectoryInUse) throw new InputError(error.message, { cause: error });
  if (error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES")) {
    throw new InputError(`The port cannot be used: ${error.message}. Choose another with --port.`, { cause: error });
  }
  throw error;
}

/** A database that is down is waited for; the server already answers, and `/ready` says why it is not. */
async function waitForDatabase({ services, url }: RunningServer, { terminal, signal }: CommandInput): Promise<void> {
  let said: string | undefined;
  for (;;) {
    const problem = services.database.problem();
    if (problem === undefined) return;
    if (problem !== said) terminal.note(`${problem}\nWaiting for it; ${url}/ready says when it is there.`);
    said = problem;
    await pause(databaseInterval, undefined, { signal });
  }
}

/** @returns the one-time password of the owner, when it was just made */
async function ensureOwner({ signIn }: RunningServer, email: string): Promise<Owner | undefined> {
  return (await signIn.hasPeople()) ? undefined : signIn.createOwner(email);
}

interface Owner {
  readonly email: string;
  readonly password: string;
}

/** Fills the database where it is empty, and trains where no engine is. */
async function ensureShop({ services, engine }: RunningServer, input: CommandInput): Promise<void> {
  const { options, terminal, signal } = input;
  const controls = { signal, onProgress: terminal.onProgress };
  const orders = options.text("orders");
  const isEmpty = (await services.database.db.$count(products)) === 0;
  if (!isEmpty && orders !== undefined) {
    terminal.note(
      `The data directory holds a shop already; --orders was left out. Import it in the console, or with \`basketlift import\` while no server runs.`,
    );
  }
  if (isEmpty && orders !== undefined) {
    await seedOwnShop(services, await importShopFiles(orders, input, "start"), controls);
  } else if (isEmpty && !options.flag("no-demo")) {
    await seedDemoShop(services, controls);
  }
  const hasShop = !isEmpty || orders !== undefined || !options.flag("no-demo");
  if (hasShop && !engine.current()) await trainFirst(services, engine, controls);
  terminal.clearProgress();
}

function welcome(
  { url, directory }: RunningServer,
  { storefront, console }: { readonly storefront: boolean; readonly console: boolean },
  seconds: number,
  owner: Owner | undefined,
): string {
  const places = [
    ...(storefront ? [`  Storefront   ${url}/`] : []),
    ...(console ? [`  Console      ${url}/console/`] : []),
    `  API          ${url}${apiBase}`,
    `  Reference    ${url}/docs`,
  ];
  const signIn = owner && ["", `  Sign in as   ${owner.email}`, `  Password     ${owner.password}   (shown this once)`];
  return [
    `\nBasketlift is ready after ${seconds.toFixed(1)} s.\n`,
    ...places,
    ...(signIn ?? []),
    `\n  Kept in ${directory.path}. Ctrl-C stops.`,
  ].join("\n");
}

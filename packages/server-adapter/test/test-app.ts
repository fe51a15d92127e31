/** The API as it runs, over test services: real keys, sign-ins and permissions, and whatever handlers a test brings. */
import type { Hono } from "hono";
import { contract, type Contract } from "../src/contract/index.ts";
import { createAuthenticate } from "../src/server/authenticate.ts";
import { createKeys, type Keys, type NewKey } from "../src/server/keys.ts";
import { createRouter, type HandlerTable, type RouterOptions } from "../src/server/router.ts";
import { createSignIn, type SignIn } from "../src/server/sign-in.ts";
import { createTestServices, type Overrides, type TestServices } from "./services.ts";

/** Origin of the pages that the test key is for. */
export const shopOrigin = "https://shop.example";

export interface TestApp {
  readonly app: Hono;
  readonly services: TestServices;
  readonly keys: Keys;
  readonly signIn: SignIn;
  /** Errors that were nobody's mistake but ours. */
  readonly failures: unknown[];
  /** Makes a key and returns it. */
  key(key?: Partial<NewKey>): Promise<string>;
  close(): Promise<void>;
}

export interface TestAppOptions extends Partial<Omit<RouterOptions, "handlers" | "services">> {
  readonly contract?: Contract;
  readonly handlers: HandlerTable;
  readonly services?: Overrides;
}

/** @example
 * const { app, key } = await createTestApp({ handlers: { health: () => ({ status: "ok" }) } });
 */
export async function createTestApp({ services: overrides = {}, ...options }: TestAppOptions): Promise<TestApp> {
  const services = await createTestServices(overrides);
  const keys = createKeys(services.database.db, services.now);
  const signIn = createSignIn(services);
  await Promise.all([keys.refresh(), signIn.prepare()]);
  const failures: unknown[] = [];
  const app = createRouter({
    contract,
    services,
    authenticate: createAuthenticate({
      keys,
      findPerson: signIn.findPerson,
      secrets: services.secrets,
      now: services.now,
    }),
    allowsOrigin: keys.allowsOrigin,
    onFailure: (error) => failures.push(error),
    checkAnswers: true,
    ...options,
  });

  return {
    app,
    services,
    keys,
    signIn,
    failures,
    async key(key = {}) {
      const made = await keys.create({ kind: "publishable", name: "Test", origins: [shopOrigin], ...key });
      return made.key;
    },
    close: services.close,
  };
}

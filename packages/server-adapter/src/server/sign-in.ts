/**
 * Signing in to the console, by better-auth: passwords (scrypt), sign-ins in the database, and their cookie. Its tables
 * stand beside ours and are made by its own migrations. Its HTTP routes are not mounted: the contract has its own.
 */
import { hkdfSync } from "node:crypto";
import { betterAuth } from "better-auth";
import { APIError } from "better-auth/api";
import { getMigrations } from "better-auth/db/migration";
import { LRUCache } from "lru-cache";
import { longestPassword, shortestPassword } from "../contract/password-length.ts";
import { databaseDown } from "./answer.ts";
import { createLockOut } from "./lock-out.ts";
import { createOwner, type OneTimeSignIn, replacePassword, type StoredPerson } from "./people.ts";
import { requireGoodPassword } from "./password-rules.ts";
import type { Role } from "./permissions.ts";
import { ProblemError } from "./problem.ts";
import type { DatabaseService, Secrets } from "./services.ts";

/** Seconds a sign-in lasts. */
const signInLifetime = 7 * 24 * 3600;
/** Milliseconds a person who was seen goes on being known while the database is down, so that the console can say so. */
const rememberedWithoutDatabase = 10 * 60 * 1000;
const mostRemembered = 1000;

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly mustChangePassword: boolean;
}

export interface SignInOptions {
  readonly database: Pick<DatabaseService, "pool">;
  readonly secrets: Pick<Secrets, "receiptKey">;
  readonly now: () => number;
  /** Where people reach the server; cookies are `Secure` when it is https. */
  readonly publicUrl?: string | undefined;
}

export interface SignIn {
  /** Makes its tables where they are missing. Before anything else, and again after a failure. */
  prepare(): Promise<void>;
  /** Whether anybody can sign in yet. */
  hasPeople(): Promise<boolean>;
  /**
   * The first person, with a password that is shown once and has to be changed.
   * @throws ProblemError `conflict` when the address is taken
   */
  createOwner(email: string): Promise<OneTimeSignIn>;
  /**
   * A new one-time password for an owner who lost theirs. Ends all of their sign-ins.
   * @param email of any person; without it, of the only owner
   * @throws ProblemError `not-found` when there is no such person, `conflict` when there are several owners
   */
  replacePassword(email?: string): Promise<OneTimeSignIn>;
  /** @throws ProblemError `invalid-credentials`, or `locked-out` after too many of those */
  signIn(email: string, password: string, address: string): Promise<SignedIn>;
  /** @returns the cookie that takes the other one back */
  signOut(headers: Headers): Promise<string>;
  /**
   * Who these headers' cookie belongs to. While the database is down, whoever was seen shortly before.
   * @throws ProblemError `database-down` for others then
   */
  findPerson(headers: Headers): Promise<Person | undefined>;
  /**
   * Ends all sign-ins of the person but this one, which goes on under a new cookie. Wrong passwords count like those of signing in.
   * @throws ProblemError `invalid-credentials` when `current` is wrong, `locked-out` after too many of those,
   * `invalid-request` when `next` is short or guessable
   */
  changePassword(change: PasswordChangeRequest): Promise<SignedIn>;
}

export interface SignedIn {
  readonly person: Person;
  readonly cookie: string;
}

export interface PasswordChangeRequest {
  readonly headers: Headers;
  readonly current: string;
  readonly next: string;
  /** Where the request came from. */
  readonly address: string;
}

/**
 * @example
 * const signIn = createSignIn(services);
 * await signIn.prepare();
 * const { password } = await signIn.createOwner("owner@shop.example");
 */
export function createSignIn({ database, secrets, now, publicUrl = "http://127.0.0.1" }: SignInOptions): SignIn {
  const options = authOptions(database, secrets, publicUrl);
  const auth = betterAuth(options);
  const lockOut = createLockOut(now);
  const seen = new LRUCache<string, { readonly person: Person; readonly at: number }>({ max: mostRemembered });

  return {
    async prepare() {
      const { runMigrations } = await getMigrations(options);
      await runMigrations();
    },
    async hasPeople() {
      const { internalAdapter } = await auth.$context;
      return (await internalAdapter.countTotalUsers()) > 0;
    },
    createOwner: async (email) => createOwner(await auth.$context, email),
    replacePassword: async (email) => replacePassword(await auth.$context, email),
    async signIn(email, password, address) {
      lockOut.attempt(email, address);
      const { response, headers } = await orWrongCredentials(
        auth.api.signInEmail({ body: { email, password }, headers: new Headers(), returnHeaders: true }),
      );
      lockOut.succeed(email, address);
      return { person: personOf(response.user), cookie: cookieFrom(headers) };
    },
    async signOut(headers) {
      seen.delete(headers.get("cookie") ?? "");
      const answer = await auth.api.signOut({ headers, returnHeaders: true });
      return cookieFrom(answer.headers);
    },
    async findPerson(headers) {
      const cookie = headers.get("cookie") ?? "";
      try {
        const found = await auth.api.getSession({ headers });
        const person = found === null ? undefined : personOf(found.user);
        seen.set(cookie, person && { person, at: now() });
        return person;
      } catch {
        // better-auth hides the reason, and nothing else can fail in looking up a cookie.
        const before = seen.get(cookie);
        if (before !== undefined && now() - before.at < rememberedWithoutDatabase) return before.person;
        throw databaseDown();
      }
    },
    async changePassword({ headers, current, next, address }) {
      const before = await auth.api.getSession({ headers });
      if (before === null) throw new ProblemError("unauthenticated", "The sign-in has ended.");
      const { id, email } = before.user;
      requireGoodPassword({ current, next, email });
      lockOut.attempt(email, address);
      const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
      const changed = await orWrongCredentials(
        auth.api.changePassword({ headers, body, returnHeaders: true }),
        "The current password is wrong.",
      );
      lockOut.succeed(email, address);
      const { internalAdapter } = await auth.$context;
      await internalAdapter.updateUser(id, { mustChangePassword: false });
      for (const [cookie, { person }] of seen.entries()) if (person.id === id) seen.delete(cookie);
      return { person: { ...personOf(before.user), mustChangePassword: false }, cookie: cookieFrom(changed.headers) };
    },
  };
}

function authOptions(
  { pool }: Pick<DatabaseService, "pool">,
  { receiptKey }: Pick<Secrets, "receiptKey">,
  url: string,
) {
  const secret = Buffer.from(hkdfSync("sha256", receiptKey, "", "basketlift sign-in", 32)).toString("hex");
  return {
    appName: "Basketlift",
    baseURL: url,
    secret,
    database: pool,
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Counted by our own lock-out, and by the router.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
    },
    user: {
      modelName: "people",
      additionalFields: {
        role: { type: "string", input: false, defaultValue: "viewer" },
        mustChangePassword: { type: "boolean", input: false, defaultValue: false },
      },
    },
    session: { modelName: "sign_ins", expiresIn: signInLifetime, disableSessionRefresh: true },
    account: { modelName: "credentials" },
    verification: { modelName: "verifications" },
    advanced: { cookiePrefix: "basketlift", useSecureCookies: url.startsWith("https:") },
  } as const;
}

/** Which of the two was wrong, or whether the address is known, is not said. */
async function orWrongCredentials<Value>(
  attempt: Promise<Value>,
  detail = "The e-mail or the password is wrong.",
): Promise<Value> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) {
      throw new ProblemError("invalid-credentials", detail);
    }
    throw error;
  }
}

/** The cookie of the sign-in; better-auth takes back others that it never set. */
function cookieFrom(headers: Headers): string {
  const cookie = headers.getSetCookie().find((each) => each.includes("session_token="));
  if (cookie === undefined) throw new Error("better-auth set no cookie");
  return cookie;
}

/** An unknown role may do least. */
function personOf({ id, email, name, role, mustChangePassword }: StoredPerson): Person {
  const known = role === "owner" || role === "admin" || role === "editor" ? role : "viewer";
  return { id, email, name, role: known, mustChangePassword: mustChangePassword === true };
}

/**
 * Signing in to the console, by better-auth: passwords (scrypt), sign-ins in the database, and their cookie. Its tables
 * stand beside ours and are made by its own migrations. Its HTTP routes are not mounted: the contract has its own.
 */
import { hkdfSync, randomInt } from "node:crypto";
import { betterAuth } from "better-auth";
import { APIError } from "better-auth/api";
import { getMigrations } from "better-auth/db/migration";
import { LRUCache } from "lru-cache";
import { databaseDown } from "./answer.ts";
import type { Handlers } from "./handler.ts";
import { createLockOut } from "./lock-out.ts";
import type { Role } from "./permissions.ts";
import { ProblemError } from "./problem.ts";
import type { DatabaseService, Secrets } from "./services.ts";

/** Seconds a sign-in lasts. */
const signInLifetime = 7 * 24 * 3600;
/** Milliseconds a person who was seen goes on being known while the database is down, so that the console can say so. */
const rememberedWithoutDatabase = 10 * 60 * 1000;
const mostRemembered = 1000;
const shortestPassword = 10;
/** Letters and digits that nobody mixes up. */
const passwordLetters = "abcdefghijkmnpqrstuvwxyz23456789";
/** 32^20 passwords: 100 bits. */
const passwordGroups = 4;
const passwordGroupLength = 5;

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
  readonly publicUrl?: string;
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
  createOwner(email: string): Promise<{ readonly email: string; readonly password: string }>;
  /** @throws ProblemError `invalid-credentials`, or `locked-out` after too many of those */
  signIn(
    email: string,
    password: string,
    address: string,
  ): Promise<{ readonly person: Person; readonly cookie: string }>;
  /** @returns the cookie that takes the other one back */
  signOut(headers: Headers): Promise<string>;
  /**
   * Who these headers' cookie belongs to. While the database is down, whoever was seen shortly before.
   * @throws ProblemError `database-down` for others then
   */
  findPerson(headers: Headers): Promise<Person | undefined>;
  /**
   * Ends all other sign-ins of the person.
   * @throws ProblemError `invalid-credentials` when `current` is wrong, `invalid-request` when `next` is too short
   */
  changePassword(headers: Headers, current: string, next: string): Promise<void>;
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
    async createOwner(email) {
      const { internalAdapter, password: passwords } = await auth.$context;
      if (await internalAdapter.findUserByEmail(email)) {
        throw new ProblemError("conflict", `There is an account for ${email} already.`);
      }
      const password = oneTimePassword();
      const owner = {
        email: email.toLowerCase(),
        name: "Owner",
        role: "owner",
        mustChangePassword: true,
        emailVerified: false,
      };
      const { id } = await internalAdapter.createUser(owner, { method: "email-password" });
      await internalAdapter.linkAccount({
        userId: id,
        accountId: id,
        providerId: "credential",
        password: await passwords.hash(password),
      });
      return { email, password };
    },
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
    async changePassword(headers, current, next) {
      if (next.length < shortestPassword) {
        throw new ProblemError("invalid-request", `A password has at least ${shortestPassword} characters.`);
      }
      const body = { currentPassword: current, newPassword: next, revokeOtherSessions: true };
      const { user } = await orWrongCredentials(auth.api.changePassword({ headers, body }));
      const { internalAdapter } = await auth.$context;
      await internalAdapter.updateUser(user.id, { mustChangePassword: false });
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
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: shortestPassword },
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

/** The handlers of signing in, over one `SignIn`. */
export function createSignInHandlers(signIn: SignIn): Pick<Handlers, "signIn" | "signOut" | "whoAmI"> {
  return {
    async signIn({ body: { email, password } }, _, { address, setHeader }) {
      const { person, cookie } = await signIn.signIn(email, password, address);
      setHeader("set-cookie", cookie);
      return person;
    },
    async signOut(_, __, { headers, setHeader }) {
      setHeader("set-cookie", await signIn.signOut(headers));
      return { signedOut: true };
    },
    async whoAmI(_, __, { headers }) {
      const person = await signIn.findPerson(headers);
      if (person === undefined) throw new ProblemError("unauthenticated", "The sign-in has ended.");
      return person;
    },
  };
}

/** Which of the two was wrong, or whether the address is known, is not said. */
async function orWrongCredentials<Value>(attempt: Promise<Value>): Promise<Value> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) {
      throw new ProblemError("invalid-credentials", "The e-mail or the password is wrong.");
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

interface StoredPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role?: unknown;
  readonly mustChangePassword?: unknown;
}

/** An unknown role may do least. */
function personOf({ id, email, name, role, mustChangePassword }: StoredPerson): Person {
  const known = role === "owner" || role === "admin" || role === "editor" ? role : "viewer";
  return { id, email, name, role: known, mustChangePassword: mustChangePassword === true };
}

function oneTimePassword(): string {
  const letter = () => passwordLetters[randomInt(passwordLetters.length)];
  const group = () => Array.from({ length: passwordGroupLength }, letter).join("");
  return Array.from({ length: passwordGroups }, group).join("-");
}

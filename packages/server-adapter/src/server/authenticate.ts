/** Finds out who calls: by key, with a shopper token beside a publishable one, or by the cookie of a sign-in. */
import type { EnvelopedCredentials } from "./body.ts";
import type { Keys } from "./keys.ts";
import { requireAllowedOrigin, requireOwnPage } from "./origins.ts";
import { ProblemError } from "./problem.ts";
import type { Caller, Services } from "./services.ts";
import { verifyShopperToken } from "./shopper-token.ts";

/** What a request shows of its caller. */
export interface Credentials {
  readonly method: string;
  readonly headers: Headers;
  /** From a `text/plain` body or, the key only, from the query of a GET. */
  readonly enveloped: EnvelopedCredentials;
}

export type Authenticate = (credentials: Credentials) => Caller | Promise<Caller>;

/** Who is signed in with these headers' cookie. */
export type FindPerson = (headers: Headers) => Promise<Omit<Extract<Caller, { kind: "person" }>, "kind"> | undefined>;

export interface AuthenticateOptions {
  readonly keys: Pick<Keys, "find">;
  readonly findPerson: FindPerson;
  readonly secrets: Pick<Services["secrets"], "shopperKey">;
  readonly now: () => number;
}

/** @throws ProblemError from the returned function: `invalid-key`, `origin-not-allowed`, `invalid-shopper-token`, `forbidden` */
export function createAuthenticate({ keys, findPerson, secrets, now }: AuthenticateOptions): Authenticate {
  function byKey(presented: string, { headers, enveloped }: Credentials): Caller {
    const key = keys.find(presented);
    if (key === undefined) throw new ProblemError("invalid-key", "The key is not known, or was revoked.");
    if (key.kind === "secret") return secretCaller(key, enveloped.key !== undefined);
    requireAllowedOrigin(key, headers);
    const token = headers.get("x-shopper-token") ?? enveloped.shopperToken;
    if (token === undefined) return { kind: "storefront", keyId: key.id };
    return { kind: "storefront", keyId: key.id, customerId: verifyShopperToken(token, secrets.shopperKey, now()) };
  }

  return async (credentials) => {
    const presented = bearerOf(credentials.headers) ?? credentials.enveloped.key;
    if (presented !== undefined) return byKey(presented, credentials);
    if (!credentials.headers.has("cookie")) return { kind: "anonymous" };
    const person = await findPerson(credentials.headers);
    if (person === undefined) return { kind: "anonymous" };
    requireOwnPage(credentials.method, credentials.headers);
    const { id, email, role, mustChangePassword } = person;
    return { kind: "person", id, email, role, mustChangePassword };
  };
}

/** Secrets belong into headers: addresses end in logs, and bodies without preflight are for pages. */
function secretCaller(key: NonNullable<ReturnType<Keys["find"]>>, enveloped: boolean): Caller {
  if (enveloped) throw new ProblemError("invalid-key", "A secret key travels as `Authorization: Bearer sk_...` only.");
  return { kind: "secret", keyId: key.id, scopes: key.scopes };
}

/** Other schemes are a proxy's business. */
function bearerOf(headers: Headers): string | undefined {
  const header = headers.get("authorization");
  return header !== null && /^bearer /i.test(header) ? header.slice(7).trim() : undefined;
}

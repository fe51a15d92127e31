/** The people of the console as they are stored: the first owner, and new one-time passwords for those who lost theirs. */
import type { AuthContext } from "better-auth";
import { oneTimePassword } from "./one-time-password.ts";
import { ProblemError } from "./problem.ts";

/** A row of the table `people`, as the sign-in library reads it. */
export interface StoredPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role?: unknown;
  readonly mustChangePassword?: unknown;
}

/** What a person signs in with for the first time, or after losing their password. */
export interface OneTimeSignIn {
  readonly email: string;
  readonly password: string;
}

interface Accounts extends Pick<AuthContext, "internalAdapter"> {
  readonly password: Pick<AuthContext["password"], "hash">;
}

/** @throws ProblemError `conflict` when the address is taken */
export async function createOwner(
  { internalAdapter, password: passwords }: Accounts,
  email: string,
): Promise<OneTimeSignIn> {
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
}

/**
 * Takes the old password and every sign-in away first: cut off half-way, nobody gets in with what was lost.
 * @param email of any person; without it, of the only owner
 * @throws ProblemError `not-found` when there is no such person, `conflict` when there are several owners
 */
export async function replacePassword(
  { internalAdapter, password: passwords }: Accounts,
  email: string | undefined,
): Promise<OneTimeSignIn> {
  const person = email === undefined ? await onlyOwner(internalAdapter) : await personNamed(internalAdapter, email);
  const password = oneTimePassword();
  await internalAdapter.updatePassword(person.id, await passwords.hash(password));
  await internalAdapter.updateUser(person.id, { mustChangePassword: true });
  await internalAdapter.deleteUserSessions(person.id);
  return { email: person.email, password };
}

type People = Accounts["internalAdapter"];

async function onlyOwner(people: People): Promise<StoredPerson> {
  const owners = await people.listUsers(undefined, undefined, undefined, [{ field: "role", value: "owner" }]);
  const [owner, ...others] = owners;
  if (owner === undefined) throw new ProblemError("not-found", "There is no owner yet: the first start makes one.");
  if (others.length === 0) return owner;
  const addresses = owners.map((each) => each.email).join(", ");
  throw new ProblemError("conflict", `There are several owners: ${addresses}. Name one.`);
}

async function personNamed(people: People, email: string): Promise<StoredPerson> {
  const found = await people.findUserByEmail(email);
  if (found === null) throw new ProblemError("not-found", `Nobody signs in as ${email}.`);
  return found.user;
}

/** Signing in over the API: the contract's routes over one `SignIn`. */
import type { Handlers } from "./handler.ts";
import { ProblemError } from "./problem.ts";
import type { SignIn } from "./sign-in.ts";

export type SignInHandlers = Pick<Handlers, "signIn" | "signOut" | "whoAmI" | "changePassword">;

export function createSignInHandlers(signIn: SignIn): SignInHandlers {
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
    async changePassword({ body: { current, next } }, _, { headers, address, setHeader }) {
      const { person, cookie } = await signIn.changePassword({ headers, current, next, address });
      setHeader("set-cookie", cookie);
      return person;
    },
  };
}

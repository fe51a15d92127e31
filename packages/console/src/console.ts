/** What every part of the console shares: the API, who is signed in, and the notices. */
import { signal, type ReadonlySignal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { createApi, type Api, type ApiOptions } from "./api/client.ts";
import type { Person } from "./api/contract.ts";
import { createTitles, type Titles } from "./api/titles.ts";
import { createNotices, type Notices } from "./shell/notices.ts";

export interface Console {
  readonly api: Api;
  /** Undefined until it is known; null when nobody is signed in. */
  readonly person: ReadonlySignal<Person | null | undefined>;
  readonly notices: Notices;
  readonly titles: Titles;
  /** Asks the server who is signed in. */
  findPerson(): Promise<void>;
  /** @throws Problem when the server refuses */
  signIn(email: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  /** What was typed at a sign-in that asks for a new password, so that it need not be typed again. */
  oneTimePassword(): string | undefined;
  /** @throws Problem when `current` is wrong or `next` is refused */
  changePassword(current: string, next: string): Promise<void>;
}

/** @param options how calls travel; tests give their own */
export function createConsole(options: Omit<ApiOptions, "onSignedOut"> = {}): Console {
  const person = signal<Person | null | undefined>(undefined);
  const notices = createNotices();
  let oneTimePassword: string | undefined;
  const leave = (): void => {
    person.value = null;
    oneTimePassword = undefined;
  };
  const api = createApi({ ...options, onSignedOut: leave });
  return {
    api,
    person,
    notices,
    titles: createTitles(api),
    async findPerson() {
      person.value = await api.whoAmI({});
    },
    async signIn(email, password) {
      const signedIn = await api.signIn({ body: { email, password } });
      oneTimePassword = signedIn.mustChangePassword ? password : undefined;
      person.value = signedIn;
    },
    async signOut() {
      await api.signOut({});
      leave();
    },
    oneTimePassword: () => oneTimePassword,
    async changePassword(current, next) {
      const changed = await api.changePassword({ body: { current, next } });
      oneTimePassword = undefined;
      person.value = changed;
    },
  };
}

export const ConsoleContext = createContext<Console | undefined>(undefined);

/** @throws Error outside of the console */
export function useConsole(): Console {
  const found = useContext(ConsoleContext);
  if (!found) throw new Error("This part stands outside of the console.");
  return found;
}

/** Signs out; a failure is told, since the person believes to have left. */
export function useLeave(): () => void {
  const { signOut, notices } = useConsole();
  return () => {
    signOut().catch(() => notices.show("failed", "Signing out failed. Please try again."));
  };
}

/** Whether this person may change things; viewers may look only. */
export function useMayWrite(): boolean {
  const { person } = useConsole();
  return person.value !== null && person.value !== undefined && person.value.role !== "viewer";
}

/** The way in. The address stays as it is, so that a deep link leads where it said after signing in. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "../api/problem.ts";
import { useConsole } from "../console.ts";
import { textOf } from "../parts/form-fields.ts";
import { EntryPage } from "./entry-page.tsx";

export function SignInPage(): JSX.Element {
  const { password, problem, busy, submit } = useSigningIn();
  return (
    <EntryPage title="Sign in" lead="To the merchant console of your shop.">
      <form onSubmit={(event) => void submit(event)}>
        <label class="field">
          <span class="field__name">E-mail</span>
          <input class="input" name="email" type="email" autocomplete="username" required autofocus />
        </label>
        <label class="field">
          <span class="field__name">Password</span>
          <input
            ref={password}
            class="input"
            name="password"
            type="password"
            autocomplete="current-password"
            required
            aria-describedby="sign-in-help"
          />
        </label>
        <p class="complaint" role="alert">
          {problem && inWords(problem)}
        </p>
        <button type="submit" class="button" aria-disabled={busy}>
          {busy ? "Signing in" : "Sign in"}
        </button>
      </form>
      <p id="sign-in-help" class="quiet entry__help">
        The owner&rsquo;s first password was printed by the server when it started for the first time. When it is lost,{" "}
        <code>basketlift password</code> prints another one.
      </p>
    </EntryPage>
  );
}

/** Sends what was typed; a password that was refused is selected, to be typed over. */
function useSigningIn() {
  const { signIn } = useConsole();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy || !(event.currentTarget instanceof HTMLFormElement)) return;
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    try {
      await signIn(textOf(fields, "email"), textOf(fields, "password"));
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
      password.current?.select();
    }
  };
  return { password, problem, busy, submit };
}

function inWords({ title, detail, requestId, status }: Problem): string {
  const words = [title, detail].filter((part) => part !== undefined).join(". ");
  return status >= 500 && requestId ? `${words} (request ${requestId})` : words;
}

/** Stands before the console until a one-time password was changed. The address stays as it is. */
import type { JSX } from "preact";
import { useConsole, useLeave } from "../console.ts";
import { PasswordForm } from "../you/password-form.tsx";
import { EntryPage } from "./entry-page.tsx";

export function FirstPasswordPage(): JSX.Element {
  const { notices } = useConsole();
  const leave = useLeave();
  return (
    <EntryPage title="Choose your password" lead="The one you signed in with was printed where others may read it.">
      <PasswordForm
        takesFocus
        currentLabel="One-time password"
        onChanged={() => notices.show("done", "Your password is set.")}
      />
      <button type="button" class="button button--quiet" onClick={leave}>
        Sign out
      </button>
    </EntryPage>
  );
}

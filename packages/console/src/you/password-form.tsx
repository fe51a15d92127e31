/** Asks for the password there is and the one there shall be. The rules are the server's; only the length is known here. */
import { longestPassword, shortestPassword } from "@basketlift/server-adapter/client";
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { asProblem, type Problem } from "../api/problem.ts";
import { useConsole } from "../console.ts";
import { textOf } from "../parts/form-fields.ts";
import { PasswordField } from "./password-field.tsx";

export interface PasswordFormProps {
  /** What the current password is called here. */
  readonly currentLabel: string;
  /** Whether the page has nothing before it. */
  readonly takesFocus?: boolean;
  readonly onChanged: () => void;
}

/** The part of the form that a sentence is about. */
interface Complaint {
  readonly about: "current" | "next" | "form";
  readonly words: string;
}

export function PasswordForm({ currentLabel, takesFocus = false, onChanged }: PasswordFormProps): JSX.Element {
  const { person, oneTimePassword } = useConsole();
  const needsCurrent = oneTimePassword() === undefined;
  const { form, busy, complaint, submit } = usePasswordChange(onChanged);
  useEffect(() => {
    if (takesFocus) form.current?.querySelector<HTMLInputElement>("input:not([hidden])")?.focus();
  }, []);
  const about = (part: Complaint["about"]): string | undefined =>
    complaint?.about === part ? complaint.words : undefined;
  return (
    <form ref={form} class="password" onSubmit={(event) => void submit(event)}>
      {/* Tells password managers whose password this is. */}
      <input type="text" name="email" autocomplete="username" value={person.value?.email ?? ""} hidden readOnly />
      {needsCurrent && (
        <PasswordField
          name="current"
          label={currentLabel}
          autocomplete="current-password"
          complaint={about("current")}
        />
      )}
      <PasswordField
        name="next"
        label="New password"
        autocomplete="new-password"
        hint={`At least ${shortestPassword} characters. A few words that do not belong together are easy to remember and hard to guess.`}
        minLength={shortestPassword}
        maxLength={longestPassword}
        complaint={about("next")}
      />
      <p class="complaint" role="alert">
        {about("form")}
      </p>
      <button type="submit" class="button" aria-disabled={busy}>
        {busy ? "Changing" : "Change password"}
      </button>
    </form>
  );
}

/** Sends what the form holds, and keeps what the server finds wrong with it. */
function usePasswordChange(onChanged: () => void) {
  const { oneTimePassword, changePassword } = useConsole();
  const form = useRef<HTMLFormElement>(null);
  const [complaint, setComplaint] = useState<Complaint>();
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy || !form.current) return;
    const fields = new FormData(form.current);
    setBusy(true);
    setComplaint(undefined);
    try {
      await changePassword(oneTimePassword() ?? textOf(fields, "current"), textOf(fields, "next"));
      form.current?.reset();
      onChanged();
    } catch (error) {
      setComplaint(complaintOf(asProblem(error)));
    }
    setBusy(false);
  };
  return { form, busy, complaint, submit };
}

function complaintOf({ code, title, detail, errors }: Problem): Complaint {
  const words = detail ?? title;
  if (code === "invalid-credentials") return { about: "current", words };
  const next = errors.find(({ pointer }) => pointer === "/next");
  return next ? { about: "next", words: next.detail } : { about: "form", words: `${title}. ${detail ?? ""}`.trim() };
}

/** A field for a password that can be made readable: who sees what they type makes fewer mistakes (NIST SP 800-63B-4). */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Labelled, type Ties } from "../parts/labelled.tsx";

export interface PasswordFieldProps {
  readonly name: string;
  readonly label: string;
  readonly autocomplete: "current-password" | "new-password";
  readonly hint?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** What is wrong with what was typed. */
  readonly complaint: string | undefined;
}

export function PasswordField({ label, hint, complaint, ...input }: PasswordFieldProps): JSX.Element {
  return (
    <Labelled
      label={label}
      hint={hint}
      complaint={complaint}
      field={(ties) => <ReadableInput {...input} ties={ties} label={label} complaint={complaint} />}
    />
  );
}

interface ReadableInputProps extends Omit<PasswordFieldProps, "hint"> {
  readonly ties: Ties;
}

/** With the button that makes it readable. What is wrong is selected, to be typed over. */
function ReadableInput({ ties, label, complaint, ...input }: ReadableInputProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (complaint !== undefined) field.current?.select();
  }, [complaint]);
  return (
    <div class="password__box">
      <input
        ref={field}
        {...ties}
        class="input"
        {...(isShown ? { type: "text" } : { type: "password" })}
        autocapitalize="none"
        spellcheck={false}
        required
        {...input}
      />
      <button
        type="button"
        class="button button--quiet"
        aria-pressed={isShown}
        aria-label={`Show: ${label}`}
        onClick={() => setShown(!isShown)}
      >
        {isShown ? "Hide" : "Show"}
      </button>
    </div>
  );
}

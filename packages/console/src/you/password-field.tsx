/** A field for a password that can be made readable: who sees what they type makes fewer mistakes (NIST SP 800-63B-4). */
import type { JSX } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";

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
  const id = useId();
  return (
    <div class="field">
      <label class="field__name" for={id}>
        {label}
      </label>
      <ReadableInput {...input} id={id} label={label} complaint={complaint} />
      <p id={`${id}-complaint`} class="complaint" role="alert">
        {complaint}
      </p>
      {hint && (
        <p id={`${id}-hint`} class="quiet field__hint">
          {hint}
        </p>
      )}
    </div>
  );
}

interface ReadableInputProps extends Omit<PasswordFieldProps, "hint"> {
  readonly id: string;
}

/** With the button that makes it readable. What is wrong is selected, to be typed over. */
function ReadableInput({ id, label, complaint, ...input }: ReadableInputProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (complaint !== undefined) field.current?.select();
  }, [complaint]);
  return (
    <div class="password__box">
      <input
        ref={field}
        id={id}
        class="input"
        {...(isShown ? { type: "text" } : { type: "password" })}
        autocapitalize="none"
        spellcheck={false}
        required
        aria-invalid={complaint !== undefined}
        aria-describedby={`${id}-complaint ${id}-hint`}
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

/** A field of a form with its words: its name, what it does, and what is wrong with what stands in it. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";

export interface LabelledFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly complaint: string | undefined;
}

/** What ties a field to its words. */
export interface Ties {
  readonly id: string;
  readonly "aria-describedby": string;
  readonly "aria-invalid": boolean;
}

export function Labelled({
  label,
  hint,
  complaint,
  field,
}: LabelledFieldProps & { readonly field: (ties: Ties) => JSX.Element }): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label class="field__name" for={id}>
        {label}
      </label>
      {field({ id, "aria-describedby": `${id}-complaint ${id}-hint`, "aria-invalid": complaint !== undefined })}
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

/** Fields of a form that belong together, under one name, side by side where there is room. */
import type { ComponentChildren, JSX } from "preact";

export interface FieldGroupProps {
  readonly title: string;
  readonly hint?: string;
  readonly children: ComponentChildren;
}

export function FieldGroup({ title, hint, children }: FieldGroupProps): JSX.Element {
  return (
    <fieldset class="field-group">
      <legend>{title}</legend>
      {hint && <p class="quiet field__hint">{hint}</p>}
      <div class="field-group__fields">{children}</div>
    </fieldset>
  );
}

/** One of a few: radio buttons drawn side by side. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";

export interface SegmentsProps<Value extends string> {
  readonly name: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly hideName?: boolean;
}

export function Segments<Value extends string>({
  name,
  options,
  value,
  onChange,
  hideName = false,
}: SegmentsProps<Value>): JSX.Element {
  const group = useId();
  return (
    <fieldset class="segments">
      <legend class={hideName ? "visually-hidden" : "field__name"}>{name}</legend>
      <div class="segments__options">
        {options.map((option) => (
          <label key={option.value} class="segments__option">
            <input
              type="radio"
              name={group}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

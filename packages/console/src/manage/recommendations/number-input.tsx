/** A field for a number that leaves alone what is being typed: "0." is on its way to be 0.3. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

export interface NumberInputProps {
  /** Undefined for an empty field. */
  readonly value: number | undefined;
  /** Called with numbers only; with undefined where the field may be left empty. */
  readonly onChange: (value: number | undefined) => void;
  readonly minimum: number;
  readonly maximum: number;
  /** Distance between two numbers that fit; any number does when left out. */
  readonly step?: number | undefined;
  readonly optional?: boolean;
  readonly id?: string;
  readonly "aria-label"?: string;
  readonly "aria-describedby"?: string;
  readonly "aria-invalid"?: boolean;
}

export function NumberInput({
  value,
  onChange,
  minimum,
  maximum,
  step,
  optional = false,
  ...ties
}: NumberInputProps): JSX.Element {
  const [text, setText] = useState(textOf(value));
  useEffect(() => {
    if (numberOf(text) !== value) setText(textOf(value));
  }, [value]);
  return (
    <input
      {...ties}
      type="number"
      inputMode="decimal"
      class="input"
      required={!optional}
      min={minimum}
      max={maximum}
      step={step ?? "any"}
      value={text}
      onInput={({ currentTarget }) => {
        setText(currentTarget.value);
        const typed = numberOf(currentTarget.value);
        if (typed !== undefined || optional) onChange(typed);
      }}
    />
  );
}

const textOf = (value: number | undefined): string => (value === undefined ? "" : String(value));

function numberOf(text: string): number | undefined {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

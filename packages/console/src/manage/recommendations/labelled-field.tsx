/** The kinds of fields that the strategy's form is made of. */
import type { JSX } from "preact";
import { Labelled, type LabelledFieldProps, type Ties } from "../../parts/labelled.tsx";
import { NumberInput, type NumberInputProps } from "./number-input.tsx";

export interface TextFieldProps extends LabelledFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function TextField({ value, onChange, ...words }: TextFieldProps): JSX.Element {
  return (
    <Labelled
      {...words}
      field={(ties) => (
        <input
          {...ties}
          class="input"
          required
          maxLength={60}
          autocomplete="off"
          value={value}
          onInput={({ currentTarget }) => onChange(currentTarget.value)}
        />
      )}
    />
  );
}

export type NumberFieldProps = LabelledFieldProps & Omit<NumberInputProps, keyof Ties | "aria-label">;

export function NumberField({ label, hint, complaint, ...input }: NumberFieldProps): JSX.Element {
  return (
    <Labelled label={label} hint={hint} complaint={complaint} field={(ties) => <NumberInput {...ties} {...input} />} />
  );
}

export interface ChoiceFieldProps<Value extends string> extends LabelledFieldProps {
  readonly value: Value;
  readonly options: Readonly<Record<Value, string>>;
  readonly onChange: (value: Value) => void;
}

export function ChoiceField<Value extends string>({
  value,
  options,
  onChange,
  ...words
}: ChoiceFieldProps<Value>): JSX.Element {
  const isOption = (name: string): name is Value => name in options;
  return (
    <Labelled
      {...words}
      field={(ties) => (
        <select
          {...ties}
          class="input"
          value={value}
          onChange={({ currentTarget }) => isOption(currentTarget.value) && onChange(currentTarget.value)}
        >
          {Object.entries<string>(options).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      )}
    />
  );
}

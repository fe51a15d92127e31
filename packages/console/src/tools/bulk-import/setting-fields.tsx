/** What the owner of a file says of it that the file does not: currency, time zone, order of day and month. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Hundreds of options, made once: a key press compares none of them. */
const optionsOf = (key: "currency" | "timeZone"): JSX.Element[] =>
  Intl.supportedValuesOf(key).map((value) => <option key={value} value={value} />);
const currencyOptions = optionsOf("currency");
const timeZoneOptions = optionsOf("timeZone");
const currencies = new Set(Intl.supportedValuesOf("currency"));
const timeZones = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"]);

/** Whether it was typed to its end. */
export const isCurrency = (text: string): boolean => currencies.has(text);
export const isTimeZone = (text: string): boolean => timeZones.has(text);

export function CurrencyField({ value, onChange }: FieldProps): JSX.Element {
  const id = useId();
  return (
    <label class="field" for={id}>
      <span class="field__name">Currency</span>
      <input
        id={id}
        class="input upload__currency"
        value={value}
        placeholder="As in the file"
        list={`${id}-codes`}
        maxLength={3}
        pattern="[A-Z]{3}"
        title="A code of three letters, for example EUR"
        autocomplete="off"
        onInput={({ currentTarget }) => onChange(currentTarget.value.toUpperCase())}
      />
      <datalist id={`${id}-codes`}>{currencyOptions}</datalist>
    </label>
  );
}

/** For times that the file writes without one. */
export function TimeZoneField({ value, onChange }: FieldProps): JSX.Element {
  const id = useId();
  return (
    <label class="field" for={id}>
      <span class="field__name">Time zone</span>
      <input
        id={id}
        class="input"
        value={value}
        list={`${id}-zones`}
        autocomplete="off"
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <datalist id={`${id}-zones`}>{timeZoneOptions}</datalist>
    </label>
  );
}

const dateOrders = [
  { value: "found", label: "As the file shows" },
  { value: "day-first", label: "The 3rd of April" },
  { value: "month-first", label: "The 4th of March" },
] as const;
export type DateOrder = (typeof dateOrders)[number]["value"];

export interface DateOrderFieldProps {
  readonly value: DateOrder;
  readonly onChange: (value: DateOrder) => void;
}

export function DateOrderField({ value, onChange }: DateOrderFieldProps): JSX.Element {
  const id = useId();
  return (
    <label class="field" for={id}>
      <span class="field__name">3/4/2026 is</span>
      <select
        id={id}
        class="input"
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = dateOrders.find((order) => order.value === currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {dateOrders.map((order) => (
          <option key={order.value} value={order.value}>
            {order.label}
          </option>
        ))}
      </select>
    </label>
  );
}

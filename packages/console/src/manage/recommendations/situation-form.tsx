/** A shopper made up here: where they are, what they look at, what they have in the cart, who they are. */
import { locations, type Location } from "@basketlift/engine/decision";
import type { ComponentChildren, JSX } from "preact";
import { placementName } from "../../parts/placement-name.ts";
import { ProductPicker } from "../../parts/product-picker.tsx";
import { NumberInput } from "./number-input.tsx";

/** What a made-up shopper does. */
export interface Situation {
  readonly placement: Location;
  readonly product: readonly string[];
  readonly cart: readonly string[];
  readonly session: readonly string[];
  /** Empty for somebody who is not known. */
  readonly customer: string;
  /** Of the delivery, two letters; empty for the market's own. */
  readonly country: string;
  /** In years; undefined where nobody asked. */
  readonly age: number | undefined;
}

export const somebody: Situation = {
  placement: "pdp",
  product: [],
  cart: [],
  session: [],
  customer: "",
  country: "",
  age: undefined,
};

/** @returns the placement of that name, or the product page */
export const placementOf = (name: string | null): Location => locations.find((each) => each === name) ?? "pdp";

export interface SituationFormProps {
  readonly situation: Situation;
  readonly onChange: (situation: Situation) => void;
  readonly busy: boolean;
  readonly onSubmit: () => void;
  /** What the button says, and while it works. */
  readonly labels: readonly [rest: string, busy: string];
  /** Further fields, after the placement. */
  readonly children?: ComponentChildren;
}

export function SituationForm({
  situation,
  onChange,
  busy,
  onSubmit,
  labels: [rest, working],
  children,
}: SituationFormProps): JSX.Element {
  const change = (part: Partial<Situation>): void => onChange({ ...situation, ...part });
  return (
    <form
      class="card try__form"
      aria-label="The shopper"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <label class="field">
        <span class="field__name">Placement</span>
        <select
          class="input"
          value={situation.placement}
          onChange={({ currentTarget }) => change({ placement: placementOf(currentTarget.value) })}
        >
          {locations.map((place) => (
            <option key={place} value={place}>
              {placementName(place)}
            </option>
          ))}
        </select>
      </label>
      {children}
      <ProductPicker label="Looks at" value={situation.product} onChange={(product) => change({ product })} most={1} />
      <ProductPicker label="In the cart" value={situation.cart} onChange={(cart) => change({ cart })} />
      <ProductPicker
        label="Looked at before"
        hint="Oldest first"
        value={situation.session}
        onChange={(session) => change({ session })}
      />
      <label class="field">
        <span class="field__name">Customer</span>
        <input
          class="input"
          value={situation.customer}
          placeholder="Id of a customer"
          autocomplete="off"
          maxLength={200}
          onInput={({ currentTarget }) => change({ customer: currentTarget.value.trim() })}
        />
      </label>
      <div class="try__limits">
        <label class="field">
          <span class="field__name">Country</span>
          <input
            class="input"
            value={situation.country}
            placeholder="Home"
            autocomplete="off"
            pattern="[A-Z]{2}"
            title="Two letters, such as DE"
            maxLength={2}
            onInput={({ currentTarget }) => change({ country: currentTarget.value.trim().toUpperCase() })}
          />
        </label>
        <label class="field">
          <span class="field__name">Age</span>
          <NumberInput
            optional
            value={situation.age}
            minimum={0}
            maximum={150}
            step={1}
            onChange={(age) => change({ age })}
          />
        </label>
      </div>
      <button type="submit" class="button" aria-disabled={busy}>
        {busy ? working : rest}
      </button>
    </form>
  );
}

/** The situation as a request says it. */
export function requestOf({ placement, product: [productId], cart, session, customer, country, age }: Situation) {
  return {
    placement,
    ...(productId !== undefined && { productId }),
    ...(cart.length > 0 && { cart: cart.map((id) => ({ productId: id, quantity: 1 })) }),
    ...(session.length > 0 && { session: [...session] }),
    ...(customer !== "" && { customerId: customer }),
    ...(country !== "" && { country }),
    ...(age !== undefined && { age }),
  };
}

/** Named figures and words, side by side where there is room. */
import type { ComponentChildren, JSX } from "preact";

export interface Fact {
  readonly name: string;
  readonly value: ComponentChildren;
  readonly detail?: ComponentChildren;
}

export function Facts({ facts }: { readonly facts: readonly Fact[] }): JSX.Element {
  return (
    <dl class="facts">
      {facts.map(({ name, value, detail }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {detail && <span class="facts__detail">{detail}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A titled part of a tab. */
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";

export interface CardProps {
  readonly title: string;
  readonly lead?: ComponentChildren;
  /** Stands beside the title. */
  readonly controls?: ComponentChildren;
  readonly class?: string;
  readonly children: ComponentChildren;
}

export function Card({ title, lead, controls, class: className = "", children }: CardProps): JSX.Element {
  const id = useId();
  return (
    <section class={`card ${className}`.trim()} aria-labelledby={id}>
      <div class="card__head">
        <div>
          <h2 id={id}>{title}</h2>
          {lead && <p class="quiet">{lead}</p>}
        </div>
        {controls}
      </div>
      {children}
    </section>
  );
}

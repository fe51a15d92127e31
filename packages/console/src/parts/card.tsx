/** A titled part of a tab. */
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";

export interface CardProps {
  /** Where links within the page lead. */
  readonly id?: string;
  readonly title: string;
  /** Of its heading; 2 unless the card stands below another heading. */
  readonly level?: 2 | 3;
  readonly lead?: ComponentChildren;
  /** Stands beside the title. */
  readonly controls?: ComponentChildren;
  readonly class?: string;
  readonly children: ComponentChildren;
}

export function Card({
  id,
  title,
  level = 2,
  lead,
  controls,
  class: className = "",
  children,
}: CardProps): JSX.Element {
  const titleId = useId();
  const Heading = `h${level}` as const;
  return (
    <section id={id} class={`card ${className}`.trim()} aria-labelledby={titleId}>
      <div class="card__head">
        <div>
          <Heading id={titleId}>{title}</Heading>
          {lead && <p class="quiet">{lead}</p>}
        </div>
        {controls}
      </div>
      {children}
    </section>
  );
}

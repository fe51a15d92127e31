/** The product's name and sign. */
import type { JSX } from "preact";

export function Mark(): JSX.Element {
  return (
    <span class="mark">
      <svg viewBox="0 0 32 32" width="26" height="26" aria-hidden="true">
        <rect width="32" height="32" rx="8" />
        <path d="M9 13h14l-2 11H11zM12 13a4 4 0 0 1 8 0" />
      </svg>
      Basketlift
    </span>
  );
}

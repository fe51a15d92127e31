/** How far something is, as a bar with its words. */
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";

export interface ProgressProps {
  /** Names what goes on. */
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  readonly children?: ComponentChildren;
}

export function Progress({ label, share, children }: ProgressProps): JSX.Element {
  const id = useId();
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div class="progress">
      <div class="progress__words">
        <span id={id}>{label}</span>
        <span class="quiet">{children ?? `${percent}%`}</span>
      </div>
      <div
        class="progress__bar"
        role="progressbar"
        aria-labelledby={id}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span style={{ inlineSize: `${percent}%` }} />
      </div>
    </div>
  );
}

/** Which option of a combobox's list is marked, moved by the arrow keys, after the ARIA Authoring Practices. */
import { useEffect, useId, useState } from "preact/hooks";

export interface ActiveOption {
  /** Index of the marked option. */
  readonly active: number;
  readonly mark: (index: number) => void;
  readonly listId: string;
  readonly optionId: (index: number) => string;
  /** @returns whether the key moved the mark */
  readonly move: (key: string) => boolean;
}

/** @param count options in the list, 0 where it is closed */
export function useActiveOption(count: number): ActiveOption {
  const listId = useId();
  const [active, mark] = useState(0);
  const optionId = (index: number): string => `${listId}-${index}`;
  useEffect(() => {
    if (count > 0) document.getElementById(optionId(active))?.scrollIntoView({ block: "nearest" });
  }, [active, count > 0]);
  return {
    active,
    mark,
    listId,
    optionId,
    move(key) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[key];
      if (step === undefined || count === 0) return false;
      mark((active + step + count) % count);
      return true;
    },
  };
}

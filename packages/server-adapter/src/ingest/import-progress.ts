/** Progress of an import in its row: noted now and then, one note at a time, the last one always. */
import type { Progress } from "@basketlift/engine/models";

/** Milliseconds between two notes. */
const interval = 400;

/** Where each step begins and ends on the way from 0 to 1, by its first word. */
const spans: Readonly<Record<string, readonly [begin: number, end: number]>> = {
  reading: [0, 0.35],
  sorting: [0.35, 0.4],
  laying: [0.4, 0.45],
  writing: [0.45, 1],
  taking: [0, 1],
};

export interface ImportProgress {
  tell(progress: Progress): void;
  /** Resolves once no note is on its way. */
  end(): Promise<void>;
}

/** @param note writes into the row; a note that fails is left out, the next one may get through */
export function keepImportProgress(
  note: (values: { readonly progress: number; readonly step: string }) => Promise<unknown>,
): ImportProgress {
  let notedAt = -Infinity;
  let writing: Promise<unknown> | undefined;
  let furthest = 0;
  return {
    tell({ step, done, total }) {
      const [begin, end] = spans[step.split(" ", 1)[0]] ?? [furthest, furthest];
      furthest = Math.max(furthest, begin + (end - begin) * (total > 0 ? Math.min(1, done / total) : 0));
      if (writing !== undefined || performance.now() - notedAt < interval) return;
      notedAt = performance.now();
      writing = note({ progress: furthest, step })
        .catch(() => {})
        .finally(() => (writing = undefined));
    },
    async end() {
      await writing;
    },
  };
}

/** Short messages about what was just done, shown in a corner and read out. */
import { signal, type ReadonlySignal } from "@preact/signals";

export interface Notice {
  readonly id: number;
  readonly kind: "done" | "failed";
  readonly text: string;
  /** What can still be done about it. */
  readonly action?: NoticeAction | undefined;
}

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

export interface Notices {
  readonly list: ReadonlySignal<readonly Notice[]>;
  /** Goes away by itself; a failure, or one that offers something, stays until it is dismissed. */
  show(kind: Notice["kind"], text: string, action?: NoticeAction): void;
  dismiss(id: number): void;
}

const shownMilliseconds = 6000;

export function createNotices(): Notices {
  const list = signal<readonly Notice[]>([]);
  let lastId = 0;
  const dismiss = (id: number): void => {
    list.value = list.value.filter((notice) => notice.id !== id);
  };
  return {
    list,
    dismiss,
    show(kind, text, action) {
      const id = ++lastId;
      list.value = [...list.value, { id, kind, text, action }];
      if (kind === "done" && !action) setTimeout(() => dismiss(id), shownMilliseconds);
    },
  };
}

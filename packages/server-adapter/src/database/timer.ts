/** Work that repeats: never twice at the same time, never the reason that the process stays alive. Tests tick by hand. */

export interface Timer {
  /**
   * @param milliseconds from the end of one run to the start of the next
   * @param work whose errors are its own business
   * @returns stops it; resolves when a run in progress has ended
   */
  every(milliseconds: number, work: () => Promise<void>): () => Promise<void>;
}

/** By the clock of the process. */
export const systemTimer: Timer = {
  every(milliseconds, work) {
    let stopped = false;
    let running: Promise<void> = Promise.resolve();
    let timeout: NodeJS.Timeout;
    const run = async (): Promise<void> => {
      await work();
      if (!stopped) schedule();
    };
    const schedule = (): void => {
      timeout = setTimeout(() => {
        running = run();
      }, milliseconds).unref();
    };
    schedule();
    return async () => {
      stopped = true;
      clearTimeout(timeout);
      await running;
    };
  },
};

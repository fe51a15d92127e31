/**
 * Manners for long work: it lets others run at least every 50 ms, says how far it is, and stops when asked.
 */

import type { InPieces } from "../matrix/pieces.ts";

/** How far a piece of work is. */
export interface Progress {
  /** What is being done, in words: "counting pairs". */
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

/** What every function accepts that trains, loads or otherwise works long, beside its own options. */
export interface TrainingControls {
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Aborting it rejects the promise with the signal's reason within about 50 ms of work. */
  readonly signal?: AbortSignal | undefined;
}

/** How long work may go on before it lets others run, in milliseconds. */
const sliceLength = 15;

/** When this thread last let others run: one for all steps, so that many short ones do not add up to a long block. */
let sliceBegan = 0;

/**
 * Paces one step of a training.
 * @param total what `done` counts up to
 * @example
 * const pace = createPacer("counting pairs", baskets.rows, controls);
 * for (let b = 0; b < baskets.rows; b++) {
 *   if (pace.isDue()) await pace.rest(b);
 *   // ... work on basket b
 * }
 * pace.finish();
 */
export function createPacer(step: string, total: number, { onProgress, signal }: TrainingControls): Pacer {
  signal?.throwIfAborted();
  onProgress?.({ step, done: 0, total });
  const pacer: Pacer = {
    isDue: () => performance.now() - sliceBegan >= sliceLength,
    async rest(done) {
      onProgress?.({ step, done, total });
      await nextTask();
      signal?.throwIfAborted();
      sliceBegan = performance.now();
    },
    async through(pieces, done) {
      for (;;) {
        const piece = pieces.next();
        if (piece.done) return piece.value;
        if (pacer.isDue()) await pacer.rest(done);
      }
    },
    finish() {
      signal?.throwIfAborted();
      onProgress?.({ step, done: total, total });
    },
  };
  return pacer;
}

/** Paces one step of a training; see `createPacer`. */
export interface Pacer {
  /** Whether it is time to let others run: cheap enough to ask in every outer iteration. */
  isDue(): boolean;
  /** Reports progress, lets pending tasks run, and throws the signal's reason when aborted meanwhile. */
  rest(done: number): Promise<void>;
  /** Works through all pieces, resting where it is time to; `done` is what the reports say meanwhile. */
  through<Result>(pieces: InPieces<Result>, done: number): Promise<Result>;
  /** Reports completion. */
  finish(): void;
}

/**
 * Does work in pieces as one step.
 * @example
 * const catalogue = await paced("reading products", createCatalogueInPieces({ products }), controls);
 */
export async function paced<Result>(
  step: string,
  pieces: InPieces<Result>,
  controls: TrainingControls,
): Promise<Result> {
  const pace = createPacer(step, 1, controls);
  const result = await pace.through(pieces, 0);
  pace.finish();
  return result;
}

/** Resolves after other pending tasks had their turn. Timers are clamped to 4 ms in browsers, messages are not. */
function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.addEventListener(
      "message",
      () => {
        port1.close();
        resolve();
      },
      { once: true },
    );
    port1.start();
    port2.postMessage(undefined);
  });
}

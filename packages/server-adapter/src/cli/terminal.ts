/** The screen: results to standard output, notes and progress to standard error, so that results can be piped. */
import type { Writable } from "node:stream";
import type { Progress } from "@basketlift/engine/models";

/** The streams of a process, or of a test. */
export interface Streams {
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
}

export interface Terminal {
  /** A result. */
  print(text: string): void;
  /** Where results go, for those too long to hold at once. */
  readonly results: Writable;
  /** Characters a line of a result should have at most. */
  readonly width: number;
  /** A remark that is no result. */
  note(text: string): void;
  /** Shows how far long work is: a bar on a terminal, one line a step elsewhere. */
  readonly onProgress: (progress: Progress) => void;
  /** Takes the bar away before other output. */
  clearProgress(): void;
}

/** For files, mails and pipes. */
const usualWidth = 100;

/** Redraws of the bar a second, at most. */
const framesPerSecond = 15;

/** @param quiet leaves out notes and progress */
export function createTerminal({ stdout, stderr }: Streams, quiet: boolean): Terminal {
  const interactive = stderr.isTTY === true && !quiet;
  let drawn = false;
  let lastDrawn = 0;
  let lastStep = "";

  function clearProgress(): void {
    if (drawn) stderr.write("\r\u001B[2K");
    drawn = false;
  }
  function draw({ step, done, total }: Progress): void {
    const now = performance.now();
    if (step === lastStep && done < total && now - lastDrawn < 1000 / framesPerSecond) return;
    lastDrawn = now;
    stderr.write(`\r\u001B[2K${barOf(step, total > 0 ? done / total : 0, stderr.columns ?? 80)}`);
    drawn = true;
  }
  return {
    results: stdout,
    width: stdout.isTTY ? Math.max(60, Math.min(140, stdout.columns ?? usualWidth)) : usualWidth,
    print(text) {
      clearProgress();
      stdout.write(`${text}\n`);
    },
    note(text) {
      clearProgress();
      if (!quiet) stderr.write(`${text}\n`);
    },
    onProgress(progress) {
      if (interactive) draw(progress);
      else if (!quiet && progress.step !== lastStep) stderr.write(`${progress.step} ...\n`);
      lastStep = progress.step;
    },
    clearProgress,
  };
}

/** @param share of the work that is done, 0 to 1 */
function barOf(step: string, share: number, columns: number): string {
  const percent = `${String(Math.floor(share * 100)).padStart(3)} %`;
  const label = step.slice(0, 34).padEnd(34);
  const width = Math.max(8, Math.min(40, columns - label.length - percent.length - 5));
  const filled = Math.round(share * width);
  return `${label} ${"█".repeat(filled)}${"░".repeat(width - filled)} ${percent}`;
}

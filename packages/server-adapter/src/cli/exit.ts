/** How a command ends: exit codes, and the errors that carry them. */

export const exitCode = {
  done: 0,
  /** Something failed that the user could not foresee. */
  failed: 1,
  /** The command line was wrong. */
  usage: 2,
  /** A file was wrong: the message says where. */
  input: 3,
  /** Stopped by Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const;

/** The command line cannot be understood. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}

/** A file or folder the user named cannot be used. */
export class InputError extends Error {
  override readonly name = "InputError";
}

/**
 * The engine's errors. Each says what was wrong, where, what was received and what to give instead,
 * and carries a stable `code` that programs can switch on.
 */

/** What every error of the engine has in common. */
export abstract class BasketliftError extends Error {
  /** Stable, machine-readable name of the mistake. */
  abstract readonly code: string;
}

/**
 * A setting is outside what its function accepts.
 * @example
 * if (error instanceof InvalidOption) console.error(`Setting ${error.option}: ${error.message}`);
 */
export class InvalidOption extends BasketliftError {
  override readonly name = "InvalidOption";
  readonly code = "invalid-option";
  readonly option: string;
  readonly received: unknown;

  /**
   * @param option name of the setting, as the caller wrote it
   * @param received the value that was given
   * @param expected what to give instead, as a noun phrase
   * @example
   * throw new InvalidOption("neighbours", -3, "a positive integer");
   */
  constructor(option: string, received: unknown, expected: string) {
    super(`Option "${option}" must be ${expected}; received ${show(received)}.`);
    this.option = option;
    this.received = received;
  }
}

/**
 * Data handed to the engine cannot be used.
 * @example
 * if (error instanceof InvalidInput) console.error(`Field ${error.path}: ${error.message}`);
 */
export class InvalidInput extends BasketliftError {
  override readonly name = "InvalidInput";
  readonly code = "invalid-input";
  /** Where in the input, for example `orders[3].lines[0].quantity`. */
  readonly path: string;
  readonly received: unknown;

  /**
   * @param path where in the input the mistake stands
   * @param received the value that was found there
   * @param expected what to give instead, as a noun phrase
   */
  constructor(path: string, received: unknown, expected: string) {
    super(`${path} must be ${expected}; received ${show(received)}.`);
    this.path = path;
    this.received = received;
  }
}

/**
 * A model, snapshot or data file is damaged or of another kind.
 * @example
 * if (error instanceof InvalidFile) console.error("Train again.", error.message);
 */
export class InvalidFile extends BasketliftError {
  override readonly name = "InvalidFile";
  readonly code = "invalid-file";
}

/** @throws InvalidOption unless `value` is an integer of at least `minimum` */
export function requireInteger(option: string, value: number, minimum: number): void {
  if (!Number.isInteger(value) || value < minimum) {
    throw new InvalidOption(option, value, `an integer of at least ${minimum}`);
  }
}

/** @throws InvalidOption unless `value` is a finite number within [minimum, maximum] */
export function requireNumber(option: string, value: number, minimum: number, maximum = Infinity): void {
  if (!Number.isFinite(value) || value < minimum || value > maximum) {
    const range = maximum === Infinity ? `at least ${minimum}` : `between ${minimum} and ${maximum}`;
    throw new InvalidOption(option, value, `a number ${range}`);
  }
}

/** Whatever came: objects are described, since they may have no text of their own. */
function show(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value) : describe(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return String(value);
  const keys = Object.keys(value);
  return `an object with ${keys.length === 0 ? "no keys" : keys.slice(0, 5).join(", ")}`;
}

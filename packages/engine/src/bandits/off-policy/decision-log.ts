/**
 * What a shop logged of its decisions, as columns, and the policy that is to be judged by them. Everything that
 * off-policy evaluation reads is checked here, once, so that the estimators need not.
 */
import { InvalidInput, requireInteger } from "../../errors.ts";
import { largest } from "../observation.ts";

/** Logged decisions, a row each: someone came with a context, an action was drawn, a reward followed. */
export interface DecisionLog {
  /** How many actions there are to choose from, chosen or not; they are numbered from 0. */
  readonly actions: number;
  readonly action: ArrayLike<number>;
  /** What the decision brought: 0 or 1 for a click, or any finite number, such as margin in minor units. */
  readonly reward: ArrayLike<number>;
  /** Chance, in (0, 1], with which the action was drawn when it was drawn. */
  readonly propensity: ArrayLike<number>;
  /** Place on the page, numbered from 0, where that matters for the reward. */
  readonly position?: ArrayLike<number>;
  /** What was known of the situation: rows x width, row after row. */
  readonly context?: ContextMatrix;
  /** Number of the visitor or session of each row, where rows of one hang together; each row is its own otherwise. */
  readonly unit?: ArrayLike<number>;
}

export interface ContextMatrix {
  readonly width: number;
  readonly values: ArrayLike<number>;
}

/**
 * The policy to be judged: the chance of every action in every row, as a matrix (rows x actions, row after row), or as a
 * function that overwrites `chances` with those of one row.
 */
export type TargetPolicy = ArrayLike<number> | ((row: number, chances: Float64Array) => void);

/**
 * Every action equally likely, always.
 * @example
 * const report = await evaluateOffPolicy(log, uniformPolicy, { random });
 */
export const uniformPolicy: TargetPolicy = (_row, chances) => {
  chances.fill(1 / chances.length);
};

/** Chances may miss a sum of 1 by rounding only. */
const rounding = 1e-6;

/**
 * @throws InvalidInput that names the first bad row and column, for example `rows[17].propensity`
 * @throws InvalidOption when `actions` is not a positive integer
 */
export function requireDecisionLog(log: DecisionLog): void {
  requireInteger("actions", log.actions, 1);
  const rows = log.action.length;
  if (rows === 0) throw new InvalidInput("rows", "[]", "at least one logged decision");
  const columns = { reward: log.reward, propensity: log.propensity, position: log.position, unit: log.unit };
  for (const [name, column] of Object.entries(columns)) {
    if (column && column.length !== rows) throw new InvalidInput(`${name}.length`, column.length, `${rows}, one a row`);
  }
  for (let row = 0; row < rows; row++) {
    requireIndex(log.action[row], log.actions, `rows[${row}].action`);
    if (!(Math.abs(log.reward[row]) <= largest)) {
      throw new InvalidInput(`rows[${row}].reward`, log.reward[row], "a finite number");
    }
    if (!(log.propensity[row] > 0 && log.propensity[row] <= 1)) {
      const expected = "the chance, above 0 and at most 1, with which the action was drawn; log it with the decision";
      throw new InvalidInput(`rows[${row}].propensity`, log.propensity[row], expected);
    }
    if (log.position) requireIndex(log.position[row], 2 ** 16, `rows[${row}].position`);
    if (log.unit) requireIndex(log.unit[row], Infinity, `rows[${row}].unit`);
  }
  if (log.context) requireContext(log.context, rows);
}

function requireIndex(value: number, end: number, path: string): void {
  if (Number.isInteger(value) && value >= 0 && value < end) return;
  throw new InvalidInput(path, value, `a whole number from 0${end === Infinity ? "" : ` to ${end - 1}`}`);
}

/** @throws InvalidInput unless there are `rows` rows of finite numbers */
export function requireContext({ width, values }: ContextMatrix, rows: number): void {
  requireInteger("context.width", width, 1);
  if (values.length !== rows * width) {
    throw new InvalidInput("context.values.length", values.length, `${rows} rows x ${width} = ${rows * width}`);
  }
  for (let i = 0; i < values.length; i++) {
    if (!(Math.abs(values[i]) <= largest)) {
      throw new InvalidInput(`rows[${Math.floor(i / width)}].context[${i % width}]`, values[i], "a finite number");
    }
  }
}

/**
 * @returns a function that overwrites `chances` with the policy's of a row, checked: none negative, adding up to 1
 * @throws InvalidInput when a matrix is not rows x actions
 */
export function readPolicy(policy: TargetPolicy, log: DecisionLog): (row: number, chances: Float64Array) => void {
  const { actions } = log;
  const cells = log.action.length * actions;
  if (typeof policy !== "function" && policy.length !== cells) {
    throw new InvalidInput("policy.length", policy.length, `rows x actions = ${cells}`);
  }
  return (row, chances) => {
    if (typeof policy === "function") policy(row, chances);
    else for (let action = 0; action < actions; action++) chances[action] = policy[row * actions + action];
    let sum = 0;
    for (let action = 0; action < actions; action++) {
      if (!(chances[action] >= 0)) throw new InvalidInput(`policy[${row}][${action}]`, chances[action], "0 or more");
      sum += chances[action];
    }
    if (!(Math.abs(sum - 1) <= rounding)) throw new InvalidInput(`policy[${row}]`, sum, "chances that add up to 1");
  };
}

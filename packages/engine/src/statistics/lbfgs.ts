/**
 * Minimizes a smooth function by limited-memory BFGS: Nocedal and Wright, "Numerical Optimization" (2006), algorithm
 * 7.4, with backtracking until Armijo's condition holds.
 */
import type { InPieces } from "../matrix/pieces.ts";

/** A function to minimize: fills `gradient` and returns the value at `point`, pausing on the way. */
export type Objective = (point: Float64Array, gradient: Float64Array) => InPieces<number>;

export interface MinimizeOptions {
  readonly iterations: number;
  /** Steps remembered to guess the curvature. */
  readonly memory?: number;
  /** Stops when no entry of the gradient is larger. */
  readonly tolerance?: number;
  /** Told after each iteration. */
  readonly onIteration?: (iteration: number, value: number) => void;
}

/** Where the search ended. */
export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
}

/** A step and how the gradient changed along it. */
interface Step {
  readonly move: Float64Array;
  readonly turn: Float64Array;
  readonly inverse: number;
}

/** Share of the promised decrease that a step must keep. */
const sufficientDecrease = 1e-4;
const mostHalvings = 30;

/**
 * @param start where to begin; left as it is
 * @example
 * const { point } = atOnce(minimizeInPieces(squaredDistance, new Float64Array(3), { iterations: 50 }));
 */
export function* minimizeInPieces(
  objective: Objective,
  start: Float64Array,
  { iterations, memory = 8, tolerance = 1e-6, onIteration }: MinimizeOptions,
): InPieces<Minimum> {
  let point: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(start.length);
  let value = yield* objective(point, gradient);
  const steps: Step[] = [];
  let iteration = 0;
  while (iteration < iterations && largest(gradient) > tolerance) {
    const direction = descent(gradient, steps);
    let slope = dot(gradient, direction);
    if (!(slope < 0)) {
      // Rounding made the remembered curvature useless: begin again downhill.
      steps.length = 0;
      for (let i = 0; i < direction.length; i++) direction[i] = -gradient[i];
      slope = dot(gradient, direction);
    }
    const first = steps.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    const next = yield* backtrack(objective, { point, value, direction, slope, first });
    if (!next) break;
    const move = difference(next.point, point);
    const turn = difference(next.gradient, gradient);
    const curvature = dot(move, turn);
    if (curvature > 1e-12 * dot(turn, turn)) {
      steps.push({ move, turn, inverse: 1 / curvature });
      if (steps.length > memory) steps.shift();
    }
    ({ point, gradient, value } = next);
    onIteration?.(++iteration, value);
  }
  return { point, value, iterations: iteration };
}

/** The two-loop recursion: minus the gradient, bent by what the remembered steps say of the curvature. */
function descent(gradient: Float64Array, steps: readonly Step[]): Float64Array {
  const direction = gradient.map((slope) => -slope);
  const shares = new Float64Array(steps.length);
  for (let s = steps.length - 1; s >= 0; s--) {
    shares[s] = steps[s].inverse * dot(steps[s].move, direction);
    addScaled(direction, -shares[s], steps[s].turn);
  }
  const newest = steps.at(-1);
  if (newest) {
    const scale = 1 / (newest.inverse * dot(newest.turn, newest.turn));
    for (let i = 0; i < direction.length; i++) direction[i] *= scale;
  }
  for (const [s, { move, turn, inverse }] of steps.entries()) {
    addScaled(direction, shares[s] - inverse * dot(turn, direction), move);
  }
  return direction;
}

interface Line {
  readonly point: Float64Array;
  readonly value: number;
  readonly direction: Float64Array;
  readonly slope: number;
  readonly first: number;
}

interface Evaluated {
  readonly point: Float64Array;
  readonly gradient: Float64Array;
  readonly value: number;
}

/** Halves the step until it goes down far enough; nothing when it never does. */
function* backtrack(
  objective: Objective,
  { point, value, direction, slope, first }: Line,
): InPieces<Evaluated | undefined> {
  const next = new Float64Array(point.length);
  const gradient = new Float64Array(point.length);
  let length = first;
  for (let halving = 0; halving < mostHalvings; halving++) {
    for (let i = 0; i < next.length; i++) next[i] = point[i] + length * direction[i];
    const reached = yield* objective(next, gradient);
    if (reached <= value + sufficientDecrease * length * slope) return { point: next, gradient, value: reached };
    length /= 2;
  }
  return undefined;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addScaled(into: Float64Array, scale: number, column: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] += scale * column[i];
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]);
}

function largest(column: Float64Array): number {
  return column.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

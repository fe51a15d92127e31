/**
 * The draws of NumPy's `RandomState(seed)`, bit for bit, so that experiments published with it can be repeated on the
 * very same data: MT19937 (Matsumoto and Nishimura, ACM TOMACS 8, 1998) with its 53-bit uniforms, normals by the polar
 * method that keeps the second value, and binomials of one trial by inversion.
 */
import { requireInteger } from "../../errors.ts";
import type { SyntheticDraws } from "./synthetic-log.ts";

/**
 * As Open Bandit Pipeline draws: coefficients, and the actions of every log, from streams begun anew with the seed;
 * contexts and rewards from one that goes on.
 * @example
 * const log = createSyntheticLog(10_000, { seed: createNumpyDraws(0), actions: 30 });
 */
export function createNumpyDraws(seed: number): SyntheticDraws {
  const uniform = createNumpyUniform(seed);
  let kept: number | undefined;
  return {
    coefficients: () => createNumpyUniform(seed),
    actions: () => createNumpyUniform(seed),
    normal() {
      if (kept !== undefined) {
        const value = kept;
        kept = undefined;
        return value;
      }
      for (;;) {
        const x = 2 * uniform() - 1;
        const y = 2 * uniform() - 1;
        const square = x * x + y * y;
        if (square >= 1 || square === 0) continue;
        const scale = Math.sqrt((-2 * Math.log(square)) / square);
        kept = scale * x;
        return scale * y;
      }
    },
    happens: (chance) => (chance <= 0.5 ? uniform() > 1 - chance : uniform() <= chance),
  };
}

/**
 * `numpy.random.RandomState(seed).random_sample`.
 * @param seed 0 to 2^32 - 1
 */
export function createNumpyUniform(seed: number): () => number {
  requireInteger("seed", seed, 0);
  const bits = mersenneTwister(seed);
  return () => {
    const high = bits() >>> 5;
    const low = bits() >>> 6;
    return (high * 67_108_864 + low) / 2 ** 53;
  };
}

const size = 624;
const shift = 397;

/** 32 unsigned bits a call. */
function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(size);
  state[0] = seed;
  for (let i = 1; i < size; i++) {
    state[i] = Math.imul(1_812_433_253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
  }
  let at = size;
  return () => {
    if (at === size) {
      twist(state);
      at = 0;
    }
    let bits = state[at++];
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    return (bits ^ (bits >>> 18)) >>> 0;
  };
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < size; i++) {
    const joined = (state[i] & 0x80000000) | (state[(i + 1) % size] & 0x7fffffff);
    state[i] = state[(i + shift) % size] ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
  }
}

export { beta, exponential, gamma, gumbel, normal } from "./distributions.ts";
export { createRandom } from "./generator.ts";
export type { Random } from "./generator.ts";
export { hashColumns, murmur3, murmur3Bytes, stickyUnit } from "./hash.ts";
export { poisson } from "./poisson.ts";
export { categorical, createSampler, shuffle } from "./sampler.ts";
export type { MutableList, Sampler } from "./sampler.ts";

/** All that a shop's own strategies and rules take, as one module to be loaded when there are any. */
export { checkStrategies } from "./check-strategy.ts";
export { traceOf } from "./full-trace.ts";
export { refine } from "./refine.ts";
export { compileRules } from "../merchandising/index.ts";

/** `@basketlift/engine`: the facade most people need. Every folder is an entry point of its own. */
export { BasketliftError, InvalidFile, InvalidInput, InvalidOption } from "./errors.ts";
export { createEngine, trainEngine } from "./facade/create-engine.ts";
export type { EngineOptions, ShopInput } from "./facade/create-engine.ts";
export type { Companion, Engine, Surroundings } from "./facade/engine.ts";
export { evaluateLastMonth } from "./facade/last-month.ts";
export type { LastMonthOptions } from "./facade/last-month.ts";
export { loadEngine, saveEngine } from "./facade/saved-engine.ts";
export type { EngineFiles, LoadOptions } from "./facade/saved-engine.ts";
export type { Policy } from "./facade/state.ts";
export type { ShopData, TrainingOptions } from "./facade/train.ts";

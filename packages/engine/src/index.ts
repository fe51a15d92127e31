/** `@basketlift/engine`: the facade most people need. Every folder is an entry point of its own. */
export { BasketliftError, InvalidFile, InvalidInput, InvalidOption } from "./errors.ts";

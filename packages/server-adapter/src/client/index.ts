/** `@basketlift/server-adapter/client`: the typed client of the API, for pages, servers and the console. */
export { ApiError } from "./api-error.ts";
export { createClient } from "./client.ts";
export type { ClientOptions } from "./client.ts";
export type { Problem } from "../contract/common.ts";
export type { BasketliftContract } from "../contract/index.ts";
export { longestPassword, shortestPassword } from "../contract/password-length.ts";
export type { Client, ClientCallOptions } from "../contract/route.ts";

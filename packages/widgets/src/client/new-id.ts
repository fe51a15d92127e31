/** Ids that a browser makes up: visitors, sessions, events. `crypto.randomUUID` is missing where a page came by plain HTTP. */

/** @returns 32 hexadecimal digits, 128 random bits */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Finds keys that an object of a JSON text names twice. `JSON.parse` keeps the last one in silence (RFC 8259 leaves it
 * open), which lets two readers of one file see different things.
 */

/**
 * @param json a text that `JSON.parse` accepts
 * @returns the first key found twice within one object, or undefined
 */
export function repeatedKey(json: string): string | undefined {
  /** Keys seen in each object that is still open; undefined for arrays. */
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(undefined);
    else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const end = endOfString(json, at);
      if (followedByColon(json, end)) {
        const key = String(JSON.parse(json.slice(at, end)));
        const keys = open.at(-1);
        if (keys?.has(key)) return key;
        keys?.add(key);
      }
      at = end - 1;
    }
  }
  return undefined;
}

/** Position after the quote that closes the string which begins at `at`. */
function endOfString(json: string, at: number): number {
  at++;
  while (json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at + 1;
}

/** A string is a key when a colon follows it. */
function followedByColon(json: string, at: number): boolean {
  while (json[at] === " " || json[at] === "\n" || json[at] === "\r" || json[at] === "\t") at++;
  return json[at] === ":";
}

/** Which route a path means: exact paths before paths with parameters, whatever the order of the table. */
import type { AnyRoute } from "../contract/route.ts";
import { apiBase } from "../contract/route.ts";

/** Where a route stands on the server. */
export function fullPath({ base = "api", path }: Pick<AnyRoute, "base" | "path">): string {
  return base === "root" ? path : apiBase + path;
}

/** Exact segments before parameters, from left to right. */
export function bySpecificity(a: Pick<AnyRoute, "path">, b: Pick<AnyRoute, "path">): number {
  const left = a.path.split("/");
  const right = b.path.split("/");
  for (let position = 0; position < Math.min(left.length, right.length); position++) {
    const difference = Number(left[position].startsWith(":")) - Number(right[position].startsWith(":"));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

export interface PathTable<Entry> {
  /** The routes of the most exact path that fits, one a method; empty when none does. */
  at(path: string): readonly Entry[];
}

/**
 * @example
 * pathTable([{ path: "/a/:id", method: "get" }, { path: "/a/b", method: "post" }]).at("/a/b"); // the second alone
 */
export function pathTable<Entry extends Pick<AnyRoute, "base" | "path">>(routes: readonly Entry[]): PathTable<Entry> {
  const groups = new Map<string, Entry[]>();
  for (const route of routes.toSorted(bySpecificity)) {
    const shape = fullPath(route).replace(/:\w+/g, ":");
    groups.set(shape, [...(groups.get(shape) ?? []), route]);
  }
  const patterns = [...groups].map(([shape, entries]) => ({ pattern: patternOf(shape), entries }));
  return { at: (path) => patterns.find(({ pattern }) => pattern.test(path))?.entries ?? [] };
}

function patternOf(shape: string): RegExp {
  const escaped = shape.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll(":", "[^/]+")}$`);
}

/** Strings to dense integers and back, so that models count in typed columns and answer in the shop's own ids. */

/** A read-only two-way table of ids. */
export interface Identifiers {
  readonly size: number;
  /** @returns the index of `id`, or undefined when it is unknown */
  indexOf(id: string): number | undefined;
  /** @returns the id at `index`, which must be below `size` */
  idOf(index: number): string;
  /** All ids by index. */
  readonly all: readonly string[];
}

/** A table that still grows. */
export interface GrowingIdentifiers extends Identifiers {
  /** @returns the index of `id`, which is added when it is new */
  intern(id: string): number;
}

/**
 * @example
 * const ids = createIdentifiers(["mug", "teapot"]);
 * ids.intern("mug"); // 0
 * ids.intern("tray"); // 2
 */
export function createIdentifiers(initial: Iterable<string> = []): GrowingIdentifiers {
  const all: string[] = [];
  const indexById = new Map<string, number>();
  function intern(id: string): number {
    const known = indexById.get(id);
    if (known !== undefined) return known;
    indexById.set(id, all.length);
    return all.push(id) - 1;
  }
  for (const id of initial) intern(id);
  return {
    get size() {
      return all.length;
    },
    indexOf: (id) => indexById.get(id),
    idOf: (index) => all[index],
    all,
    intern,
  };
}

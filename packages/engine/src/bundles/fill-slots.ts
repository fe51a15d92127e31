/**
 * Mix and match: which units of a cart stand in which slots. Every slot gets its minimum, and among all ways to do that
 * the one with the dearest units is taken, because a percentage on them saves the shopper most.
 *
 * Units and slot places form a bipartite graph, and a set of units that can be placed at once is independent in its
 * transversal matroid (Edmonds and Fulkerson, 1965): taking units dearest first, each with an augmenting path, gives a set
 * of largest value. By Mendelsohn and Dulmage (1958) that set can be placed so that every minimum is met wherever any
 * placing meets it; paths that move units towards short slots find that placing.
 */
import type { Minor } from "../catalogue/money.ts";
import type { BundleSlot } from "./bundle.ts";
import { checkSlots } from "./check-bundle.ts";

/** A line that slots are filled from. */
export interface SlotLine {
  readonly productId: string;
  readonly quantity: number;
  readonly unitPrice: Minor;
}

/** Units of a line that stand in a slot. */
export interface SlotUnits {
  readonly slot: string;
  /** Place in the lines that were given. */
  readonly line: number;
  readonly productId: string;
  readonly quantity: number;
}

/** How slots were filled. */
export interface SlotFilling {
  /** Whether every slot has its minimum. */
  readonly isComplete: boolean;
  /** By slot, then by line. */
  readonly units: readonly SlotUnits[];
  /** Slots that are short, and by how many units. */
  readonly missing: readonly { readonly slot: string; readonly quantity: number }[];
}

/** Slot places being filled. */
interface Placing {
  readonly slots: readonly BundleSlot[];
  readonly lines: readonly SlotLine[];
  /** Slots that each line may stand in. */
  readonly slotsOfLine: readonly (readonly number[])[];
  /** Units by [slot][line]. */
  readonly placed: readonly Uint32Array[];
  readonly filled: Uint32Array;
}

/**
 * Fills each slot once. One set of slots is one bundle; what no slot takes is left over.
 * @param lines ids, whole quantities and unit prices in minor units of one currency
 * @throws InvalidInput when the slots contradict themselves
 * @example
 * fillSlots([{ id: "tea", choices: ["green", "black"], minimum: 2, maximum: 2 }], cart).isComplete;
 */
export function fillSlots(slots: readonly BundleSlot[], lines: readonly SlotLine[]): SlotFilling {
  checkSlots(slots, "slots");
  const placing: Placing = {
    slots,
    lines,
    slotsOfLine: lines.map(({ productId }) =>
      slots.flatMap((slot, s) => (slot.choices.includes(productId) ? [s] : [])),
    ),
    placed: slots.map(() => new Uint32Array(lines.length)),
    filled: new Uint32Array(slots.length),
  };
  const byPrice = lines.map((_, line) => line).sort((a, b) => lines[b].unitPrice - lines[a].unitPrice || a - b);
  for (const line of byPrice) placeUnits(placing, line);
  for (const slot of slots.keys()) while (placing.filled[slot] < slots[slot].minimum && moveTowards(placing, slot));
  return describe(placing);
}

/** As many units of a line as find a place, others being moved aside where that makes one. */
function placeUnits(placing: Placing, line: number): void {
  for (let left = placing.lines[line].quantity; left > 0;) {
    const placed = placeSome(placing, line, left);
    if (placed === 0) return;
    left -= placed;
  }
}

/** @returns how many found a place along one path */
function placeSome(placing: Placing, line: number, wanted: number): number {
  const seen = new Set<number>();
  for (const slot of placing.slotsOfLine[line]) {
    const room = seen.has(slot) ? 0 : makeRoom(placing, slot, wanted, seen);
    if (room === 0) continue;
    put(placing, slot, line, room);
    return room;
  }
  return 0;
}

/** Frees places in a slot that is full by moving units of one line to another slot. @returns how many are free, at most `wanted` */
function makeRoom(placing: Placing, slot: number, wanted: number, seen: Set<number>): number {
  const free = placing.slots[slot].maximum - placing.filled[slot];
  if (free > 0) return Math.min(free, wanted);
  seen.add(slot);
  for (const line of placing.lines.keys()) {
    const movable = Math.min(wanted, placing.placed[slot][line]);
    if (movable === 0) continue;
    for (const other of placing.slotsOfLine[line]) {
      const room = seen.has(other) ? 0 : makeRoom(placing, other, movable, seen);
      if (room === 0) continue;
      put(placing, slot, line, -room);
      put(placing, other, line, room);
      return room;
    }
  }
  return 0;
}

/**
 * One more unit into a slot that is short, from a slot that can spare one, over any number of slots between: breadth
 * first, so that as few units as possible move.
 */
function moveTowards(placing: Placing, short: number): boolean {
  const next = new Map<number, { readonly slot: number; readonly line: number }>();
  const queue = [short];
  for (const slot of queue) {
    for (const [line, slots] of placing.slotsOfLine.entries()) {
      if (!slots.includes(slot)) continue;
      for (const from of slots) {
        if (from === short || next.has(from) || placing.placed[from][line] === 0) continue;
        next.set(from, { slot, line });
        queue.push(from);
        if (placing.filled[from] > placing.slots[from].minimum) return follow(placing, from, short, next);
      }
    }
  }
  return false;
}

function follow(
  placing: Placing,
  from: number,
  short: number,
  next: ReadonlyMap<number, { readonly slot: number; readonly line: number }>,
): boolean {
  for (let slot = from; slot !== short;) {
    const step = next.get(slot);
    if (!step) return false;
    put(placing, slot, step.line, -1);
    put(placing, step.slot, step.line, 1);
    slot = step.slot;
  }
  return true;
}

/** @param units below zero to take them away */
function put({ placed, filled }: Placing, slot: number, line: number, units: number): void {
  placed[slot][line] += units;
  filled[slot] += units;
}

function describe({ slots, lines, placed, filled }: Placing): SlotFilling {
  const missing = slots.flatMap(({ id, minimum }, slot) =>
    filled[slot] < minimum ? [{ slot: id, quantity: minimum - filled[slot] }] : [],
  );
  const units = slots.flatMap(({ id }, slot) =>
    lines.flatMap(({ productId }, line) =>
      placed[slot][line] > 0 ? [{ slot: id, line, productId, quantity: placed[slot][line] }] : [],
    ),
  );
  return { isComplete: missing.length === 0, units, missing };
}

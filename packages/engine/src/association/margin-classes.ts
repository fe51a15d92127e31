/**
 * Products that sell equally often, and baskets of equal size, are one to a null model that knows nothing else of
 * them. This file groups them, and settles the cells that leave no choice before anything is fitted.
 */

/** Rows or columns of a matrix grouped by how many cells they hold. */
export interface MarginClasses {
  /** Cells in each member of a class; distinct, ascending. */
  readonly margins: Uint32Array;
  /** How many rows or columns each class has. */
  readonly members: Uint32Array;
}

/** Classes, and which one each row or column is of. */
export interface ClassifiedMargins extends MarginClasses {
  readonly classOf: Uint32Array;
}

/** What the null model keeps of the baskets. */
export interface BasketMargins {
  /** Baskets with each product of the catalogue. */
  readonly productBaskets: Uint32Array;
  /** Baskets of each size, from 0 to the largest. Skipped baskets count as empty. */
  readonly basketsOfSize: Uint32Array;
}

/** @param margins cells of each row or column */
export function classesByMargin(margins: Uint32Array): ClassifiedMargins {
  const tally = tallyOf(margins);
  const classes = classesOfTally(tally);
  const classOfMargin = new Uint32Array(tally.length);
  for (const [index, margin] of classes.margins.entries()) classOfMargin[margin] = index;
  return { ...classes, classOf: margins.map((margin) => classOfMargin[margin]) };
}

/** How many rows or columns have each number of cells, from 0 to the most there is. */
export function tallyOf(margins: Uint32Array): Uint32Array {
  const largest = margins.reduce((most, margin) => Math.max(most, margin), 0);
  const membersOf = new Uint32Array(largest + 1);
  for (const margin of margins) membersOf[margin]++;
  return membersOf;
}

/** @param membersOf how many rows or columns have each number of cells */
export function classesOfTally(membersOf: Uint32Array): MarginClasses {
  const margins = Uint32Array.from(membersOf.keys()).filter((margin) => membersOf[margin] > 0);
  return { margins, members: margins.map((margin) => membersOf[margin]) };
}

/** Classes of one side whose cells still have a choice. */
export interface OpenClasses {
  readonly classes: Uint32Array;
  /** Cells each member still has to place in open classes of the other side. */
  readonly margins: Float64Array;
  readonly members: Float64Array;
}

/**
 * Fills in what the margins force: a product in every basket is certain in each, an empty basket holds nothing. Both
 * shrink the problem for the others, so that settling goes on until nothing is forced. A fit would need infinite
 * weights there: a gift wrap added to every order must not upset it.
 * @param table row classes x column classes, zeros; certain cells become 1
 */
export function settleCertainties(
  rows: MarginClasses,
  columns: MarginClasses,
  table: Float64Array,
): { rows: OpenClasses; columns: OpenClasses } {
  const width = columns.margins.length;
  const rowSide = sideOf(rows);
  const columnSide = sideOf(columns);
  let settled = true;
  while (settled) {
    const settledRows = settle(rowSide, columnSide, (row, column) => (table[row * width + column] = 1));
    const settledColumns = settle(columnSide, rowSide, (column, row) => (table[row * width + column] = 1));
    settled = settledRows || settledColumns;
  }
  return { rows: openClasses(rowSide), columns: openClasses(columnSide) };
}

interface Side {
  readonly members: Uint32Array;
  readonly remaining: Float64Array;
  readonly isOpen: Uint8Array;
}

function sideOf({ margins, members }: MarginClasses): Side {
  return { members, remaining: Float64Array.from(margins), isOpen: new Uint8Array(margins.length).fill(1) };
}

/** Closes the classes of `side` that hold all or nothing of what is open in `other`. */
function settle(side: Side, other: Side, markCertain: (index: number, otherIndex: number) => void): boolean {
  let room = 0;
  for (const [k, members] of other.members.entries()) if (other.isOpen[k]) room += members;

  let settled = false;
  for (const [c, members] of side.members.entries()) {
    if (!side.isOpen[c] || (side.remaining[c] > 0 && side.remaining[c] < room)) continue;
    side.isOpen[c] = 0;
    settled = true;
    if (side.remaining[c] === 0) continue;
    for (let k = 0; k < other.members.length; k++) {
      if (!other.isOpen[k]) continue;
      markCertain(c, k);
      other.remaining[k] -= members;
    }
  }
  return settled;
}

function openClasses({ members, remaining, isOpen }: Side): OpenClasses {
  const classes = Uint32Array.from(members.keys()).filter((c) => isOpen[c] === 1);
  return {
    classes,
    margins: Float64Array.from(classes, (c) => remaining[c]),
    members: Float64Array.from(classes, (c) => members[c]),
  };
}

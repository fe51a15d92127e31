/**
 * Association rules with one product on the right: who buys these buys that, too.
 * Agrawal, Imielinski and Swami, "Mining association rules between sets of items in large databases", SIGMOD 1993.
 *
 * Rules describe; a high lift of few baskets is no evidence. What is shown to customers comes from `affinity.ts`.
 */
import { InvalidOption, requireNumber } from "../errors.ts";
import { pieceSize, type InPieces } from "../matrix/pieces.ts";
import type { Incidence } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { rowsByLength, rowsWithoutInPieces } from "./itemset-index.ts";
import type { Itemsets } from "./itemsets.ts";
import { measurePair, type PairMeasures } from "./measures.ts";

/** Which rules are kept. */
export interface RuleOptions extends TrainingControls {
  /** Share of the baskets with the left side that hold the right one, in [0, 1]. */
  readonly minimumConfidence?: number;
  /** Zero or more; 1 keeps what is met together at least as often as chance would have it. */
  readonly minimumLift?: number;
  /**
   * Whether rules stay that say nothing new: some part of their left side, or none of it at all, foretells the right
   * side at least as surely. Bayardo, Agrawal and Gunopulos, "Constraint-based rule mining in large, dense
   * databases", DMKD 4, 2000.
   */
  readonly redundant?: "keep" | "drop";
}

/** Rules as columns, highest lift first; of equal lifts the one in more baskets, then that of the earlier itemset. */
export interface Rules {
  /** Rules x products: the left sides, ascending. */
  readonly antecedents: Incidence;
  /** The product on the right. */
  readonly consequent: Uint32Array;
  /** Baskets with both sides. */
  readonly count: Uint32Array;
  /** Baskets with the left side. */
  readonly antecedentCount: Uint32Array;
  /** Baskets with the right side. */
  readonly consequentCount: Uint32Array;
  /** All baskets. */
  readonly basketCount: number;
}

/**
 * Memory beside the result: 16 bytes a product of an itemset.
 * @param itemsets all frequent ones: rules need the counts of their parts
 * @throws InvalidOption when only closed or maximal itemsets are given, and on wrong options
 * @example
 * const itemsets = await findItemsets(baskets, { minimumSupport: 0.001 });
 * const rules = await findRules(itemsets, { minimumConfidence: 0.5, redundant: "drop" });
 * console.log(rowOf(rules.antecedents, 0), rules.consequent[0], measureRule(rules, 0).lift);
 */
export async function findRules(
  itemsets: Itemsets,
  { minimumConfidence = 0.5, minimumLift = 0, redundant = "keep", ...controls }: RuleOptions = {},
): Promise<Rules> {
  if (itemsets.kind !== "all") throw new InvalidOption("itemsets.kind", itemsets.kind, '"all"');
  requireNumber("minimumConfidence", minimumConfidence, 0, 1);
  requireNumber("minimumLift", minimumLift, 0);
  if (redundant !== "keep" && redundant !== "drop") {
    throw new InvalidOption("redundant", redundant, '"keep" or "drop"');
  }
  const { sets, count, basketCount } = itemsets;
  const pace = createPacer("finding rules", sets.rows, controls);
  const without = await pace.through(rowsWithoutInPieces(sets), 0);
  const bestOfParts = redundant === "drop" ? await pace.through(bestOfPartsInPieces(itemsets, without), 0) : undefined;
  const productCount = productCounts(itemsets);

  const cells: RuleCells = { set: [], cell: [], lift: [] };
  for (let set = 0; set < sets.rows; set++) {
    if ((set & 1023) === 0 && pace.isDue()) await pace.rest(set);
    for (let cell = sets.offsets[set]; cell < sets.offsets[set + 1] && lengthOf(sets, set) > 1; cell++) {
      const confidence = count[set] / count[without[cell]];
      const lift = (count[set] * basketCount) / (count[without[cell]] * productCount[sets.indices[cell]]);
      if (confidence < minimumConfidence || lift < minimumLift) continue;
      if (bestOfParts && bestOfParts[cell] >= confidence) continue;
      cells.set.push(set);
      cells.cell.push(cell);
      cells.lift.push(lift);
    }
  }
  pace.finish();
  return rulesOf(itemsets, cells, without, productCount);
}

/**
 * @param rule place among the rules
 * @returns all classical measures of the rule, left side as A and right side as B
 * @throws InvalidOption when there is no such rule
 * @example
 * const { confidence, lift, conviction } = measureRule(rules, 0);
 */
export function measureRule(rules: Rules, rule: number): PairMeasures {
  if (!(rule in rules.count)) throw new InvalidOption("rule", rule, `a rule below ${rules.count.length}`);
  return measurePair({
    baskets: rules.basketCount,
    left: rules.antecedentCount[rule],
    right: rules.consequentCount[rule],
    joint: rules.count[rule],
  });
}

/** Rules as they are found: an itemset, and the cell of it that goes to the right. */
interface RuleCells {
  readonly set: number[];
  readonly cell: number[];
  readonly lift: number[];
}

function rulesOf(
  { sets, count, basketCount }: Itemsets,
  { set, cell, lift }: RuleCells,
  without: Uint32Array,
  productCount: Uint32Array,
): Rules {
  const ranked = Uint32Array.from(set.keys()).sort(
    (one, other) => lift[other] - lift[one] || count[set[other]] - count[set[one]] || one - other,
  );
  const offsets = new Uint32Array(ranked.length + 1);
  for (const [place, rule] of ranked.entries()) offsets[place + 1] = offsets[place] + lengthOf(sets, set[rule]) - 1;
  const indices = new Uint32Array(offsets[ranked.length]);
  for (const [place, rule] of ranked.entries()) {
    const row = without[cell[rule]];
    indices.set(sets.indices.subarray(sets.offsets[row], sets.offsets[row + 1]), offsets[place]);
  }
  const consequent = ranked.map((rule) => sets.indices[cell[rule]]);
  return {
    antecedents: { rows: ranked.length, columns: sets.columns, offsets, indices },
    consequent,
    count: ranked.map((rule) => count[set[rule]]),
    antecedentCount: ranked.map((rule) => count[without[cell[rule]]]),
    consequentCount: consequent.map((product) => productCount[product]),
    basketCount,
  };
}

/** Baskets with each product; zero for those that are not frequent. */
function productCounts({ sets, count }: Itemsets): Uint32Array {
  const counts = new Uint32Array(sets.columns);
  for (let set = 0; set < sets.rows; set++) {
    if (lengthOf(sets, set) === 1) counts[sets.indices[sets.offsets[set]]] = count[set];
  }
  return counts;
}

/**
 * For each cell of the itemsets, how surely the rest of its set foretells its product when some of that rest, or all,
 * is left out: the most of it. From short sets to long ones, each looking at those one shorter.
 */
function* bestOfPartsInPieces({ sets, count, basketCount }: Itemsets, without: Uint32Array): InPieces<Float64Array> {
  const { offsets } = sets;
  const bestOfParts = new Float64Array(without.length);
  const best = new Float64Array(without.length);
  let worked = 0;
  for (const set of rowsByLength(sets)) {
    const length = lengthOf(sets, set);
    for (let place = 0; place < length; place++) {
      const cell = offsets[set] + place;
      for (let other = 0; other < length; other++) {
        if (other === place) continue;
        // The same product one place earlier, if what was left out stood before it.
        const part = offsets[without[offsets[set] + other]] + place - (other < place ? 1 : 0);
        bestOfParts[cell] = Math.max(bestOfParts[cell], best[part]);
      }
      const whole = length === 1 ? basketCount : count[without[cell]];
      best[cell] = Math.max(bestOfParts[cell], count[set] / whole);
    }
    worked += length * length;
    if (worked < pieceSize) continue;
    worked = 0;
    yield;
  }
  return bestOfParts;
}

function lengthOf({ offsets }: Incidence, row: number): number {
  return offsets[row + 1] - offsets[row];
}

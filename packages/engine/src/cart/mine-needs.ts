/**
 * Needs, mined from orders: a product whose buyers go on to get another one with it or soon after, and not the other way
 * round, as a printer and its cartridges. For each pair (product, companion):
 *
 * - confidence: of the customers who bought the product for the first time and did not have the companion, the share that
 *   bought the companion in the same order or within `days`;
 * - it must exceed the share of all customers who ever bought the companion, by more than chance (binomial tail, false
 *   discovery rate over all pairs) and by an effect worth acting on (`minimumLift`);
 * - direction: the lower end of its interval is `asymmetry` times the upper end of the reverse confidence's. Things that
 *   belong to one collection are bought together both ways: they are affinities, not needs.
 *
 * The comparison with all customers at all times is strict towards bestsellers. It does not know how much a customer buys
 * in general; `minimumLift` leaves room for that.
 */
import { requireInteger, requireNumber } from "../errors.ts";
import { Accumulator } from "../matrix/accumulator.ts";
import { columnSizes, transposeInPieces, type SparseMatrix } from "../matrix/sparse.ts";
import { createPacer, type TrainingControls } from "../models/training.ts";
import { benjaminiHochbergLog, regularisedBeta, wilsonInterval } from "../statistics/index.ts";
import { firstPurchasesInPieces, type PurchaseView } from "./first-purchases.ts";

const day = 86_400_000;

/** When one product counts as needing another. */
export interface MineNeedsOptions {
  /** How soon the companion has to follow. */
  readonly days?: number;
  /** Fewest customers who bought the product, and whose time is over. */
  readonly minimumBuyers?: number;
  /** Least share of them that gets the companion, at the lower end of the interval. */
  readonly minimumConfidence?: number;
  /** How many times the companion's share among all customers, at the lower end of the interval. */
  readonly minimumLift?: number;
  /** How many times the confidence of the other direction, ends of the intervals that are nearest compared. */
  readonly asymmetry?: number;
  /** Share of false discoveries that is accepted. */
  readonly level?: number;
  /** Coverage of the intervals. */
  readonly coverage?: number;
  /** Customers with more products are left out: they buy for others. */
  readonly maximumProducts?: number;
}

/** One product needs another. Catalogue indices; private figures. */
export interface MinedNeed {
  readonly product: number;
  readonly companion: number;
  /** Share of first buyers without the companion who soon get it, with its interval. */
  readonly confidence: number;
  readonly lower: number;
  readonly upper: number;
  /** The same with product and companion swapped. */
  readonly reverse: number;
  /** confidence over the companion's share among all customers. */
  readonly lift: number;
  /** Customers who did, out of `buyers`. */
  readonly count: number;
  readonly buyers: number;
  readonly qValue: number;
}

/**
 * O(sum over customers of (distinct products)^2), memory 12 bytes a purchase.
 * @returns by product, most confident first
 * @throws InvalidOption on settings out of range
 * @example
 * const needs = await mineNeeds(view, { days: 30 });
 * completenessOf(cart, { catalogue, market }, { mined: needs });
 */
export async function mineNeeds(
  view: PurchaseView,
  {
    days = 30,
    minimumBuyers = 20,
    minimumConfidence = 0.15,
    minimumLift = 2,
    asymmetry = 2,
    level = 0.05,
    coverage = 0.95,
    maximumProducts = 200,
    ...controls
  }: MineNeedsOptions & TrainingControls = {},
): Promise<MinedNeed[]> {
  requireNumber("days", days, 0);
  requireInteger("minimumBuyers", minimumBuyers, 1);
  requireNumber("minimumConfidence", minimumConfidence, 0, 1);
  requireNumber("minimumLift", minimumLift, 0);
  requireNumber("asymmetry", asymmetry, 1);
  requireNumber("level", level, 0, 1);
  requireNumber("coverage", coverage, 0.5, 0.9999);
  requireInteger("maximumProducts", maximumProducts, 2);
  const window: Window = { length: days * day, until: view.until };
  const pace = createPacer("mining needs", view.productCount, controls);
  const firsts = await pace.through(firstPurchasesInPieces(view, maximumProducts), 0);
  const buyersOf = await pace.through(transposeInPieces(firsts), 0);
  const counts = columnSizes(firsts);
  const customers = firsts.offsets.filter((offset, row) => row > 0 && offset > firsts.offsets[row - 1]).length;
  const isCommon = (product: number): boolean => counts[product] >= minimumBuyers;

  const candidates: Candidate[] = [];
  const followers = new Followers(view.productCount);
  for (let product = 0; product < view.productCount; product++) {
    if (pace.isDue()) await pace.rest(product);
    if (isCommon(product)) {
      candidates.push(...followers.of(product, { firsts, buyersOf, window, minimumBuyers, minimumConfidence }));
    }
  }
  const share = (companion: number): number => counts[companion] / customers;
  const sold = counts.filter((count) => count > 0).length;
  const { rejected, qValues } = benjaminiHochbergLog(
    candidates.map(({ companion, count, buyers }) =>
      Math.min(0, Math.log(regularisedBeta(share(companion), count, buyers - count + 1))),
    ),
    {
      level,
      familySize: Math.max(candidates.length, counts.filter((_, product) => isCommon(product)).length * (sold - 1)),
    },
  );
  const needs = candidates.flatMap((candidate, place): MinedNeed[] => {
    const { product, companion, count, buyers } = candidate;
    const confidence = count / buyers;
    const { lower, upper } = wilsonInterval(count, buyers, coverage);
    const isStrong = lower >= minimumConfidence && lower >= minimumLift * share(companion);
    if (rejected[place] === 0 || !isStrong) return [];
    const back = countFollowing(buyersOf, companion, product, window);
    const reverse = back.buyers > 0 ? back.count / back.buyers : 0;
    if (back.buyers > 0 && lower <= asymmetry * wilsonInterval(back.count, back.buyers, coverage).upper) return [];
    const qValue = Math.exp(qValues[place]);
    return [{ ...candidate, confidence, lower, upper, reverse, lift: confidence / share(companion), qValue }];
  });
  pace.finish();
  return needs.toSorted((a, b) => a.product - b.product || b.lower - a.lower || a.companion - b.companion);
}

/** Milliseconds that count as soon, and the end of the data. */
interface Window {
  readonly length: number;
  readonly until: number;
}

interface Candidate {
  readonly product: number;
  readonly companion: number;
  readonly count: number;
  readonly buyers: number;
}

interface FollowerQuestion {
  readonly firsts: SparseMatrix;
  readonly buyersOf: SparseMatrix;
  readonly window: Window;
  readonly minimumBuyers: number;
  readonly minimumConfidence: number;
}

/** What the buyers of one product got soon after, and what they had before. */
class Followers {
  readonly #soon: Accumulator;
  readonly #before: Accumulator;

  constructor(productCount: number) {
    this.#soon = new Accumulator(productCount);
    this.#before = new Accumulator(productCount);
  }

  /** The companions that enough of them got; weaker ones could never count as needed. */
  of(product: number, { firsts, buyersOf, window, minimumBuyers, minimumConfidence }: FollowerQuestion): Candidate[] {
    let watched = 0;
    for (let place = buyersOf.offsets[product]; place < buyersOf.offsets[product + 1]; place++) {
      const at = buyersOf.values[place];
      if (at + window.length >= window.until) continue;
      watched++;
      const customer = buyersOf.indices[place];
      for (let other = firsts.offsets[customer]; other < firsts.offsets[customer + 1]; other++) {
        if (firsts.values[other] < at) this.#before.add(firsts.indices[other], 1);
        else if (firsts.values[other] <= at + window.length) this.#soon.add(firsts.indices[other], 1);
      }
    }
    const found: Candidate[] = [];
    for (const companion of this.#soon.touched) {
      const count = this.#soon.values[companion];
      const buyers = watched - this.#before.values[companion];
      if (companion === product || buyers < minimumBuyers || count < minimumConfidence * buyers) continue;
      found.push({ product, companion, count, buyers });
    }
    this.#soon.clear();
    this.#before.clear();
    return found;
  }
}

/** The same count for one pair, by walking along both lists of buyers. */
function countFollowing(
  { offsets, indices, values }: SparseMatrix,
  product: number,
  companion: number,
  { length, until }: Window,
): { count: number; buyers: number } {
  let count = 0;
  let buyers = 0;
  let other = offsets[companion];
  for (let place = offsets[product]; place < offsets[product + 1]; place++) {
    if (values[place] + length >= until) continue;
    while (other < offsets[companion + 1] && indices[other] < indices[place]) other++;
    const hasBoth = other < offsets[companion + 1] && indices[other] === indices[place];
    if (hasBoth && values[other] < values[place]) continue;
    buyers++;
    if (hasBoth && values[other] <= values[place] + length) count++;
  }
  return { count, buyers };
}

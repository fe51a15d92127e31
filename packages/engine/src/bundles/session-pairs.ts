/**
 * What is known of two products in one session: how often people put products of their kinds into one bundle, how alike
 * their titles are, how near they stand in the tree of categories. Rates are looked up from the general to the particular,
 * each drawn towards the one before by a few pairs' worth, so that a pair of categories met once does not decide.
 */

/** What a product is called and where it stands. */
export interface BundleItem {
  /** Category paths, from the root down; the first is the main one. */
  readonly categories: readonly (readonly string[])[];
  readonly title: string;
}

/** Pairs of products with something in common, and how many of them were in one bundle. */
export interface PairTally {
  together: number;
  pairs: number;
}

/** Tallies by kind of pair. */
export type PairTallies = Map<string, PairTally>;

/** How many features there are. */
export const featureCount = 6;

/** Levels of the main category at which pairs are counted; the last is the whole path. */
const levels = [1, 2, 3, 9];

/** Pairs that the more general rate counts for. */
const weightOfGeneral = 4;

/** What the features of a pair are computed from. */
export interface PairKnowledge {
  readonly items: readonly BundleItem[];
  /** Words of each product's title, each once. */
  readonly words: readonly (readonly string[])[];
  /** In how many of the products of the training part a word stands. */
  readonly rarity: (word: string) => number;
  readonly tallies: PairTallies;
}

/**
 * @param items products by index
 * @param seen products of the training part
 * @example
 * const knowledge = createKnowledge(items, [0, 1, 2]);
 */
export function createKnowledge(items: readonly BundleItem[], seen: readonly number[]): PairKnowledge {
  const words = items.map(({ title }) => [...new Set(title.toLowerCase().match(/[a-z]{2,}|\d+/g))]);
  const holding = new Map<string, number>();
  for (const item of seen) for (const word of words[item]) holding.set(word, (holding.get(word) ?? 0) + 1);
  const rarity = (word: string): number => Math.log((seen.length + 1) / ((holding.get(word) ?? 0) + 0.5));
  return { items, words, rarity, tallies: new Map() };
}

/**
 * Counts a pair of which it is known whether people put it into one bundle.
 * @example
 * tallyPair(knowledge, knowledge.tallies, 3, 8, true);
 */
export function tallyPair(
  knowledge: PairKnowledge,
  tallies: PairTallies,
  a: number,
  b: number,
  isTogether: boolean,
): void {
  for (const key of ["", ...categoryKeys(knowledge, a, b), ...sharedWords(knowledge, a, b)]) {
    const tally = tallies.get(key) ?? { together: 0, pairs: 0 };
    tally.together += Number(isTogether);
    tally.pairs++;
    tallies.set(key, tally);
  }
}

/**
 * @param own tallies of the session itself, taken off while the model is fitted, so that no pair explains itself
 * @param sessionSize distinct products of the session
 * @returns `featureCount` figures
 * @example
 * pairFeatures(knowledge, 3, 8, 6, new Map());
 */
export function pairFeatures(
  knowledge: PairKnowledge,
  a: number,
  b: number,
  sessionSize: number,
  own: PairTallies,
): number[] {
  const tallyOf = (key: string): PairTally => {
    const { together = 0, pairs = 0 } = knowledge.tallies.get(key) ?? {};
    const off = own.get(key);
    return { together: together - (off?.together ?? 0), pairs: pairs - (off?.pairs ?? 0) };
  };
  const all = tallyOf("");
  let rate = (all.together + 0.5) / (all.pairs + 1);
  for (const key of categoryKeys(knowledge, a, b)) rate = narrowed(rate, tallyOf(key));
  const general = logOdds(rate);
  let byWords = 0;
  for (const key of sharedWords(knowledge, a, b)) byWords += logOdds(narrowed(rate, tallyOf(key))) - general;
  const { depth, share } = commonPath(knowledge.items[a].categories, knowledge.items[b].categories);
  return [general, titleLikeness(knowledge, a, b), share, depth, Math.log(sessionSize), byWords];
}

function narrowed(rate: number, { together, pairs }: PairTally): number {
  return (together + weightOfGeneral * rate) / (pairs + weightOfGeneral);
}

/** The pair of main categories, cut at each level; the same for (a, b) and (b, a). */
function categoryKeys({ items }: PairKnowledge, a: number, b: number): string[] {
  return levels.map((level) => {
    const cut = (item: number): string => (items[item].categories[0] ?? []).slice(0, level).join("/");
    return `${level}|${[cut(a), cut(b)].sort().join("|")}`;
  });
}

function sharedWords({ words }: PairKnowledge, a: number, b: number): string[] {
  const other = new Set(words[b]);
  return words[a].filter((word) => other.has(word)).map((word) => `word|${word}`);
}

/** Cosine of the titles, words weighed by their rarity. */
function titleLikeness({ words, rarity }: PairKnowledge, a: number, b: number): number {
  const other = new Set(words[b]);
  const squares = (own: readonly string[]): number => own.reduce((sum, word) => sum + rarity(word) ** 2, 0);
  const shared = squares(words[a].filter((word) => other.has(word)));
  return shared === 0 ? 0 : shared / Math.sqrt(squares(words[a]) * squares(words[b]));
}

/** The longest common beginning of two paths, in steps and as a share of the longer path. */
function commonPath(
  one: readonly (readonly string[])[],
  other: readonly (readonly string[])[],
): { depth: number; share: number } {
  let depth = 0;
  let share = 0;
  for (const a of one) {
    for (const b of other) {
      let common = 0;
      while (common < Math.min(a.length, b.length) && a[common] === b[common]) common++;
      depth = Math.max(depth, common);
      share = Math.max(share, common / Math.max(a.length, b.length, 1));
    }
  }
  return { depth, share };
}

function logOdds(rate: number): number {
  return Math.log(rate / (1 - rate));
}

/** The baseline: bundles of a session by frequent itemsets, as in the pattern mining of BundleRec. */
import { findItemsets } from "@basketlift/engine/association";
import type { BundledSession } from "@basketlift/engine/bundles";
import { createIdentifiers } from "@basketlift/engine/catalogue";
import { incidence, rowOf } from "@basketlift/engine/matrix";

type Proposals = readonly (readonly number[])[];
type Propose = (session: BundledSession) => Proposals;

/** Baskets that must hold an itemset. */
const counts = [1, 2, 3, 5];

/** The largest itemset that is mined, as in the paper. */
const largest = 5;

/** One way to use itemsets. */
interface Setting {
  /** What is mined: what was looked at together, or what people put together. */
  readonly from: "sessions" | "bundles";
  readonly count: number;
  /** Which of the itemsets found in a session are proposed. */
  readonly kind: "every" | "maximal";
}

/**
 * Tries every setting on the training part, takes the best one, and mines again with all that is known.
 * @param labelOf what itemsets are made of: the product itself or its category; undefined has none
 * @param worth how good proposals are, on the validation part
 */
export async function proposeByItemsets(
  training: readonly BundledSession[],
  known: readonly BundledSession[],
  labelOf: (item: number) => string | undefined,
  worth: (propose: Propose) => number,
): Promise<{ propose: Propose; settings: string }> {
  let best: { setting: Setting; value: number } | undefined;
  for (const from of ["sessions", "bundles"] as const) {
    for (const count of counts) {
      const itemsets = await mine(training, from, count, labelOf);
      for (const kind of ["every", "maximal"] as const) {
        const value = worth(proposing(itemsets, kind, labelOf));
        if (!best || value > best.value) best = { setting: { from, count, kind }, value };
      }
    }
  }
  const { from, count, kind } = best?.setting ?? { from: "sessions", count: 1, kind: "every" };
  return {
    propose: proposing(await mine(known, from, count, labelOf), kind, labelOf),
    settings: `of the ${from}, in at least ${count} of them, ${kind}`,
  };
}

/** Itemsets of at least two labels, each as its labels. */
async function mine(
  sessions: readonly BundledSession[],
  from: Setting["from"],
  count: number,
  labelOf: (item: number) => string | undefined,
): Promise<string[][]> {
  const baskets = from === "sessions" ? sessions.map(({ items }) => items) : sessions.flatMap(({ bundles }) => bundles);
  const labels = createIdentifiers();
  const cells = baskets.flatMap((items, row) => {
    const own = new Set(items.map(labelOf).filter((label) => label !== undefined));
    return [...own].map((label) => ({ row, column: labels.intern(label) }));
  });
  const { sets } = await findItemsets(
    incidence({
      rows: baskets.length,
      columns: labels.size,
      row: cells.map(({ row }) => row),
      column: cells.map(({ column }) => column),
    }),
    { minimumSupport: (count - 0.5) / new Set(cells.map(({ row }) => row)).size, maximumLength: largest },
  );
  return Array.from({ length: sets.rows }, (_, set) =>
    Array.from(rowOf(sets, set), (label) => labels.idOf(label)),
  ).filter((set) => set.length > 1);
}

/** An itemset that a session holds proposes the session's products with its labels. */
function proposing(
  itemsets: readonly (readonly string[])[],
  kind: Setting["kind"],
  labelOf: (item: number) => string | undefined,
): Propose {
  const byFirst = new Map<string, (readonly string[])[]>();
  for (const set of itemsets) byFirst.set(set[0], [...(byFirst.get(set[0]) ?? []), set]);
  return ({ items }) => {
    const labels = new Map<string, number[]>();
    for (const item of items) {
      const label = labelOf(item);
      if (label !== undefined) labels.set(label, [...(labels.get(label) ?? []), item]);
    }
    const held = [...labels.keys()]
      .flatMap((label) => byFirst.get(label) ?? [])
      .filter((set) => set.every((label) => labels.has(label)));
    const proposals = held.map((set) => new Set(set.flatMap((label) => labels.get(label) ?? [])));
    const kept =
      kind === "every"
        ? proposals
        : proposals.filter(
            (one) => !proposals.some((other) => other.size > one.size && [...one].every((item) => other.has(item))),
          );
    return kept.map((proposal) => [...proposal]);
  };
}

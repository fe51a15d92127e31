/**
 * Why a product is there, in the merchant's words: the same evidence that `explain.ts` puts into the shopper's, with all
 * figures. English, like the shopper's wording; figures are written the same way on every machine.
 */
import type { ItemExplanation } from "./explain.ts";
import type { ScoredPool } from "./scored-pool.ts";

/** What else is known of a place in the answer. */
export interface PlaceFigures {
  /** Title of the shopper's product that speaks for the item. */
  readonly because?: string | undefined;
  /** Chance of this product here, given those before it. */
  readonly propensity: number;
  /** What bent the score, by name; see `score.ts`. */
  readonly factors?: Readonly<Partial<Record<keyof NonNullable<ScoredPool["factors"]>, number>>> | undefined;
}

/**
 * @returns sentences, the most telling first
 * @example
 * merchantWords(item, { because: "Mug", propensity: 1 });
 * // ["Bought together with Mug in 42 baskets, where chance alone would bring 12.3: ...", ...]
 */
export function merchantWords(
  { source, evidence }: ItemExplanation,
  { because, propensity, factors = {} }: PlaceFigures,
): string[] {
  const sentences = [
    source === "catalogue" ? "Nothing speaks for it: it fills a place that was left" : ground(source, because),
  ];
  if (evidence.figures) sentences.push(...figureWords(evidence.figures));
  if (evidence.signals.length > 0)
    sentences.push(
      `Score: ${evidence.signals.map(({ source: name, share }) => `${percent(share)} ${sourceWords[name] ?? name}`).join(", ")}`,
    );
  const voices = evidence.voices?.filter(({ share }) => share > 0) ?? [];
  if (voices.length > 0)
    sentences.push(
      `Of ${sourceWords[source] ?? source}: ${voices.map(({ voice, share }) => `${percent(share)} ${voiceWords[voice] ?? voice}`).join(", ")}`,
    );
  sentences.push(...factorWords(factors));
  if (propensity < 1)
    sentences.push(`Drawn: ${percent(propensity)} chance of standing here after what stands before it`);
  return sentences;
}

const sourceWords: Readonly<Record<string, string>> = {
  "personal-ranker": "what this customer buys",
  "session-ranker": "what this visit looks at",
  "bought-together": "bought together",
  "item-neighbours": "bought by the same customers",
  session: "seen in the same visits",
  similar: "described alike",
  trending: "sales that grow",
  "new-arrivals": "new in the shop",
  popularity: "bestsellers",
};

/** The kinds that rankers gather their signals into. */
const voiceWords: Readonly<Record<string, string>> = {
  "same-customers": "bought by the same customers",
  "bought-next": "bought next",
  alike: "described alike",
  habit: "this customer's habit",
  "seen-next": "seen next",
  "like-visits": "seen in visits like this",
  revisit: "looked at before",
  demand: "demand in the whole shop",
};

function ground(source: string, because: string | undefined): string {
  const words = sourceWords[source] ?? source;
  return because === undefined ? `Here because of ${words}` : `Here because of ${words}, with ${because}`;
}

function figureWords({
  count,
  expected,
  lift,
  liftLower,
  qValue,
}: Readonly<Record<string, number | undefined>>): string[] {
  const words: string[] = [];
  if (count !== undefined && expected !== undefined)
    words.push(`Together in ${count} baskets, where chance alone would bring ${rounded(expected)}`);
  if (lift !== undefined && liftLower !== undefined)
    words.push(
      `${rounded(lift)} times as often as by chance, and at least ${rounded(liftLower)} times with 95 % confidence`,
    );
  if (qValue !== undefined)
    words.push(
      `Of pairs with evidence this strong, at most ${Math.max(0.1, Math.ceil(qValue * 1000) / 10)} % are coincidence (q-value ${rounded(qValue)})`,
    );
  return words;
}

function factorWords({
  margin,
  stockCover,
  novelty,
  campaign = 1,
  rules = 1,
}: NonNullable<PlaceFigures["factors"]>): string[] {
  const words: string[] = [];
  if (margin !== undefined) words.push(`Expected margin after returns: ${percent(margin)} of the net price`);
  if (stockCover !== undefined && stockCover < 1)
    words.push(`Stock for about ${rounded((30 * stockCover) / (1 - stockCover))} days`);
  if (novelty !== undefined) words.push(`Novelty: ${percent(novelty)}`);
  if (campaign !== 1) words.push(`Campaigns multiply its score by ${rounded(campaign)}`);
  if (rules !== 1) words.push(`Rules multiply its score by ${rounded(rules)}`);
  return words;
}

/** Three digits, without an exponent where a shop would not write one. */
function rounded(value: number): string {
  return value >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function percent(share: number): string {
  const value = 100 * share;
  if (value > 0 && value < 0.1) return "under 0.1 %";
  return `${Number(value.toFixed(value < 10 ? 1 : 0))} %`;
}

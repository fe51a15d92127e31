/**
 * A page as one decision: no product twice, and no more than a shopper can attend to. Rows are decided in the order of
 * the page, each without what stands above it. Where attention is short, the rows that are worth most get room, and the
 * others show nothing. Who gets room is settled by plain ranking, before chance enters, so the propensities within each
 * row, given the rows above it, stay exact. Each row leaves a receipt that replays by itself.
 */
import { InvalidInput, requireInteger, requireNumber } from "../errors.ts";
import { decide } from "./decide.ts";
import { valueOf } from "./page-value.ts";
import { wholeTime, type Decision } from "./pipeline.ts";
import type { Occasion } from "./question.ts";
import { canonicalText, type Receipt } from "./receipt.ts";
import type { RecommendationRequest } from "./request.ts";
import type { DecisionState } from "./state.ts";

/** One place of a page that wants recommendations. */
export interface PageRow {
  /** Unique on the page. */
  readonly id: string;
  readonly request: RecommendationRequest;
}

/** How much a page may ask of a shopper. No limit where one is left out. */
export interface Attention {
  /** Products in all. */
  readonly items?: number;
  /** Rows that show something. */
  readonly rows?: number;
  /** Rows that are worth less show nothing; see `page-value.ts` for the measure. */
  readonly minimumValue?: number;
}

/** What a page asks for: its rows from the top down. */
export interface PageRequest {
  readonly rows: readonly PageRow[];
  readonly attention?: Attention;
}

/** What became of a row. */
export interface DecidedRow extends Decision {
  readonly id: string;
  /** What it was judged to be worth; absent where attention has no limit. */
  readonly value?: number;
}

/** What became of a page. */
export interface PageDecision {
  readonly rows: readonly DecidedRow[];
  readonly receipt: PageReceipt;
}

/** All that is needed to decide the page again. Its rows' receipts replay by themselves, too. */
export interface PageReceipt {
  readonly decisionId: string;
  /** RFC 3339. */
  readonly decidedAt: string;
  readonly page: PageRequest;
  readonly stateVersion: string;
  readonly rows: readonly Receipt[];
}

/** Why a row shows nothing though it had something to show. */
const withheld = "Other places of the page have more to show";

/**
 * Decides a whole page. Pure, as `decide` is.
 * @param occasion its id names the page; row n, from 1, has the decision id `<id>.<n>`
 * @throws InvalidInput or InvalidOption naming the field
 * @example
 * const { rows } = decidePage(
 *   { rows: [{ id: "top", request: { placement: "homepage" } }], attention: { items: 12 } },
 *   engine.state,
 *   { decisionId: "page-1", now: Date.now() },
 * );
 */
export function decidePage(page: PageRequest, state: DecisionState, occasion: Occasion): PageDecision {
  checkPage(page);
  const now = wholeTime(occasion.now);
  const room = page.attention ? shareAttention(page, page.attention, state, occasion) : undefined;
  const budget = createBudget(page.attention ?? {}, [...(room?.values() ?? [])]);
  const shown: string[] = [];
  const rows = page.rows.map(({ id, request }, place): DecidedRow => {
    const given = room?.get(place);
    const decideWithin = (limit: number | undefined): Decision =>
      decide(narrowed(request, shown, limit), state, rowOccasion(occasion, place));
    let decision = decideWithin(given?.limit);
    const most = given ? budget.mostOf(given) : Infinity;
    if (slateOf(decision).length > most) decision = decideWithin(most);
    // Ghosts of the holdout too, so that both arms decide alike.
    shown.push(...slateOf(decision));
    if (given) budget.settle(given, slateOf(decision).length);
    return { id, ...explained(decision), ...(given && { value: given.value }) };
  });
  return {
    rows,
    receipt: {
      decisionId: occasion.decisionId,
      decidedAt: new Date(now).toISOString(),
      page,
      stateVersion: state.version,
      rows: rows.map(({ recommendation }) => recommendation.receipt),
    },
  };
}

/** What came of deciding a page again. */
export type PageReplay =
  | { readonly outcome: "identical"; readonly decision: PageDecision }
  | { readonly outcome: "different"; readonly decision: PageDecision; readonly rows: readonly string[] }
  | { readonly outcome: "impossible"; readonly why: string };

/**
 * Decides a page again from its receipt and says which rows came out otherwise, in any bit.
 * @example
 * replayPage(decidePage(page, state, occasion).receipt, state).outcome; // "identical"
 */
export function replayPage(receipt: PageReceipt, state: DecisionState): PageReplay {
  if (receipt.stateVersion !== state.version) {
    const why = `The receipt stands on state ${receipt.stateVersion}; this one is ${state.version}.`;
    return { outcome: "impossible", why };
  }
  const occasion = { decisionId: receipt.decisionId, now: Date.parse(receipt.decidedAt) };
  const decision = decidePage(receipt.page, state, occasion);
  const differs = (_: unknown, place: number): boolean =>
    canonicalText(decision.receipt.rows[place]) !== canonicalText(receipt.rows[place]);
  const rows = receipt.page.rows.filter(differs).map(({ id }) => id);
  return rows.length === 0 ? { outcome: "identical", decision } : { outcome: "different", decision, rows };
}

function checkPage({ rows, attention = {} }: PageRequest): void {
  const ids = new Set<string>();
  for (const [place, { id }] of rows.entries()) {
    if (ids.has(id)) throw new InvalidInput(`rows[${place}].id`, id, "an id that no other row has");
    ids.add(id);
  }
  const { items, rows: most, minimumValue } = attention;
  if (items !== undefined) requireInteger("attention.items", items, 0);
  if (most !== undefined) requireInteger("attention.rows", most, 0);
  if (minimumValue !== undefined) requireNumber("attention.minimumValue", minimumValue, 0);
}

const rowOccasion = ({ decisionId, now }: Occasion, place: number): Occasion => ({
  decisionId: `${decisionId}.${place + 1}`,
  now,
});

/** What a row gets. */
interface Room {
  readonly value: number;
  readonly limit: number;
  /** Places kept for it: what it had to show when it was judged, without what stands above it. */
  readonly kept: number;
}

const slateOf = ({ recommendation }: Decision): string[] =>
  recommendation.receipt.slate.map(({ productId }) => productId);

/**
 * Sees to it that the rows together show no more than the page allows: what stands above a row may leave it with more to
 * show than it was judged by, where a fallback comes into play or a rule's cap no longer binds.
 */
function createBudget({ items = Infinity, rows = Infinity }: Attention, room: readonly Room[]) {
  let itemsFree = items - room.reduce((sum, { kept }) => sum + kept, 0);
  let rowsFree = rows - room.filter(({ kept }) => kept > 0).length;
  return {
    mostOf: ({ kept }: Room): number => (kept > 0 || rowsFree > 0 ? kept + itemsFree : 0),
    settle({ kept }: Room, shown: number): void {
      itemsFree += kept - shown;
      rowsFree += Math.sign(kept) - Math.sign(shown);
    },
  };
}

/** Gives room to the rows that are worth most, as long as there is some. */
function shareAttention(
  { rows }: PageRequest,
  { items = Infinity, rows: mostRows = Infinity, minimumValue = 0 }: Attention,
  state: DecisionState,
  occasion: Occasion,
): ReadonlyMap<number, Room> {
  const ranking = withoutChance(state);
  const judged = rows.map(({ request }, place) => {
    const { steps } = decide(request, ranking, rowOccasion(occasion, place));
    return { place, wanted: steps.picks.length, limit: steps.limit, value: valueOf(steps, state) };
  });
  const room = new Map<number, Room>();
  let itemsLeft = items;
  let rowsLeft = mostRows;
  for (const { place, wanted, limit, value } of judged.toSorted((a, b) => b.value - a.value || a.place - b.place)) {
    // A row with nothing to show says why itself.
    const isWorthIt = wanted > 0 && rowsLeft > 0 && value >= minimumValue;
    const given = isWorthIt ? Math.min(limit, itemsLeft) : 0;
    const kept = Math.min(wanted, given);
    room.set(place, { value, kept, limit: wanted === 0 ? limit : given });
    itemsLeft -= kept;
    if (given > 0) rowsLeft--;
  }
  return room;
}

/** The same shop where every strategy ranks plainly. */
function withoutChance(state: DecisionState): DecisionState {
  const plain = Array.from(state.strategies, ([id, strategy]) => [id, { ...strategy, temperature: 0 }] as const);
  return { ...state, strategies: new Map(plain) };
}

function narrowed(
  request: RecommendationRequest,
  shown: readonly string[],
  limit: number | undefined,
): RecommendationRequest {
  return {
    ...request,
    ...(shown.length > 0 && { exclude: [...(request.exclude ?? []), ...shown] }),
    ...(limit !== undefined && (limit > 0 ? { limit } : { withhold: true })),
  };
}

function explained({ recommendation, steps }: Decision): Decision {
  const { request, status } = recommendation.receipt;
  const isWithheld = request.withhold === true && status === "nothing-worth-showing";
  return { recommendation: isWithheld ? { ...recommendation, reasoning: withheld } : recommendation, steps };
}

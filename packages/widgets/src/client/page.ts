/**
 * All places of one page and their answers. They are asked for together, in one request, as soon as the first of them
 * comes near the viewport; places that appear later are asked for then, without what is shown already.
 */
import { readPage, type AnsweredRecommendation } from "./answer.ts";

/** What one place of a page asks for. */
export interface PlacementRequest {
  /** Where the shopper is: `homepage`, `category`, `search`, `pdp`, `cart`, `checkout`, `post-purchase`. */
  readonly placement: string;
  /** The product the place is about. */
  readonly productId?: string | undefined;
  readonly limit?: number | undefined;
  /** A strategy by id, instead of the one that serves the placement. */
  readonly strategy?: string | undefined;
}

/** Called again when the answer changes; `undefined` when there is none, and will be none. */
export type OnAnswer = (answer: AnsweredRecommendation | undefined) => void;

/** A place that asked. */
export interface Place {
  /** The shopper is about to see it. */
  near(): void;
  /** It left the page. */
  leave(): void;
}

/** One request to the server: places with an id each, and what the page knows. */
export interface PageQuestion {
  readonly placements: readonly (Omit<PlacementRequest, "productId"> & { readonly id: string })[];
  readonly productId?: string;
  /** Products that are on the page already. */
  readonly exclude: readonly string[];
}

export interface PageOptions {
  /** Asks the server; rejects when there is no answer. */
  readonly ask: (question: PageQuestion) => Promise<unknown>;
  /** An answer that needs no server, if there is one. */
  readonly recall: (request: PlacementRequest) => Promise<AnsweredRecommendation | undefined>;
  /** Hears of every answer of the server. */
  readonly onServed: (request: PlacementRequest, answer: AnsweredRecommendation) => void;
  readonly onFailure: (error: unknown) => void;
}

export interface Page {
  /** @param element where it stands: places are asked for from the top of the page down */
  place(request: PlacementRequest, element: Element, onAnswer: OnAnswer): Place;
  /** A place whose code is still being loaded: the page's question waits for it. */
  expect(arrival: Promise<unknown>): void;
  /** Looks for newer answers on the device, for places that are not about one product. */
  refresh(): Promise<void>;
}

/** The server's own limits. */
const mostPlaces = 20;
const mostExcluded = 500;

interface PlacedRequest {
  readonly id: string;
  readonly request: PlacementRequest;
  readonly element: Element;
  readonly onAnswer: OnAnswer;
  asked: boolean;
  answer: AnsweredRecommendation | undefined;
}

export function createPage({ ask, recall, onServed, onFailure }: PageOptions): Page {
  const places = new Set<PlacedRequest>();
  const arrivals = new Set<Promise<unknown>>();
  let count = 0;
  let asking: Promise<void> = Promise.resolve();

  function settle(place: PlacedRequest, answer: AnsweredRecommendation | undefined): void {
    if (!places.has(place)) return;
    place.answer = answer;
    place.onAnswer(answer);
  }

  const shownProducts = (): string[] =>
    [...places].flatMap(({ answer }) => answer?.items.map(({ productId }) => productId) ?? []).slice(-mostExcluded);

  async function askForAll(): Promise<void> {
    await parsed();
    await Promise.allSettled(arrivals);
    const open = [...places].filter(({ asked }) => !asked).sort(byPosition);
    for (const place of open) place.asked = true;
    const unanswered: PlacedRequest[] = [];
    for (const place of open) {
      const known = await recall(place.request);
      if (known) settle(place, known);
      else unanswered.push(place);
    }
    for (const group of groupByProduct(unanswered)) await askForGroup(group);
  }

  async function askForGroup(group: readonly PlacedRequest[]): Promise<void> {
    const productId = productOf(group);
    const placements = group.map(({ id, request: { placement, limit, strategy } }) => ({
      id,
      placement,
      ...(limit !== undefined && { limit }),
      ...(strategy !== undefined && { strategy }),
    }));
    const question = { placements, exclude: shownProducts(), ...(productId !== undefined && { productId }) };
    const answers = await ask(question).then(readPage, onFailure);
    for (const place of group) {
      const answer = answers?.get(place.id);
      if (answer) onServed(place.request, answer);
      settle(place, answer);
    }
  }

  return {
    place(request, element, onAnswer) {
      const place: PlacedRequest = { id: String(++count), request, element, onAnswer, asked: false, answer: undefined };
      places.add(place);
      return {
        near() {
          if (!place.asked) asking = asking.then(askForAll).catch(onFailure);
        },
        leave() {
          places.delete(place);
        },
      };
    },
    expect(arrival) {
      arrivals.add(arrival);
      const arrived = (): void => void arrivals.delete(arrival);
      arrival.then(arrived, arrived);
    },
    async refresh() {
      await asking;
      for (const place of places) {
        if (!place.answer || place.request.productId !== undefined) continue;
        const answer = await recall(place.request);
        if (answer && answer.id !== place.answer.id) settle(place, answer);
      }
    },
  };
}

function byPosition({ element: a }: PlacedRequest, { element: b }: PlacedRequest): number {
  return a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

const productOf = (group: readonly PlacedRequest[]): string | undefined =>
  group.find(({ request }) => request.productId !== undefined)?.request.productId;

/** A request knows one product. Places about none go with the first: nearly always this is one group in all. */
function groupByProduct(places: readonly PlacedRequest[]): readonly (readonly PlacedRequest[])[] {
  const groups: PlacedRequest[][] = [];
  for (const place of places) {
    const { productId } = place.request;
    const group = groups.find((candidates) => {
      const known = productOf(candidates);
      return candidates.length < mostPlaces && (!productId || !known || known === productId);
    });
    if (group) group.push(place);
    else groups.push([place]);
  }
  return groups;
}

/** While a page is still being read, more places may come: they belong into the same request. */
function parsed(): Promise<void> {
  if (document.readyState !== "loading") return Promise.resolve();
  return new Promise((resolve) => document.addEventListener("DOMContentLoaded", () => resolve(), { once: true }));
}

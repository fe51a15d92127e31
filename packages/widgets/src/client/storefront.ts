/**
 * The browser client: one for a page. It knows where the server is, what the visitor agreed to and what they looked at,
 * asks for recommendations, and reports what became of them.
 */
import { readProduct, type AnsweredItem, type AnsweredRecommendation, type PublicProduct } from "./answer.ts";
import { askForCart, type CartAdapter, type CartLine } from "./cart.ts";
import { effectiveConsent, noConsent, type Consent } from "./consent.ts";
import type { DeviceRanking } from "./device-ranking.ts";
import { createDeviceStore } from "./device-store.ts";
import { itemHappening, type Happening, type StorefrontEvent } from "./events.ts";
import { createIdentification, identityKey, type Identity } from "./identity.ts";
import { inspect, inspectFailure } from "./inspector.ts";
import { memoryKey, recallSession, remember, type Remembered } from "./memory.ts";
import { newId } from "./new-id.ts";
import { createOutbox } from "./outbox.ts";
import { createPage, type OnAnswer, type PageQuestion, type Place, type PlacementRequest } from "./page.ts";
import { keepSlate, recallSlate, slatesKey } from "./slates.ts";
import { createTransport, type TransportOptions } from "./transport.ts";

export interface StorefrontOptions extends TransportOptions {
  /** What the visitor agreed to. Nothing, until the shop says otherwise here or by `setConsent`. */
  readonly consent?: Consent;
  readonly cart?: CartAdapter | undefined;
  /** Market id; the home market when left out. */
  readonly market?: string | undefined;
  /** BCP 47, for prices; the browser's own when left out. */
  readonly locale?: string | undefined;
  /** Milliseconds after which a place stays empty. */
  readonly timeout?: number;
  /** Of the database on the device. */
  readonly databaseName?: string;
  /** Milliseconds since 1970; tests set it. */
  readonly now?: () => number;
}

/** Where recommended things went into the cart from. */
export interface CartSource {
  readonly recommendation: AnsweredRecommendation;
  readonly placement: string;
}

export interface Storefront {
  readonly locale: string | undefined;
  /** The shop's cart; may be given or changed at any time. */
  cart: CartAdapter | undefined;
  /** Asks for what one place of the page shows, once it says that it is near. Answers may change later. */
  place(request: PlacementRequest, element: Element, onAnswer: OnAnswer): Place;
  /** A place whose code is still being loaded: the page's one question waits for it. */
  expect(arrival: Promise<unknown>): void;
  /** One product as shoppers may know it; undefined when there is none. */
  product(productId: string): Promise<PublicProduct | undefined>;
  /** The shopper looks at a product. Rows that are about them may change. */
  view(productId: string): Promise<void>;
  /** Adds all lines in one call of the shop's cart, and reports it. Rejects when the shop could not. */
  addToCart(lines: readonly CartLine[], from: EventTarget, source?: CartSource): Promise<void>;
  /** Reports what became of a recommended product. */
  report(
    kind: "impression" | "click",
    recommendation: AnsweredRecommendation,
    item: Pick<AnsweredItem, "productId" | "position">,
    placement: string,
  ): Promise<void>;
  /** Reports what happened beside the widgets. */
  track(kind: "add-to-cart" | "remove-from-cart" | "checkout" | "search", productId?: string): Promise<void>;
  /** The visitor's answer, whenever it changes. What they take back is removed from the device. */
  setConsent(consent: Consent): Promise<void>;
  /** The ids that the shop's server sends along with an order. Empty without consent. */
  identity(): Promise<Identity>;
  /** Sends what waits in the outbox. */
  flush(): Promise<void>;
  /** Ends listeners and timers. */
  close(): void;
}

/**
 * @example
 * const storefront = createStorefront({
 *   endpoint: "https://shop.example/api/upsell-cross-sell",
 *   key: "pk_live_4b1c",
 *   consent: { measurement: true, personalisation: true },
 *   cart: { add: (lines) => myCart.addAll(lines) },
 * });
 */
export function createStorefront({
  consent: given = noConsent,
  cart,
  market,
  locale,
  timeout = 3_000,
  databaseName = "basketlift",
  now = Date.now,
  ...address
}: StorefrontOptions): Storefront {
  const transport = createTransport(address);
  const store = createDeviceStore(databaseName, (error) => inspectFailure("This device keeps nothing.", error));
  let consent = effectiveConsent(given, navigator);
  let productInView: string | undefined;
  let ranking: Promise<DeviceRanking> | undefined;
  const outbox = createOutbox({ store, transport, consent: () => consent, inspect });
  const page = createPage({
    ask,
    recall,
    onServed,
    onFailure: (error) => inspectFailure("The page has no recommendations.", error),
  });

  const identification = createIdentification(store, now);
  const identity = async (): Promise<Identity> => (consent.measurement ? identification.current() : {});
  const session = async (): Promise<readonly string[]> => (consent.personalisation ? recallSession(store, now()) : []);
  const cartLines = (): readonly CartLine[] => storefront.cart?.lines?.() ?? [];

  async function ask({ exclude, ...question }: PageQuestion): Promise<unknown> {
    const viewed = await session();
    const lines = cartLines();
    // A place may be about a product that the page shows next: the one that was in view may then go well with it.
    const about = question.productId ?? productInView;
    const excluded = new Set([...exclude, ...(about ? [about] : [])]);
    const body = {
      ...question,
      ...(await identity()),
      ...(viewed.length > 0 && { session: viewed }),
      ...(lines.length > 0 && { cart: lines }),
      ...(excluded.size > 0 && { exclude: [...excluded] }),
      ...(market !== undefined && { market }),
    };
    inspect({ what: "request", message: `${body.placements.length} places are asked for.`, data: body });
    const response = await transport.post("/placements/page", body, { timeout });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`The server answered ${response.status}: ${JSON.stringify(answer)}`);
    inspect({ what: "answer", message: "The server answered.", data: answer });
    return answer;
  }

  function onServed(request: PlacementRequest, answer: AnsweredRecommendation): void {
    if (!consent.personalisation || request.productId !== undefined || answer.items.length < 2) return;
    keepSlate(store, placeName(request), answer, now()).catch(reportQuietly);
  }

  /** A slate served a moment ago, as the session since would have it. */
  async function recall(request: PlacementRequest): Promise<AnsweredRecommendation | undefined> {
    if (!consent.personalisation || request.productId !== undefined) return undefined;
    try {
      const [parent, viewed] = await Promise.all([recallSlate(store, placeName(request), now()), session()]);
      if (!parent || viewed.length === 0) return undefined;
      const taken = new Set([productInView, ...cartLines().map(({ productId }) => productId)]);
      const items = parent.items.filter(({ productId }) => !taken.has(productId));
      ranking ??= import("./device-ranking.ts").then((module) => module.createDeviceRanking(transport, now));
      const child = await (await ranking).rerank({ ...parent, items }, viewed);
      if (child) inspect({ what: "re-ranked", message: `${parent.id} became ${child.id} on the device.`, data: child });
      return child;
    } catch (error) {
      inspectFailure("A row could not be re-ranked on the device.", error);
      return undefined;
    }
  }

  async function record(happening: Happening): Promise<void> {
    if (!consent.measurement) return;
    const occurredAt = new Date(now()).toISOString();
    // A sign of life either way; a page that is being left cannot wait for it.
    const renewal = identity();
    renewal.catch(reportQuietly);
    const who = identification.atHand() ?? (await renewal);
    if (!consent.measurement) return;
    const event: StorefrontEvent = { id: newId(), occurredAt, ...who, ...happening };
    inspect({ what: "event", message: `${event.kind} of ${event.productId ?? "nothing"}`, data: event });
    await outbox.add(event);
  }

  const rememberStep = async (kind: Remembered["kind"], productId: string): Promise<void> => {
    if (consent.personalisation) await remember(store, { kind, productId, at: now() });
  };

  async function reportCart(lines: readonly CartLine[], source: CartSource | undefined): Promise<void> {
    for (const { productId } of lines) {
      await rememberStep("add-to-cart", productId);
      const item = source?.recommendation.items.find((item) => item.productId === productId);
      await record(
        source && item
          ? itemHappening("add-to-cart", source.recommendation, item, source.placement)
          : { kind: "add-to-cart", productId },
      );
    }
  }

  const storefront: Storefront = {
    locale,
    cart,
    place: page.place,
    expect: page.expect,
    async product(productId) {
      try {
        return readProduct(await transport.get(`/catalog/products/${encodeURIComponent(productId)}`, { timeout }));
      } catch (error) {
        inspectFailure(`Product ${productId} is not to be had.`, error);
        return undefined;
      }
    },
    async view(productId) {
      productInView = productId;
      await rememberStep("view", productId);
      await record({ kind: "view", productId });
      await page.refresh();
    },
    async addToCart(lines, from, source) {
      await askForCart(storefront.cart, lines, from);
      reportCart(lines, source).catch(reportQuietly);
    },
    report: (kind, recommendation, item, placement) =>
      record(itemHappening(kind, recommendation, item, placement)).catch(reportQuietly),
    async track(kind, productId) {
      if (kind === "add-to-cart" && productId !== undefined) await rememberStep(kind, productId);
      await record({ kind, ...(productId !== undefined && { productId }) });
    },
    async setConsent(changed) {
      consent = effectiveConsent(changed, navigator);
      identification.forget();
      if (!consent.measurement) outbox.drop();
      if (!consent.measurement && !consent.personalisation) return store.forget();
      if (!consent.measurement) {
        await store.clearEvents();
        await store.update(identityKey, () => undefined);
      }
      if (!consent.personalisation) {
        for (const key of [memoryKey, slatesKey]) await store.update(key, () => undefined);
      }
    },
    identity,
    flush: outbox.send,
    close: outbox.close,
  };
  // What earlier pages could not send.
  if (consent.measurement) outbox.send().catch(reportQuietly);
  return storefront;
}

/** Slates of equal questions stand for one another. */
function placeName({ placement, strategy = "", limit = 0 }: PlacementRequest): string {
  return `${placement}/${strategy}/${limit}`;
}

function reportQuietly(error: unknown): void {
  inspectFailure("Something could not be kept on the device.", error);
}

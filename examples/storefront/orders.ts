/**
 * Orders on their way to Basketlift. The shop's server sends them with its secret key: a page never reports a sale. An
 * order that could not be sent is sent again; its version makes repeats harmless. A real shop keeps them in its database.
 */
import { createHash } from "node:crypto";
import { totalOf, type CartEntry } from "./cart.ts";

export interface ShopOrder {
  readonly id: string;
  /** RFC 3339. */
  readonly placedAt: string;
  readonly email: string;
  readonly entries: readonly CartEntry[];
  readonly total: number;
  readonly currency: string;
  /** As the page passed them on; they join the order to what was shown. Absent without consent. */
  readonly visitorId: string | undefined;
  readonly sessionId: string | undefined;
}

export interface OrderSenderOptions {
  /** Base address of the API. */
  readonly baseUrl: string;
  readonly secretKey: string;
  readonly fetch?: typeof fetch;
  /** Hears of orders that were refused for good. */
  readonly onRefused?: (id: string, why: string) => void;
}

export interface OrderSender {
  /** Resolves once the order was taken, or waits for another attempt. Never rejects. */
  send(order: ShopOrder): Promise<void>;
  /** Orders that were not taken yet. */
  waiting(): number;
}

const timeout = 5_000;
const shortestPause = 2_000;
const longestPause = 60_000;

export function createOrder(order: Omit<ShopOrder, "total">): ShopOrder {
  return { ...order, total: totalOf(order.entries) };
}

export function createOrderSender({
  baseUrl,
  secretKey,
  fetch = globalThis.fetch,
  onRefused = () => {},
}: OrderSenderOptions): OrderSender {
  const orders = new Map<string, ShopOrder>();
  let pause = shortestPause;
  let timer: NodeJS.Timeout | undefined;

  async function sendAll(): Promise<void> {
    clearTimeout(timer);
    const batch = [...orders.values()];
    if (batch.length === 0) return;
    try {
      const response = await fetch(`${baseUrl}/orders`, {
        method: "POST",
        headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/json" },
        body: JSON.stringify({ orders: batch.map(asInput) }),
        signal: AbortSignal.timeout(timeout),
      });
      if (!response.ok) throw new Error(`The API answered ${response.status}.`);
      reportRefused(await response.json());
      for (const { id } of batch) orders.delete(id);
      pause = shortestPause;
    } catch {
      timer = setTimeout(() => void sendAll(), pause).unref();
      pause = Math.min(longestPause, pause * 2);
    }
  }

  function reportRefused(answer: unknown): void {
    if (typeof answer !== "object" || answer === null || !("results" in answer)) return;
    const results: readonly unknown[] = Array.isArray(answer.results) ? answer.results : [];
    for (const result of results) {
      if (typeof result !== "object" || result === null || !("status" in result)) continue;
      if (result.status === "invalid") onRefused("id" in result ? String(result.id) : "", JSON.stringify(result));
    }
  }

  return {
    send(order) {
      orders.set(order.id, order);
      return sendAll();
    },
    waiting: () => orders.size,
  };
}

/** As `POST /orders` takes it. Customers are known by a pseudonym: their address stays in the shop. */
function asInput({ id, placedAt, email, entries, currency, visitorId, sessionId }: ShopOrder) {
  return {
    id,
    placedAt,
    customerId: `web-${createHash("sha256").update(email.trim().toLowerCase()).digest("hex").slice(0, 24)}`,
    currency,
    version: Date.parse(placedAt),
    ...(visitorId !== undefined && { visitorId }),
    ...(sessionId !== undefined && { sessionId }),
    lines: entries.map(({ product, variant, quantity }) => ({
      productId: product.id,
      variantId: variant.id,
      quantity,
      unitPrice: variant.price,
    })),
  };
}

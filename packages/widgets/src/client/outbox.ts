/**
 * Events on their way to the server. An event is stored on the device first and leaves it only when the server has
 * answered 202, which it does after writing it down; until then it is sent again, with growing pauses and when the
 * device comes back online. A page that closes hands over what is left by beacon, and still keeps it: repeats are
 * harmless, because every event has an id of its own.
 */
import type { Consent } from "./consent.ts";
import type { DeviceStore } from "./device-store.ts";
import type { StorefrontEvent } from "./events.ts";
import type { Inspect } from "./inspector.ts";
import type { Transport } from "./transport.ts";

export interface OutboxOptions {
  readonly store: DeviceStore;
  readonly transport: Transport;
  readonly consent: () => Consent;
  readonly inspect: Inspect;
}

export interface Outbox {
  /** Resolves once the event is stored; sending goes on by itself. */
  add(event: StorefrontEvent): Promise<void>;
  /** Sends what is stored, from earlier pages too. Resolves when there is no more, or sending failed. */
  send(): Promise<void>;
  /** Sends nothing more of what was added so far; removing it from the store is for whoever forgets it. */
  drop(): void;
  /** Ends timers and listeners; what is stored stays. */
  close(): void;
}

/** Small enough that several fit into the 64 KiB a page may have under way when it closes. */
const batchSize = 40;
const timeout = 10_000;
/** Events that happen together travel together. */
const gatherTime = 500;
const shortestPause = 1_000;
const longestPause = 300_000;
const path = "/events";

export function createOutbox({ store, transport, consent, inspect }: OutboxOptions): Outbox {
  /** Of this page, not yet acknowledged: a page that closes cannot wait for a database. */
  const waiting = new Map<string, StorefrontEvent>();
  let sending: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let closed = false;

  function schedule(pause: number): void {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // Also where a batch is under way: whoever waited for this timer must not keep later events from setting one.
      timer = undefined;
      void send();
    }, pause);
  }

  function send(): Promise<void> {
    sending ??= sendAll().finally(() => (sending = undefined));
    return sending;
  }

  async function sendAll(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    for (;;) {
      const events = await store.oldestEvents(batchSize);
      if (events.length === 0 || closed) return;
      const refusal = await sendBatch(events);
      if (refusal !== undefined) {
        failures++;
        inspect({ what: "failure", message: `${events.length} events were not taken: ${refusal.why}`, data: events });
        return schedule(refusal.pause ?? pauseAfter(failures));
      }
      failures = 0;
      const ids = events.map(({ id }) => id);
      await store.removeEvents(ids);
      for (const id of ids) waiting.delete(id);
      inspect({ what: "sent", message: `${events.length} events reached the server.`, data: events });
    }
  }

  /** @returns undefined when the server has them for good */
  async function sendBatch(events: readonly StorefrontEvent[]): Promise<Refusal | undefined> {
    try {
      const response = await transport.post(path, { events, consent: consent() }, { timeout, keepalive: true });
      if (response.status === 202) return undefined;
      return { why: `the server answered ${response.status}`, pause: retryAfter(response) };
    } catch (error) {
      return { why: String(error) };
    }
  }

  /** Without waiting for an answer, and therefore without removing anything. */
  function handOver(): void {
    const events = [...waiting.values()].slice(-batchSize);
    if (events.length > 0 && consent().measurement) transport.beacon(path, { events, consent: consent() });
  }

  const wake = (): void => {
    failures = 0;
    void send();
  };
  const onVisibility = (): void => {
    if (document.visibilityState === "hidden") wake();
  };
  addEventListener("online", wake);
  addEventListener("pagehide", handOver);
  document.addEventListener("visibilitychange", onVisibility);

  return {
    async add(event) {
      waiting.set(event.id, event);
      await store.addEvents([event]);
      if (failures === 0 && timer === undefined) schedule(gatherTime);
    },
    send,
    drop() {
      clearTimeout(timer);
      timer = undefined;
      waiting.clear();
    },
    close() {
      closed = true;
      clearTimeout(timer);
      removeEventListener("online", wake);
      removeEventListener("pagehide", handOver);
      document.removeEventListener("visibilitychange", onVisibility);
    },
  };
}

interface Refusal {
  readonly why: string;
  /** Milliseconds, when the server said how long to wait. */
  readonly pause?: number | undefined;
}

/** Doubling, with some chance in it, so that a shop's visitors do not all come back at the same moment. */
function pauseAfter(failures: number): number {
  return Math.min(longestPause, shortestPause * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
}

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return seconds > 0 ? Math.min(longestPause, seconds * 1000) : undefined;
}

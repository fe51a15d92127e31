/**
 * Takes turns of many clients to the one backend of the embedded database, one at a time. A client whose transaction is
 * open keeps the backend until it ends; one that leaves in the middle is rolled back, and so is one that idles.
 */
import type { Turn } from "./turn-reader.ts";

/** The part of PGlite that is used. */
export interface Backend {
  execProtocolRawStream(message: Uint8Array, options: { onRawData(data: Uint8Array): void }): Promise<void>;
  exec(statement: string): Promise<unknown>;
  isInTransaction(): boolean;
}

/** One connection. */
export interface Client {
  /** Sends an answer. */
  send(data: Uint8Array): void;
  /** Ends the connection. */
  drop(): void;
}

export interface TurnQueue {
  add(client: Client, turn: Turn): void;
  /** The client is gone: what it asked for is forgotten, its transaction rolled back. */
  leave(client: Client): void;
}

export interface TurnQueueOptions {
  /** Milliseconds a client may leave its transaction idle while others wait. */
  idleLimit?: number;
  /** The backend itself failed: nothing can be asked any more. */
  onFailure: (error: unknown) => void;
}

/** Ends a request that its client cannot end any more: type and length, no body. */
const syncMessage = Uint8Array.of("S".charCodeAt(0), 0, 0, 0, 4);

/** @param backend used by this queue alone */
export function createTurnQueue(backend: Backend, { idleLimit = 30_000, onFailure }: TurnQueueOptions): TurnQueue {
  let waiting: { client: Client; turn: Turn }[] = [];
  /** Has an open transaction or an unfinished request. */
  let owner: Client | undefined;
  let ownerLeft = false;
  /** The owner's request goes on: until its Sync the backend would take other clients' messages for a part of it. */
  let unfinished = false;
  let running = false;
  let idle: NodeJS.Timeout | undefined;

  /** Takes out the turn that may go next. */
  function next(): { client: Client; turn: Turn } | undefined {
    const index = owner ? waiting.findIndex(({ client }) => client === owner) : 0;
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  }

  async function answer({ client, turn }: { client: Client; turn: Turn }): Promise<void> {
    owner = client;
    ownerLeft = false;
    stopWatching();
    await backend.execProtocolRawStream(turn.bytes, { onRawData: (data) => ownerLeft || client.send(data) });
    unfinished = turn.unfinished;
    if (!unfinished && !backend.isInTransaction()) owner = undefined;
  }

  async function rollBack(): Promise<void> {
    owner = undefined;
    stopWatching();
    if (unfinished) await backend.execProtocolRawStream(syncMessage, { onRawData: () => {} });
    unfinished = false;
    if (backend.isInTransaction()) await backend.exec("rollback");
  }

  async function run(): Promise<void> {
    if (running) return;
    running = true;
    try {
      for (;;) {
        if (owner && ownerLeft) await rollBack();
        const entry = next();
        if (!entry) break;
        await answer(entry);
      }
      running = false;
      if (owner && waiting.length > 0) watchIdleOwner(owner);
    } catch (error) {
      onFailure(error);
    }
  }

  /** From the first who waits, not from the last. */
  function watchIdleOwner(client: Client): void {
    idle ??= setTimeout(() => client.drop(), idleLimit);
  }

  function stopWatching(): void {
    clearTimeout(idle);
    idle = undefined;
  }

  return {
    add(client, turn) {
      waiting.push({ client, turn });
      void run();
    },
    leave(client) {
      waiting = waiting.filter((entry) => entry.client !== client);
      if (owner !== client) return;
      ownerLeft = true;
      void run();
    },
  };
}

/**
 * What stays on the shopper's device: a few values, and the events that still have to reach the server. It lives in
 * IndexedDB; where that is blocked, full or broken, in the page's memory instead, and nobody notices but the inspector.
 * Nothing is opened, read or written before the first call, and without consent there is none.
 */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { StorefrontEvent } from "./events.ts";

export interface DeviceStore {
  /** Whether what is written is there on the next page. */
  isDurable(): Promise<boolean>;
  read(key: string): Promise<unknown>;
  /** Reads, changes and writes in one transaction: two tabs never overwrite one another. `undefined` removes the value. */
  update<Value>(key: string, change: (stored: unknown) => Value): Promise<Value>;
  addEvents(events: readonly StorefrontEvent[]): Promise<void>;
  /** The events that were added first. */
  oldestEvents(count: number): Promise<readonly StorefrontEvent[]>;
  removeEvents(ids: readonly string[]): Promise<void>;
  clearEvents(): Promise<void>;
  /** Removes everything, the database itself included. */
  forget(): Promise<void>;
}

interface Schema extends DBSchema {
  values: { key: string; value: unknown };
  /** In the order of their adding. */
  events: { key: number; value: StorefrontEvent; indexes: { id: string } };
}

type Database = IDBPDatabase<Schema>;

const version = 1;

/** Some browsers neither open a database nor say why; a page does not wait for that. */
const patience = 2_000;

/**
 * A store that begins in IndexedDB and goes on in memory from the first failure on.
 * @param name of the database
 * @param onFailure hears why the device cannot keep things
 */
export function createDeviceStore(name: string, onFailure: (error: unknown) => void = () => {}): DeviceStore {
  const memory = createMemoryStore();
  let current: Promise<DeviceStore> | undefined;

  function giveUp(error: unknown): DeviceStore {
    onFailure(error);
    current = Promise.resolve(memory);
    return memory;
  }

  async function use<Result>(operation: (store: DeviceStore) => Promise<Result>): Promise<Result> {
    current ??= openDatabase(name).then(storeOf, giveUp);
    const store = await current;
    try {
      return await operation(store);
    } catch (error) {
      if (store === memory) throw error;
      return operation(giveUp(error));
    }
  }

  return {
    isDurable: () => use((store) => store.isDurable()),
    read: (key) => use((store) => store.read(key)),
    update: (key, change) => use((store) => store.update(key, change)),
    addEvents: (events) => use((store) => store.addEvents(events)),
    oldestEvents: (count) => use((store) => store.oldestEvents(count)),
    removeEvents: (ids) => use((store) => store.removeEvents(ids)),
    clearEvents: () => use((store) => store.clearEvents()),
    async forget() {
      await (await current)?.forget();
      current = undefined;
      await memory.forget();
      await deleteDatabase(name).catch(onFailure);
    },
  };
}

/** Where there is no IndexedDB there is nothing to delete. */
async function deleteDatabase(name: string): Promise<void> {
  if ("indexedDB" in globalThis) await deleteDB(name);
}

function openDatabase(name: string): Promise<Database> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The database ${name} does not open.`)), patience);
    // In a chain of promises, because a browser without IndexedDB throws at once.
    Promise.resolve()
      .then(() =>
        openDB<Schema>(name, version, {
          upgrade(database) {
            database.createObjectStore("values");
            database.createObjectStore("events", { autoIncrement: true }).createIndex("id", "id");
          },
          // Another tab forgets everything, or knows a newer version: this one stands aside.
          blocking: (_current, _next, event) => {
            if (event.target instanceof IDBDatabase) event.target.close();
          },
        }),
      )
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}

function storeOf(database: Database): DeviceStore {
  return {
    isDurable: () => Promise.resolve(true),
    read: (key) => database.get("values", key),
    async update(key, change) {
      const transaction = database.transaction("values", "readwrite");
      const value = change(await transaction.store.get(key));
      await (value === undefined ? transaction.store.delete(key) : transaction.store.put(value, key));
      await transaction.done;
      return value;
    },
    async addEvents(events) {
      const transaction = database.transaction("events", "readwrite", { durability: "relaxed" });
      await Promise.all(events.map((event) => transaction.store.add(event)));
      await transaction.done;
    },
    oldestEvents: (count) => database.getAll("events", null, count),
    async removeEvents(ids) {
      const transaction = database.transaction("events", "readwrite");
      const keys = await Promise.all(ids.map((id) => transaction.store.index("id").getAllKeys(id)));
      await Promise.all(keys.flat().map((key) => transaction.store.delete(key)));
      await transaction.done;
    },
    clearEvents: () => database.clear("events"),
    forget: () => Promise.resolve(database.close()),
  };
}

/** A store that ends with its page. */
export function createMemoryStore(): DeviceStore {
  const values = new Map<string, unknown>();
  const events = new Map<string, StorefrontEvent>();
  return {
    isDurable: () => Promise.resolve(false),
    read: (key) => Promise.resolve(values.get(key)),
    update(key, change) {
      const value = change(values.get(key));
      values.set(key, value);
      return Promise.resolve(value);
    },
    addEvents(added) {
      for (const event of added) events.set(event.id, event);
      return Promise.resolve();
    },
    oldestEvents: (count) => Promise.resolve([...events.values()].slice(0, count)),
    removeEvents(ids) {
      for (const id of ids) events.delete(id);
      return Promise.resolve();
    },
    clearEvents: () => Promise.resolve(events.clear()),
    forget() {
      values.clear();
      events.clear();
      return Promise.resolve();
    },
  };
}

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createTestApi, type TestApi } from "../../test/api.ts";
import { createDevice } from "../../test/device.ts";
import type { DeviceStore } from "./device-store.ts";
import type { StorefrontEvent } from "./events.ts";
import type { Inspection } from "./inspector.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { createTransport } from "./transport.ts";

const consent = { measurement: true, personalisation: true };

let api: TestApi;
let openStore: () => DeviceStore;
let inspections: Inspection[];
const open: Outbox[] = [];

/** A page of the shop, with an outbox of its own on the one device. */
function openPage(fetch = api.fetch): { readonly outbox: Outbox; readonly store: DeviceStore } {
  const store = openStore();
  const transport = createTransport({ endpoint: "https://shop.example/api", key: "pk_test", fetch });
  const inspect = (inspection: Inspection): void => void inspections.push(inspection);
  const outbox = createOutbox({ store, transport, consent: () => consent, inspect });
  open.push(outbox);
  return { outbox, store };
}

function event(id: string): StorefrontEvent {
  return { id: `event-${id}`, kind: "click", occurredAt: "2026-11-22T10:00:00.000Z", productId: "mug" };
}

const ids = (events: Iterable<StorefrontEvent>): string[] => Array.from(events, ({ id }) => id).toSorted();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  api = createTestApi();
  openStore = createDevice();
  inspections = [];
});
afterEach(() => {
  for (const outbox of open.splice(0)) outbox.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("events on their way", () => {
  it("are on the device before anything is sent, and leave it once the server has them", async () => {
    const { outbox, store } = openPage();
    await outbox.add(event("1"));
    expect(ids(await store.oldestEvents(10))).toEqual(["event-1"]);
    expect(api.batches).toEqual([]);
    await outbox.send();
    expect(ids(api.kept.values())).toEqual(["event-1"]);
    expect(await store.oldestEvents(10)).toEqual([]);
  });

  it("go by themselves, those that happen together in one batch, with the consent in force", async () => {
    const { outbox } = openPage();
    await Promise.all(["1", "2", "3"].map((id) => outbox.add(event(id))));
    vi.runAllTimers();
    await vi.waitFor(() => expect(api.kept.size).toBe(3));
    expect(api.batches).toHaveLength(1);
    expect(api.consents).toEqual([consent]);
  });

  it("need no preflight", async () => {
    const { outbox } = openPage();
    await outbox.add(event("1"));
    await outbox.send();
    const [request] = api.requests;
    expect(request.headers.get("content-type")).toMatch(/^text\/plain/);
    expect([...request.headers.keys()]).toEqual(["content-type"]);
  });

  it("leave in the order they happened, in batches a closing page may still send", async () => {
    const { outbox, store } = openPage();
    const happened = Array.from({ length: 90 }, (_, index) => event(String(index).padStart(2, "0")));
    for (const each of happened) await store.addEvents([each]);
    await outbox.send();
    expect(api.batches.map((batch) => batch.length)).toEqual([40, 40, 10]);
    expect(api.batches.flat().map(({ id }) => id)).toEqual(happened.map(({ id }) => id));
  });
});

describe("when the server fails", () => {
  it.each(["broken", "gone"] as const)("events stay while it is %s, and go when it is well again", async (mood) => {
    const { outbox, store } = openPage();
    api.mood = mood;
    await outbox.add(event("1"));
    await outbox.send();
    expect(ids(await store.oldestEvents(10))).toEqual(["event-1"]);
    expect(inspections.some(({ what }) => what === "failure")).toBe(true);
    api.mood = "well";
    vi.runAllTimers();
    await vi.waitFor(async () => expect(await store.oldestEvents(10)).toEqual([]));
    expect(ids(api.kept.values())).toEqual(["event-1"]);
  });

  it("waits longer after each failure, and no longer than five minutes", async () => {
    const { outbox } = openPage();
    api.mood = "broken";
    vi.spyOn(Math, "random").mockReturnValue(1);
    await outbox.add(event("1"));
    const pauses = vi.spyOn(globalThis, "setTimeout");
    for (let attempt = 0; attempt < 12; attempt++) await outbox.send();
    const waited = pauses.mock.calls
      .map(([, pause = 0]) => pause)
      .filter((pause) => pause >= 1_000 && pause !== 10_000);
    expect(waited.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(waited.at(-1)).toBe(300_000);
  });

  it("go by themselves also after a batch that took longer than they had to wait", async () => {
    const slow = Promise.withResolvers<void>();
    const { outbox } = openPage(async (input, init) => {
      await slow.promise;
      return api.fetch(input, init);
    });
    await outbox.add(event("1"));
    const sending = outbox.send();
    await outbox.add(event("2"));
    vi.advanceTimersByTime(5_000);
    slow.resolve();
    await sending;
    await outbox.add(event("3"));
    vi.advanceTimersByTime(5_000);
    await vi.waitFor(() => expect(ids(api.kept.values())).toEqual(["event-1", "event-2", "event-3"]));
  });

  it("sends at once when the device comes back online", async () => {
    const { outbox, store } = openPage();
    api.mood = "gone";
    await outbox.add(event("1"));
    await outbox.send();
    api.mood = "well";
    dispatchEvent(new Event("online"));
    await vi.waitFor(async () => expect(await store.oldestEvents(10)).toEqual([]));
    expect(ids(api.kept.values())).toEqual(["event-1"]);
  });
});

describe("a page that closes", () => {
  it("in the middle of sending loses nothing and doubles nothing", async () => {
    const first = openPage();
    for (const id of ["1", "2"]) await first.outbox.add(event(id));
    api.mood = "taken-but-silent";
    void first.outbox.send();
    await vi.waitFor(() => expect(api.kept.size).toBe(2));
    first.outbox.close();

    api.mood = "well";
    const second = openPage();
    await second.outbox.add(event("3"));
    await second.outbox.send();
    expect(ids(api.kept.values())).toEqual(["event-1", "event-2", "event-3"]);
    expect(await second.store.oldestEvents(10)).toEqual([]);
  });

  it("hands over what is left by beacon, and still keeps it", async () => {
    const bodies: Blob[] = [];
    const beacon = vi.fn<(address: string, body: Blob) => boolean>((_address, body) => bodies.push(body) > 0);
    vi.stubGlobal(
      "navigator",
      new Proxy(navigator, { get: (of, name) => (name === "sendBeacon" ? beacon : Reflect.get(of, name)) }),
    );
    const { outbox, store } = openPage();
    await outbox.add(event("1"));
    dispatchEvent(new Event("pagehide"));
    vi.unstubAllGlobals();
    expect(beacon.mock.calls[0][0]).toBe("https://shop.example/api/events");
    expect(bodies[0].type).toBe("text/plain");
    expect(JSON.parse(await bodies[0].text())).toMatchObject({ key: "pk_test", events: [{ id: "event-1" }], consent });
    expect(ids(await store.oldestEvents(10))).toEqual(["event-1"]);
  });

  it("leaves what it could not send to the next page of the shop", async () => {
    api.mood = "gone";
    const first = openPage();
    await first.outbox.add(event("1"));
    await first.outbox.send();
    first.outbox.close();
    api.mood = "well";
    await openPage().outbox.send();
    expect(ids(api.kept.values())).toEqual(["event-1"]);
  });
});

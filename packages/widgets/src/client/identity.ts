/**
 * Who a browser is to the shop: a visitor id that is thrown away after 13 months, and a session that ends after half an
 * hour of rest. Both are random, kept on the device, and exist only with consent to measurement.
 */
import type { DeviceStore } from "./device-store.ts";
import { newId } from "./new-id.ts";

export interface Identity {
  /** Absent where the device cannot keep it: an id that changes with every page would count one person as many. */
  readonly visitorId?: string;
  readonly sessionId?: string;
}

interface StoredIdentity {
  readonly visitorId: string;
  /** When the visitor id was made, milliseconds since 1970. */
  readonly since: number;
  readonly sessionId: string;
  readonly seenAt: number;
}

const day = 86_400_000;
/** What European data-protection authorities allow an audience measurement to keep. */
export const visitorLifetime = 13 * 30 * day;
export const sessionRest = 30 * 60_000;

export const identityKey = "identity";

/** The ids of this browser, for one page. */
export interface Identification {
  /** The ids, renewed where their time is over; asking is a sign of life. */
  current(): Promise<Identity>;
  /** The ids of the last look while they must still hold: a click leaves the page before a database answers. */
  atHand(): Identity | undefined;
  /** Forgets the last look; the device is for whoever clears it. */
  forget(): void;
}

/** @param now milliseconds since 1970 */
export function createIdentification(store: DeviceStore, now: () => number): Identification {
  let last: { readonly identity: Identity; readonly at: number } | undefined;
  let era = 0;

  async function current(): Promise<Identity> {
    const [at, begun] = [now(), era];
    const { visitorId, sessionId } = await store.update(identityKey, (stored) => renewed(stored, at));
    const identity = (await store.isDurable()) ? { visitorId, sessionId } : { sessionId };
    if (begun === era) last = { identity, at };
    return identity;
  }

  return {
    current,
    atHand() {
      return last && now() - last.at < sessionRest ? last.identity : undefined;
    },
    forget() {
      era++;
      last = undefined;
    },
  };
}

function renewed(stored: unknown, now: number): StoredIdentity {
  const known = isStored(stored) && now - stored.since < visitorLifetime ? stored : undefined;
  const goesOn = known !== undefined && now - known.seenAt < sessionRest;
  return {
    visitorId: known?.visitorId ?? newId(),
    since: known?.since ?? now,
    sessionId: goesOn ? known.sessionId : newId(),
    seenAt: now,
  };
}

function isStored(value: unknown): value is StoredIdentity {
  return (
    typeof value === "object" &&
    value !== null &&
    "visitorId" in value &&
    typeof value.visitorId === "string" &&
    "sessionId" in value &&
    typeof value.sessionId === "string" &&
    "since" in value &&
    typeof value.since === "number" &&
    "seenAt" in value &&
    typeof value.seenAt === "number"
  );
}
